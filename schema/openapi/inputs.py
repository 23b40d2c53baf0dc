"""The component schemas of what is sent: the body of each create and update."""

import json
from collections.abc import Mapping

from resolvers.inputs import DraftField, fields_of
from schema.openapi.kinds import Json, description, descriptions, not_null, properties
from schema.rest.resources import RESOURCES


def inputs() -> dict[str, Json]:
    """Return the bodies of all resources by component name."""
    schemas: dict[str, Json] = {}
    for resource in RESOURCES:
        fields, meanings = fields_of(resource.draft), descriptions(resource.graphql_type)
        schemas[f"Create{resource.name}Input"] = _create(resource.create_input, fields, meanings)
        schemas[f"Update{resource.name}Input"] = _update(resource.update_input, fields, meanings)
    return schemas


def _create(kind: object, fields: Mapping[str, DraftField], meanings: Mapping[str, str]) -> Json:
    schemas = _properties(kind, fields, meanings)
    for name, field in fields.items():
        if field.rule.default is not None:  # in words: generators take a property with a default for a required one
            schemas[name]["description"] += f" Default `{json.dumps(field.rule.default)}`."
    required = [name for name, field in fields.items() if field.required]
    return {"type": "object", "description": description(kind), "required": required, "properties": schemas}


def _update(kind: object, fields: Mapping[str, DraftField], meanings: Mapping[str, str]) -> Json:
    schemas = _properties(kind, fields, meanings)
    changes = {name: schema if fields[name].takes_null else not_null(schema) for name, schema in schemas.items()}
    return {"type": "object", "description": description(kind), "properties": changes}


def _properties(kind: object, fields: Mapping[str, DraftField], meanings: Mapping[str, str]) -> dict[str, Json]:
    """Return the input's fields, described as the record's are: what they mean is the same."""
    schemas = properties(kind, fields, fields)
    for name, schema in schemas.items():
        schema["description"] = meanings.get(name, schema["description"])
    return {name: not_null(schema) if fields[name].required else schema for name, schema in schemas.items()}

"""The component schemas of whole bodies, of requests and of responses."""

import json
from collections.abc import Mapping

from resolvers.inputs import DraftField, fields_of
from schema.openapi.kinds import description, descriptions, not_null, properties, ref
from schema.rest.operation import Json
from schema.rest.resource import Resource
from schema.rest.resources import RESOURCES

META: Json = {"meta": ref("schemas", "Meta")}


def request_bodies() -> dict[str, Json]:
    """Return what creates and updates take, by component name."""
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


def response_bodies() -> dict[str, Json]:
    """Return what the resources respond with, by component name: a record or a page of records under ``data``."""
    changes = {"type": "array", "items": ref("schemas", "Change"), "description": "The changes of this page."}
    history = {"HistoryResponse": _body("A page of changes.", {"data": changes}, META)}
    return {name: body for resource in RESOURCES for name, body in _response_bodies(resource).items()} | history


def _response_bodies(resource: Resource) -> dict[str, Json]:
    name, singular, detail = resource.name, resource.singular, resource.detail
    page = {"type": "array", "items": ref("schemas", name), "description": "The records of this page."}
    deleted = f"The {singular} that was {resource.deletion}."
    bodies = {
        f"{name}Response": _body(f"One {singular}.", _data(name)),
        f"{name}ListResponse": _body(f"A page of {resource.plural}.", {"data": page}, META),
    }
    if detail:
        description = f"One {singular}; `meta` is about the page of its {detail.relation}."
        bodies[f"{name}DetailResponse"] = _body(description, _data(detail.schema), META)
    return bodies | {f"Deleted{name}Response": _body(deleted, _data(f"Deleted{name}"))}


def _data(schema: str) -> Json:
    return {"data": ref("schemas", schema)}


def _body(description: str, *parts: Json) -> Json:
    properties = {name: schema for part in parts for name, schema in part.items()}
    return {"type": "object", "description": description, "required": list(properties), "properties": properties}

"""The component schemas of what responses hold: records and their relations, the page, the error."""

from collections.abc import Collection, Mapping

from strawberry.types.base import StrawberryList, StrawberryOptional

from resolvers.inputs import fields_of
from resolvers.windows import MAX_SIZE
from schema.openapi.kinds import definition, description, descriptions, not_null, nullable, properties, ref
from schema.rest.catalogue import catalogue
from schema.rest.operation import Json
from schema.rest.resource import Resource
from schema.rest.resources import RESOURCES
from schema.rest.selections import Detail, Include, record_keys
from schema.types.change import Change, FieldChange
from schema.types.connection import PageInfo
from schema.types.scheduling import WeeklyHours

NUMBER: Json = {"type": "integer", "format": "int32", "minimum": 0}
TEXT: Json = {"type": "string"}
LIMITS: Mapping[type, Mapping[str, Json]] = {WeeklyHours: {"day_of_week": {"minimum": 1, "maximum": 7}}}
"""The limits of fields of records that no resource has."""


def record(text: str, fields: Mapping[str, Json], optional: Mapping[str, Json] | None = None) -> Json:
    """Return the schema of an object whose ``fields`` are always there."""
    every = {**fields, **(optional or {})}
    return {"type": "object", "description": text, "required": list(fields), "properties": every}


def records() -> dict[str, Json]:
    """Return the schemas of records by component name: of the resources, then of what they show beside their own."""
    includes = [include for resource in RESOURCES for include in resource.includes.values()]
    return {
        **{resource.name: _record(resource) for resource in RESOURCES},
        **{resource.detail.schema: _detail(resource, resource.detail) for resource in RESOURCES if resource.detail},
        **{include.schema: _include(include) for include in includes},
        **{f"Deleted{resource.name}": _deleted(resource) for resource in RESOURCES},
        **_changes(),
        "Meta": record(description(PageInfo), _meta()),
        **_errors(),
    }


def _fields(graphql_type: type, names: Collection[str]) -> dict[str, Json]:
    """Return the fields ``names`` of a type, with the limits of its inputs."""
    declarations = {resource.graphql_type: resource.draft for resource in RESOURCES}
    draft = declarations.get(graphql_type)
    return properties(graphql_type, names, fields_of(draft) if draft else {})


def _record(resource: Resource) -> Json:
    """Return the schema of a record with what ``include`` adds."""
    meanings = descriptions(resource.graphql_type)
    types = {field.python_name: field.type for field in definition(resource.graphql_type).fields}
    included = {
        name: {**_relation(types[name], include), "description": f"{meanings[name]} Only with `include={name}`."}
        for name, include in resource.includes.items()
    }
    return record(description(resource.graphql_type), _fields(resource.graphql_type, resource.fields), included)


def _relation(type_: object, include: Include) -> Json:
    reference = ref("schemas", include.schema)
    if isinstance(type_, StrawberryList):
        return {"type": "array", "items": reference}
    return nullable(reference) if isinstance(type_, StrawberryOptional) else reference


def _include(include: Include) -> Json:
    fields = _fields(include.graphql_type, include.fields)
    for name, limits in LIMITS.get(include.graphql_type, {}).items():
        text = fields[name].pop("description")
        fields[name] |= {**limits, "description": text}
    return record(include.description or description(include.graphql_type), fields)


def _detail(resource: Resource, detail: Detail) -> Json:
    """Return the schema of a record with a page of others."""
    meaning = descriptions(resource.graphql_type)[detail.relation]
    page = {"type": "array", "items": ref("schemas", detail.graphql_type.__name__), "description": meaning}
    return record(detail.description, {**_fields(resource.graphql_type, resource.fields), detail.relation: page})


def _deleted(resource: Resource) -> Json:
    """Return the schema of what a delete answers: the fields of its example."""
    names = [name for name in resource.examples.deleted if name != "message"]
    schemas = {name: not_null(schema) for name, schema in properties(resource.graphql_type, names).items()}
    message = {**TEXT, "description": "What has happened, for people."}
    fields = {name: schemas.get(name, message) for name in resource.examples.deleted}
    return record(f"What is left to say of a {resource.deletion} {resource.singular}.", fields)


def _changes() -> dict[str, Json]:
    """Return the schemas of a history: of a change, and of a field that it changed."""
    meanings, fields = descriptions(Change), properties(Change, record_keys(Change))
    changed = {"type": "array", "items": ref("schemas", "FieldChange"), "description": meanings["fields"]}
    actor = {**nullable(ref("schemas", "User")), "description": meanings["actor"]}
    return {
        "Change": record(description(Change), {**fields, "fields": changed, "actor": actor}),
        "FieldChange": record(description(FieldChange), properties(FieldChange, record_keys(FieldChange))),
    }


def _meta() -> dict[str, Json]:
    meanings = descriptions(PageInfo)
    return {
        "page": {**NUMBER, "minimum": 1, "description": "The number of the page, from 1."},
        "page_size": {**NUMBER, "minimum": 1, "maximum": MAX_SIZE, "description": meanings["page_size"]},
        "total": {**NUMBER, "description": "How many records the whole list has."},
        "total_pages": {**NUMBER, "description": meanings["total_pages"]},
    }


def _errors() -> dict[str, Json]:
    """Return the schemas that make up the body of a failure."""
    code, field_error = ref("schemas", "ErrorCode"), ref("schemas", "FieldError")
    message = {**TEXT, "description": "What went wrong, for people; the wording may change."}
    field = {**TEXT, "description": "The field or parameter at fault; absent where no single one is."}
    request_id = {**TEXT, "description": "Names the request in the server's log."}
    errors = {"type": "array", "items": field_error, "description": "All of them, where several fields are invalid."}
    return {
        "ErrorResponse": record(
            "The body of every answer that is not a success.", {"error": ref("schemas", "ErrorDetail")}
        ),
        "ErrorDetail": record(
            "The error, or the first of several.",
            {"code": code, "message": message, "request_id": request_id},
            {"field": field, "errors": errors},
        ),
        "FieldError": record("One of several invalid fields.", {"code": code, "field": field, "message": message}),
        "ErrorCode": {
            **TEXT,
            "enum": [error.code for error in catalogue() if "rest" in error.apis],
            "description": "What went wrong, for programs; a code keeps its meaning.",
        },
    }

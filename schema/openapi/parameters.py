"""The component parameters of the OpenAPI document: path, query and headers, from what parses them."""

from collections.abc import Mapping, Sequence
from typing import get_args

from resolvers.filters import Filter
from resolvers.idempotency import MAX_KEY
from resolvers.lists import ListDefinition
from resolvers.windows import DEFAULT_SIZE
from schema.openapi.kinds import ID, not_null, properties, ref
from schema.rest.operation import Json
from schema.rest.resource import Resource, sort_key
from schema.rest.resources import RESOURCES
from schema.types.arguments import PageSize
from schema.types.sorts import sort_name

NUMBER: Json = {"type": "integer", "minimum": 1}
TAG: Json = {"type": "string"}

# A value of each parameter that all resources have alike.
EXAMPLES: Mapping[str, object] = {
    "id": 8,
    "page": 1,
    "page_size": DEFAULT_SIZE,
    "Idempotency-Key": "3f0d1e5c-8a57-4c43-9d0b-6a2f4c1f7e21",
    "If-Match": '"3"',
    "If-None-Match": '"3"',
}


def parameters() -> dict[str, Json]:
    """Return every parameter by its component name."""
    page_size = get_args(PageSize)[1].description
    return {
        "Id": {**_parameter("id", "path", "The id of the record.", ID), "required": True},
        "Page": _parameter("page", "query", "The number of the page, from 1.", {**NUMBER, "default": 1}),
        "PageSize": _parameter("page_size", "query", page_size, {**NUMBER, "default": DEFAULT_SIZE}),
        **{f"{resource.name}Sort": _sort(resource) for resource in RESOURCES},
        **{name: _include(resource) for resource in RESOURCES for name in resource.include_parameter()},
        **{name: parameter for resource in RESOURCES for name, parameter in _filters(resource).items()},
        **_headers(),
    }


def _headers() -> dict[str, Json]:
    key = "Makes the request safe to repeat: for 24 hours, the same key and body are answered as the first time."
    visible = {"type": "string", "minLength": 1, "maxLength": MAX_KEY, "pattern": "^[!-~]+$"}
    return {
        "IdempotencyKey": _parameter("Idempotency-Key", "header", key, visible),
        "IfMatch": _parameter("If-Match", "header", "Write only if the record still has this `ETag`.", TAG),
        "IfNoneMatch": _parameter("If-None-Match", "header", "Answer only if the `ETag` is another by now.", TAG),
    }


def value_schemas() -> dict[str, Json]:
    """Return the component schemas of the values that ``sort`` and ``include`` list."""
    sort_keys = {f"{resource.name}SortKey": _sort_keys(resource.list_of) for resource in RESOURCES}
    includes: dict[str, Json] = {
        f"{resource.name}Include": {
            "type": "string",
            "enum": list(resource.includes),
            "description": f"A relation of {resource.singular_with_article}.",
        }
        for resource in RESOURCES
        if resource.includes
    }
    return {**sort_keys, **includes}


def _sort_keys(list_: ListDefinition) -> Json:
    """Return the keys, and for generators the names that GraphQL's enum has for them."""
    return {
        "type": "string",
        "enum": list(map(sort_key, list_.sorts)),
        "x-enum-varnames": list(map(sort_name, list_.sorts)),
        "description": "A column to sort by; a minus means descending.",
    }


def _sort(resource: Resource) -> Json:
    description = "In which order; a minus means descending. `id` breaks ties, nulls come last."
    list_ = resource.list_of
    keys, default = set(map(sort_key, list_.sorts)), list(map(sort_key, list_.default_sort))
    example = [key for key in ("title", "-created_at") if key in keys]
    return _list("sort", description, f"{resource.name}SortKey", example or default, default)


def _include(resource: Resource) -> Json:
    description = f"What to answer beside the {resource.singular}'s own fields."
    return _list("include", description, f"{resource.name}Include", list(resource.includes)[:2])


def _filters(resource: Resource) -> dict[str, Json]:
    """Return the parameters of the list's filters by component name; ``deleted`` is no field of the filter type."""
    filters = resource.list_of.filters
    fields = properties(resource.filter_type, [name for name in filters if name != "deleted"])
    deleted = f"`true`: only soft-deleted {resource.plural}; `false`: only active ones."
    fields["deleted"] = {"type": "boolean", "description": deleted}
    return {resource.filter_parameter(name): _filter(filter_, fields[name]) for name, filter_ in filters.items()}


def _filter(filter_: Filter, field: Json) -> Json:
    """Return the parameter of ``filter_``; ``field`` is the schema of the same field in GraphQL."""
    schema = {key: value for key, value in not_null(field).items() if key != "description"}
    return _parameter(filter_.name, "query", field["description"], {**schema, **filter_.json_schema}, filter_.example)


def _list(name: str, description: str, of: str, example: Sequence[str], default: list[str] | None = None) -> Json:
    """Return the parameter that lists values of the component schema ``of``, separated by commas."""
    schema: Json = {"type": "array", "items": ref("schemas", of)}
    if default:
        schema["default"] = default
    return {**_parameter(name, "query", description, schema, example), "style": "form", "explode": False}


def _parameter(name: str, where: str, description: str, schema: Json, example: object = None) -> Json:
    """Return a Parameter Object; without ``example`` it has that of ``EXAMPLES``."""
    example = EXAMPLES[name] if example is None else example
    return {"name": name, "in": where, "description": description, "schema": schema, "example": example}

"""The component parameters: path, query and headers, from the tables that parse them."""

from collections.abc import Mapping
from typing import Any, get_args

from db.query import Sort
from resolvers.filters import MAX_SEARCH
from resolvers.idempotency import MAX_KEY
from resolvers.lists import ListOf
from resolvers.windows import DEFAULT_SIZE
from schema.openapi.kinds import ID, Json, not_null, properties, ref
from schema.rest.resource import Resource, sort_key, sort_name
from schema.rest.resources import RESOURCES
from schema.types.arguments import PageSize

NUMBER: Json = {"type": "integer", "format": "int32", "minimum": 1}
TAG: Json = {"type": "string"}
SEARCH: Json = {"search": {"maxLength": MAX_SEARCH}}

# One value of each parameter, by its name; those of `sort` are columns that both lists have.
EXAMPLES: Mapping[str, object] = {
    "id": 8,
    "page": 1,
    "page_size": DEFAULT_SIZE,
    "sort": ["title", "-created_at"],
    "include": ["specialties", "user"],
    "deleted": False,
    "search": "card",
    "specialty_id": 1,
    "user_id": 7,
    "scheduling_active": True,
    "Idempotency-Key": "3f0d1e5c-8a57-4c43-9d0b-6a2f4c1f7e21",
    "If-Match": '"3"',
    "If-None-Match": '"3"',
}


def parameters() -> dict[str, Json]:
    """Every parameter by its component name."""
    return {
        "Id": {**_parameter("id", "path", "The id of the record.", ID), "required": True},
        "Page": _query("page", "The number of the page, from 1.", {**NUMBER, "default": 1}),
        "PageSize": _query("page_size", get_args(PageSize)[1].description, {**NUMBER, "default": DEFAULT_SIZE}),
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


def words() -> dict[str, Json]:
    """Return the component schemas of the words that lists of words are made of."""
    sort_keys = {f"{resource.name}SortKey": _sort_keys(resource.list_of) for resource in RESOURCES}
    includes: dict[str, Json] = {
        f"{resource.name}Include": {
            "type": "string",
            "enum": list(resource.includes),
            "description": f"A relation of {resource.one}.",
        }
        for resource in RESOURCES
        if resource.includes
    }
    return {**sort_keys, **includes}


def _sort_keys(list_: ListOf) -> Json:
    """Return the keys, and for generators the names that GraphQL's enum has for them."""
    sorts = [Sort(column, descending) for column in list_.sorts for descending in (False, True)]
    return {
        "type": "string",
        "enum": list(map(sort_key, sorts)),
        "x-enum-varnames": list(map(sort_name, sorts)),
        "description": "A column to sort by; a minus means descending.",
    }


def _sort(resource: Resource) -> Json:
    description = "In which order; a minus means descending. `id` breaks ties, nulls come last."
    return _list("sort", description, f"{resource.name}SortKey", list(map(sort_key, resource.list_of.default)))


def _include(resource: Resource) -> Json:
    return _list("include", f"What to answer beside the {resource.noun}'s own fields.", f"{resource.name}Include")


def _filters(resource: Resource) -> dict[str, Json]:
    """Return the parameters of the list's filters by component name; ``deleted`` is no field of the filter type."""
    names = resource.list_of.filters
    own = properties(resource.filter_type, [name for name in names if name != "deleted"])
    deleted = f"`true`: only soft-deleted {resource.plural}; `false`: only active ones."
    schemas = {name: {**not_null(schema), **SEARCH.get(name, {})} for name, schema in own.items()}
    schemas["deleted"] = {"type": "boolean", "default": False, "description": deleted}
    return {resource.filter_parameter(name): _filter(name, schemas[name]) for name in names}


def _filter(name: str, schema: Json) -> Json:
    return _query(name, schema["description"], {key: value for key, value in schema.items() if key != "description"})


def _list(name: str, description: str, of: str, default: list[str] | None = None) -> Json:
    """A list of the words of the component schema ``of``, separated by commas."""
    schema: Json = {"type": "array", "items": ref("schemas", of)}
    if default:
        schema["default"] = default
    return {**_query(name, description, schema), "style": "form", "explode": False}


def _query(name: str, description: str, schema: Json) -> Json:
    return _parameter(name, "query", description, schema)


def _parameter(name: str, where: str, description: str, schema: Json) -> dict[str, Any]:
    return {"name": name, "in": where, "description": description, "schema": schema, "example": EXAMPLES[name]}

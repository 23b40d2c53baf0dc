"""The component parameters: path, query and headers, from the tables that parse them."""

from collections.abc import Mapping
from typing import Any, get_args

from db.query import Sort
from resolvers.filters import MAX_SEARCH
from resolvers.idempotency import MAX_KEY
from resolvers.lists import SPECIALISTS, SPECIALTIES, ListOf
from resolvers.windows import DEFAULT_SIZE
from schema.openapi.kinds import ID, Json, not_null, properties, ref
from schema.rest.selections import INCLUDES
from schema.types.arguments import PageSize
from schema.types.filters import SpecialistFilter, SpecialtyFilter

NUMBER: Json = {"type": "integer", "format": "int32", "minimum": 1}
TAG: Json = {"type": "string"}
SEARCH: Json = {"search": {"maxLength": MAX_SEARCH}}
DELETED: Json = {
    "type": "boolean",
    "default": False,
    "description": "`true`: only soft-deleted specialists; `false`: only active ones.",
}


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
        "SpecialistSort": _sort("SpecialistSortKey", SPECIALISTS),
        "SpecialtySort": _sort("SpecialtySortKey", SPECIALTIES),
        "Include": _list("include", "What to answer beside the specialist's own fields.", "SpecialistInclude"),
        **_filters("Specialist", SPECIALISTS, SpecialistFilter),
        **_filters("Specialty", SPECIALTIES, SpecialtyFilter),
        **_headers(),
    }


def listing(noun: str, list_: ListOf) -> tuple[str, ...]:
    """The component names of what a list may be asked with."""
    return ("Page", "PageSize", f"{noun}Sort", *(_component(noun, name) for name in list_.filters))


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
    include: Json = {"type": "string", "enum": list(INCLUDES), "description": "A relation of a specialist."}
    return {
        "SpecialistSortKey": _sort_keys(SPECIALISTS),
        "SpecialtySortKey": _sort_keys(SPECIALTIES),
        "SpecialistInclude": include,
    }


def _sort_keys(list_: ListOf) -> Json:
    """Return the keys, and for generators the names that GraphQL's enum has for them."""
    names = [f"{column.upper()}_{way}" for column in list_.sorts for way in ("ASC", "DESC")]
    keys = [sign + column for column in list_.sorts for sign in ("", "-")]
    description = "A column to sort by; a minus means descending."
    return {"type": "string", "enum": keys, "x-enum-varnames": names, "description": description}


def _sort(schema: str, list_: ListOf) -> Json:
    description = "In which order; a minus means descending. `id` breaks ties, nulls come last."
    return _list("sort", description, schema, [_key(sort) for sort in list_.default])


def _key(sort: Sort) -> str:
    return f"-{sort.column}" if sort.descending else sort.column


def _filters(noun: str, list_: ListOf, filter_: object) -> dict[str, Json]:
    known = properties(filter_, [name for name in list_.filters if name != "deleted"])
    schemas = {name: {**not_null(schema), **SEARCH.get(name, {})} for name, schema in known.items()}
    every = {name: schemas.get(name, DELETED) for name in list_.filters}
    return {_component(noun, name): _filter(name, schema) for name, schema in every.items()}


def _filter(name: str, schema: Json) -> Json:
    return _query(name, schema["description"], {key: value for key, value in schema.items() if key != "description"})


def _component(noun: str, name: str) -> str:
    return noun + "".join(word.capitalize() for word in name.split("_"))


def _list(name: str, description: str, of: str, default: list[str] | None = None) -> Json:
    """A list of the words of the component schema ``of``, separated by commas."""
    schema: Json = {"type": "array", "items": ref("schemas", of)}
    if default:
        schema["default"] = default
    return {**_query(name, description, schema), "style": "form", "explode": False}


def _query(name: str, told: str, schema: Json) -> Json:
    return _parameter(name, "query", told, schema)


def _parameter(name: str, where: str, told: str, schema: Json) -> dict[str, Any]:
    return {"name": name, "in": where, "description": told, "schema": schema, "example": EXAMPLES[name]}

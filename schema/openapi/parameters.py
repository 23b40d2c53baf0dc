"""The component parameters: path, query and headers, from the tables that parse them."""

from collections.abc import Sequence
from typing import Any, get_args

from db.query import Sort
from resolvers.filters import LONGEST_SEARCH
from resolvers.idempotency import LONGEST_KEY
from resolvers.lists import SPECIALISTS, SPECIALTIES, ListOf
from resolvers.windows import DEFAULT_SIZE
from schema.openapi.kinds import ID, Json, not_null, properties
from schema.rest.selections import INCLUDES
from schema.types.arguments import PageSize
from schema.types.filters import SpecialistFilter, SpecialtyFilter

NUMBER: Json = {"type": "integer", "format": "int32", "minimum": 1}
TAG: Json = {"type": "string"}
SEARCH: Json = {"search": {"maxLength": LONGEST_SEARCH}}
DELETED: Json = {
    "type": "boolean",
    "default": False,
    "description": "`true`: only soft-deleted specialists; `false`: only active ones.",
}


def parameters() -> dict[str, Json]:
    """Every parameter by its component name."""
    return {
        "Id": {**_parameter("id", "path", "The id of the record.", ID), "required": True},
        "Page": _query("page", "The number of the page, from 1.", {**NUMBER, "default": 1}),
        "PageSize": _query("page_size", get_args(PageSize)[1].description, {**NUMBER, "default": DEFAULT_SIZE}),
        "SpecialistSort": _sort(SPECIALISTS),
        "SpecialtySort": _sort(SPECIALTIES),
        "Include": _list("include", "What to answer beside the specialist's own fields.", list(INCLUDES)),
        **_filters("Specialist", SPECIALISTS, SpecialistFilter),
        **_filters("Specialty", SPECIALTIES, SpecialtyFilter),
        **_headers(),
    }


def listing(noun: str, list_: ListOf) -> tuple[str, ...]:
    """The component names of what a list may be asked with."""
    return ("Page", "PageSize", f"{noun}Sort", *(_component(noun, name) for name in list_.filters))


def _headers() -> dict[str, Json]:
    key = "Makes the request safe to repeat: for 24 hours, the same key and body are answered as the first time."
    visible = {"type": "string", "minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[!-~]+$"}
    return {
        "IdempotencyKey": _parameter("Idempotency-Key", "header", key, visible),
        "IfMatch": _parameter("If-Match", "header", "Write only if the record still has this `ETag`.", TAG),
        "IfNoneMatch": _parameter("If-None-Match", "header", "Answer only if the `ETag` is another by now.", TAG),
    }


def _sort(list_: ListOf) -> Json:
    told = "In which order; a minus means descending. `id` breaks ties, nulls come last."
    keys = [sign + column for column in list_.sorts for sign in ("", "-")]
    return _list("sort", told, keys, [_key(sort) for sort in list_.default])


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


def _list(name: str, told: str, of: Sequence[str], default: Sequence[str] = ()) -> Json:
    """A comma-separated list of known words."""
    schema: Json = {"type": "array", "items": {"type": "string", "enum": list(of)}}
    if default:
        schema["default"] = list(default)
    return {**_query(name, told, schema), "style": "form", "explode": False}


def _query(name: str, told: str, schema: Json) -> Json:
    return _parameter(name, "query", told, schema)


def _parameter(name: str, where: str, told: str, schema: Json) -> dict[str, Any]:
    return {"name": name, "in": where, "description": told, "schema": schema}

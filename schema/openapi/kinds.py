"""Translate fields of Strawberry types to JSON Schema: the type, whether it may be null, the description."""

import re
from collections.abc import Collection, Mapping
from typing import Any

import strawberry
from strawberry.types.base import StrawberryList, StrawberryObjectDefinition, StrawberryOptional, get_object_definition
from strawberry.types.enum import StrawberryEnumDefinition
from strawberry.types.field import StrawberryField

from resolvers.inputs import DraftField
from resolvers.scalars import TIME
from schema.rest.operation import Json
from schema.types.scalars import Date, DateTime, LocalTime

ID: Json = {"type": "integer", "format": "int64", "minimum": 1}
SCALARS: Mapping[object, Json] = {
    strawberry.ID: ID,
    str: {"type": "string"},
    int: {"type": "integer", "format": "int32"},
    bool: {"type": "boolean"},
    DateTime: {"type": "string", "format": "date-time"},
    Date: {"type": "string", "format": "date"},
    LocalTime: {"type": "string", "pattern": f"^{TIME.pattern}$"},
}
NO_RULES: Mapping[str, DraftField] = {}
QUOTATION = re.compile(r"`[^`]*`")
HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def definition(kind: object) -> StrawberryObjectDefinition:
    """Return Strawberry's definition of a type."""
    return get_object_definition(kind, strict=True)


def description(kind: object) -> str:
    """Return the description of a type, in which names are spelled as REST does."""
    return _in_snake_case(definition(kind).description or "")


def descriptions(kind: object) -> dict[str, str]:
    """Return the description of each field of a type, in which names are spelled as REST does."""
    return {field.python_name: _in_snake_case(field.description or "") for field in definition(kind).fields}


def properties(kind: object, names: Collection[str], rules: Mapping[str, DraftField] = NO_RULES) -> dict[str, Json]:
    """Return the fields ``names`` of a Strawberry type, in that order, limited as ``rules`` limit them."""
    fields = {field.python_name: field for field in definition(kind).fields}
    if missing := [name for name in names if name not in fields]:
        raise LookupError(f"{definition(kind).name} lacks {', '.join(missing)}: open {kind.__module__}")
    return {name: _property(fields[name], rules[name].rule.json_schema if name in rules else {}) for name in names}


def nullable(schema: Json) -> Json:
    """Return ``schema`` with null as one more value."""
    if "type" in schema:
        return {**schema, "type": [schema["type"], "null"]}
    return {"anyOf": [schema, {"type": "null"}]}


def not_null(schema: Json) -> Json:
    """Return ``schema`` without null among its values."""
    return {**schema, "type": schema["type"][0]} if isinstance(schema["type"], list) else schema


def ref(section: str, name: str) -> Json:
    """Return a reference to a component of the document."""
    return {"$ref": f"#/components/{section}/{name}"}


def _property(field: StrawberryField, limits: Mapping[str, Any]) -> Json:
    return {**_schema(field.type), **limits, "description": _in_snake_case(field.description or "")}


def _schema(kind: object) -> Json:
    if isinstance(kind, StrawberryOptional):
        return nullable(_schema(kind.of_type))
    if isinstance(kind, StrawberryList):
        return {"type": "array", "items": _schema(kind.of_type)}
    if isinstance(kind, StrawberryEnumDefinition):
        return {"type": "string", "enum": [value.value for value in kind.values]}
    return dict(SCALARS[kind])


def _in_snake_case(text: str) -> str:
    """Return ``text`` with the names that it quotes as REST spells them."""
    return QUOTATION.sub(lambda match: HUMP.sub("_", match[0]).lower() if HUMP.search(match[0]) else match[0], text)

"""As much of JSON Schema as the document uses: whether a value fits a schema."""

import re
from collections.abc import Callable
from typing import Any

from tests.openapi.document import Json, followed

TYPES: dict[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "boolean": lambda value: isinstance(value, bool),
    "null": lambda value: value is None,
}
RULES: dict[str, Callable[[Any, Any], bool]] = {
    "enum": lambda value, words: value in words,
    "pattern": lambda value, pattern: value is None or re.search(pattern, value) is not None,
    "minLength": lambda value, least: value is None or len(value) >= least,
    "maxLength": lambda value, most: value is None or len(value) <= most,
    "maxItems": lambda value, most: value is None or len(value) <= most,
    "minimum": lambda value, least: value is None or value >= least,
    "maximum": lambda value, most: value is None or value <= most,
    "required": lambda value, names: set(names) <= set(value),
}
SILENT = {"type", "description", "format", "default", "properties", "items"}


def fits(value: Any, schema: Json) -> bool:
    """Unknown keywords are a failure of the test, and so are properties that no schema names."""
    if "anyOf" in schema:
        return any(fits(value, each) for each in schema["anyOf"])
    found = followed(schema)
    types = found["type"] if isinstance(found["type"], list) else [found["type"]]
    rules = found.keys() - SILENT
    return (
        any(TYPES[type_](value) for type_ in types)
        and all(RULES[rule](value, found[rule]) for rule in rules)
        and _parts_fit(value, found)
    )


def _parts_fit(value: Any, schema: Json) -> bool:
    if isinstance(value, list):
        return all(fits(each, schema["items"]) for each in value)
    if isinstance(value, dict):
        known = schema["properties"]
        return all(name in known and fits(each, known[name]) for name, each in value.items())
    return True

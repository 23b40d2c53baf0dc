"""JSON Schema in words, for people: a type, its limits, a table of properties."""

from collections.abc import Mapping
from typing import Any

from schema.openapi.kinds import Json
from schema.web.markup import code, prose, table, tag

RANGES = (("minLength", "maxLength", " characters"), ("minItems", "maxItems", " entries"), ("minimum", "maximum", ""))
FORMATS = {"date-time": "instant", "date": "date", "uri": "https URL", "int64": "64-bit integer"}


def schema_markup(name: str, schema: Json) -> str:
    """A component schema: its name, what it is, its properties."""
    whole = schema.get("properties", {})
    shown = properties_markup(name, schema) if whole else tag("p", kind(schema))
    told = tag("p", prose(schema["description"]))
    return tag("article", tag("h3", name), told, shown, class_="schema", id=f"schema-{name}")


def properties_markup(name: str, schema: Json) -> str:
    """The properties of an object, those of objects within it under dotted names."""
    sent = name.endswith("Input")  # in answers, nearly all is required: to say so would be noise
    rows = [_row(path, property_, required and sent) for path, property_, required in _flat(schema)]
    return table(f"Properties of {name}", ("Name", "Type", "Meaning"), rows)


def named(name: str, required: bool) -> str:
    return code(name) + (tag("span", "required", class_="required") if required else "")


def kind(schema: Json) -> str:
    """The type of ``schema`` in a few words."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return tag("a", name, href=f"#schema-{name}")
    if "anyOf" in schema:
        return " or ".join(kind(each) for each in schema["anyOf"])
    types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return " or ".join([_word(types[0], schema), *types[1:]])


def limits(schema: Json) -> str:
    """What the values of ``schema`` are limited to, as markup; empty where they are not."""
    words = [] if schema.get("format") == "int64" else _ranges(schema)  # an id has no range to speak of
    if "pattern" in schema and "format" not in schema:
        words.append(f"matches {code(schema['pattern'])}")
    if "default" in schema:
        words.append(f"default {code(_value(schema['default']))}")
    return ", ".join(words)


def _ranges(schema: Json) -> list[str]:
    return [
        _range(schema.get(low), schema.get(high)) + unit for low, high, unit in RANGES if {low, high} & schema.keys()
    ]


def _range(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return f"at most {high:,}" if low is None else f"from {low:,}"
    return f"{low:,} to {high:,}"


def _row(path: str, schema: Json, required: bool) -> tuple[str, ...]:
    limited = limits(schema)
    told = tag("p", prose(schema.get("description", "")))
    return named(path, required), tag("span", kind(schema), class_="kind"), told + _quiet(limited)


def _quiet(limited: str) -> str:
    return tag("p", limited[:1].upper() + limited[1:], class_="kind") if limited else ""


def _flat(schema: Json, prefix: str = "") -> list[tuple[str, Json, bool]]:
    found = []
    for name, property_ in schema["properties"].items():
        found.append((prefix + name, property_, name in schema.get("required", ())))
        inner: Mapping[str, Any] = property_.get("items", property_)
        if "properties" in inner:
            found += _flat(dict(inner), f"{prefix}{name}{'[]' * (inner is not property_)}.")
    return found


def _word(type_: str, schema: Json) -> str:
    if type_ == "array":
        return _list(schema["items"])
    if "enum" in schema:
        return f"one of {_words(schema['enum'])}"
    return FORMATS.get(schema.get("format", ""), type_)


def _list(items: Json) -> str:
    return f"any of {_words(items['enum'])}" if "enum" in items else f"list of {kind(items)}"


def _words(enum: list[str]) -> str:
    return ", ".join(map(code, enum))


def _value(default: object) -> str:
    if isinstance(default, bool):
        return str(default).lower()
    return ",".join(default) or "[]" if isinstance(default, list) else str(default)

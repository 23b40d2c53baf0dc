"""Whether a value fits a schema of the document: JSON Schema with formats, in which no unknown property passes."""

from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from jsonschema import Draft202012Validator, FormatChecker

from tests.openapi.document import DOCUMENT, Json

FORMATS = FormatChecker(formats=())


@FORMATS.checks("date-time", raises=ValueError)
def _is_instant(value: object) -> bool:
    return not isinstance(value, str) or datetime.strptime(value, "%Y-%m-%dT%H:%M:%S%z").tzinfo is not None


@FORMATS.checks("date", raises=ValueError)
def _is_date(value: object) -> bool:
    return not isinstance(value, str) or bool(date.fromisoformat(value))


@FORMATS.checks("uri", raises=ValueError)
def _is_absolute(value: object) -> bool:
    return not isinstance(value, str) or all(urlsplit(value)[:2])


def errors_in(value: object, schema: Json) -> list[str]:
    """Return what is wrong with ``value``; nothing if it fits."""
    validator = Draft202012Validator({**_closed(schema), "components": COMPONENTS}, format_checker=FORMATS)
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(value)]


def _closed(node: Any) -> Any:
    """Return a schema, or a part of the document, whose objects take no properties but their own."""
    if isinstance(node, list):
        return [_closed(item) for item in node]
    if not isinstance(node, dict):
        return node
    closed = {key: _closed(value) for key, value in node.items()}
    if isinstance(node.get("properties"), dict):
        closed["additionalProperties"] = False
    return closed


COMPONENTS = {"schemas": _closed(DOCUMENT["components"]["schemas"])}

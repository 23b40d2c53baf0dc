"""The page at ``/docs``: the OpenAPI document for people, rendered once."""

from collections.abc import Iterable
from html import escape

from starlette.responses import Response

from schema.openapi.document import openapi
from schema.openapi.kinds import Json
from schema.openapi.operation_markup import errors_table, method_mark, operation_markup
from schema.openapi.responses import STATUSES
from schema.openapi.schema_markup import schema_markup
from schema.web.markup import prose, tag
from schema.web.page import page


def docs_page() -> Response:
    document = openapi()
    skip = tag("a", "Skip to the documentation", class_="skip", href="#overview")
    shown = (_overview(document), _shared_errors(document), *_groups(document), _schemas(document))
    return page("docs", f"{document['info']['title']}: REST", skip + _contents(document) + tag("main", *shown))


def _contents(document: Json) -> str:
    """The table of contents."""
    parts = [tag("li", _link("overview", "Overview")), tag("li", _link("errors", "Errors of every request"))]
    for group, operations in _by_tag(document).items():
        entries = (_link(op["operationId"], op["summary"], method_mark(method)) for _, method, op in operations)
        parts.append(_part(_anchor(group), group, entries))
    parts.append(_part("schemas", "Schemas", (_link(f"schema-{name}", name) for name in _all_schemas(document))))
    return tag("nav", tag("ul", *parts), class_="contents", aria_label="Contents")


def _part(anchor: str, name: str, entries: Iterable[str]) -> str:
    return tag("li", _link(anchor, name), tag("ul", *(tag("li", entry) for entry in entries)))


def _link(anchor: str, name: str, before: str = "") -> str:
    return tag("a", before, tag("span", escape(name)), href=f"#{anchor}")


def _overview(document: Json) -> str:
    info = document["info"]
    version = tag("p", f"Version {escape(info['version'])}, as ", tag("a", "OpenAPI 3.1", href="/openapi.json"), ".")
    told = "".join(tag("p", prose(paragraph)) for paragraph in info["description"].split("\n\n"))
    return tag("header", tag("h1", escape(info["title"])), version, told, id="overview")


def _shared_errors(document: Json) -> str:
    shared = document["components"]["responses"]
    by_status = {str(status): shared[name] for status, (name, _) in STATUSES.items() if name in shared}
    found = errors_table("Errors of every request", by_status)
    told = tag("p", "Whatever is asked, beside the errors of its own.")
    return tag("section", tag("h2", "Errors of every request"), told, found, id="errors")


def _groups(document: Json) -> list[str]:
    told = {each["name"]: each["description"] for each in document["tags"]}
    return [_group(name, told[name], operations, document) for name, operations in _by_tag(document).items()]


def _group(name: str, told: str, operations: list[tuple[str, str, Json]], document: Json) -> str:
    shown = (operation_markup(*operation, document) for operation in operations)
    return tag("section", tag("h2", escape(name)), tag("p", prose(told)), *shown, id=_anchor(name))


def _schemas(document: Json) -> str:
    shown = (schema_markup(name, schema) for name, schema in _all_schemas(document).items())
    return tag("section", tag("h2", "Schemas"), *shown, id="schemas")


def _by_tag(document: Json) -> dict[str, list[tuple[str, str, Json]]]:
    """The operations under each tag, as path, method and operation."""
    found: dict[str, list[tuple[str, str, Json]]] = {each["name"]: [] for each in document["tags"]}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            found[operation["tags"][0]].append((path, method, operation))
    return found


def _all_schemas(document: Json) -> dict[str, Json]:
    return dict(document["components"]["schemas"])


def _anchor(name: str) -> str:
    return name.lower()

"""One operation of the document, for people: what it takes, an exchange, its errors."""

from collections.abc import Mapping
from html import escape
from http import HTTPStatus
from typing import Any

from schema.openapi.kinds import Json
from schema.openapi.responses import JSON
from schema.openapi.schema_markup import kind, limits, named
from schema.rest.selections import INCLUDES
from schema.web.markup import block, code, json_markup, prose, table, tag


def operation_markup(path: str, method: str, operation: Json, document: Json) -> str:
    """``document`` is where the references lead."""
    parameters = [_target(parameter, document) for parameter in operation.get("parameters", ())]
    facts = (_parameters(parameters), _body(operation), errors_table("Errors", operation["responses"]))
    examples = (_request(path, method, operation), *_answers(operation))
    return tag(
        "article",
        tag("h3", prose(operation["summary"])),
        tag("p", method_mark(method), " ", tag("span", escape(path), class_="address")),
        tag("p", prose(operation["description"])),
        tag("div", tag("div", *facts), tag("div", *examples, class_="examples"), class_="sides"),
        id=operation["operationId"],
    )


def method_mark(method: str) -> str:
    return tag("span", method, class_=f"method {method}")


def errors_table(caption: str, responses: Mapping[str, Json]) -> str:
    """The errors that ``responses`` spell out by status; those behind a reference are shown where it leads."""
    rows = [
        (code(name), status, prose(example["summary"]))
        for status, response in responses.items()
        for name, example in response.get("content", {}).get(JSON, {}).get("examples", {}).items()
    ]
    return table(caption, ("Code", "Status", "Message"), rows)


def _parameters(parameters: list[Json]) -> str:
    rows = [
        (named(each["name"], each.get("required", False)), each["in"], _parameter(each["schema"], each["description"]))
        for each in parameters
    ]
    return table("Parameters", ("Name", "In", "Meaning"), rows)


def _parameter(schema: Json, told: str) -> str:
    of = ", ".join(filter(None, (kind(schema), limits(schema))))
    return tag("p", prose(told)) + tag("p", of[:1].upper() + of[1:], class_="kind")


def _body(operation: Json) -> str:
    if "requestBody" not in operation:
        return ""
    return tag("div", tag("h4", "Body"), tag("p", kind(operation["requestBody"]["content"][JSON]["schema"])))


def _request(path: str, method: str, operation: Json) -> str:
    lines = [tag("strong", f"{method.upper()} {escape(_address(path, operation))}"), "Authorization: Bearer …"]
    if "requestBody" in operation:
        example = operation["requestBody"]["content"][JSON]["example"]
        lines += [f"Content-Type: {JSON}", "", json_markup(example)]
    return _example("Request", lines)


def _answers(operation: Json) -> list[str]:
    """Each success: its status, its headers by name, its body."""
    return [_answer(int(status), each) for status, each in operation["responses"].items() if status < "400"]


def _answer(status: int, response: Json) -> str:
    told = tag("p", prose(response["description"]), " ", tag("span", _headers(response), class_="kind"))
    lines = [tag("strong", f"{status} {HTTPStatus(status).phrase}")]
    if "content" in response:
        lines += ["", json_markup(response["content"][JSON]["example"])]
    return _example("Answer", lines, told)


def _headers(response: Json) -> str:
    return "With " + ", ".join(code(name) for name in response["headers"])


def _example(title: str, lines: list[str], told: str = "") -> str:
    return tag("div", tag("h4", title), told, block(*lines))


def _address(path: str, operation: Json) -> str:
    """The address whose answer is the example: its id, and what it includes."""
    data = operation["responses"].get("200", {}).get("content", {}).get(JSON, {}).get("example", {}).get("data")
    first = data[0] if isinstance(data, list) else data or {}
    included = ",".join(name for name in INCLUDES if name in first)
    return path.replace("{id}", str(first.get("id"))) + (f"?include={included}" if included else "")


def _target(reference: Json, document: Json) -> Json:
    found: Any = document
    for step in reference["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return dict(found)

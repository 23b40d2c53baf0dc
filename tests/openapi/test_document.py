"""The document is whole: everything is named, described, and leads somewhere."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from schema.openapi.document import openapi, openapi_response
from tests.openapi.document import DOCUMENT, OPERATIONS, SCHEMAS, errors_of, exchanges, nodes, schema_nodes, target
from tests.openapi.validation import fits

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"
each_operation = pytest.mark.parametrize("name", OPERATIONS)


def test_every_reference_leads_somewhere() -> None:
    references = {node["$ref"] for node in nodes() if "$ref" in node}

    assert references
    assert all(target(reference) for reference in references)


def test_every_component_is_used() -> None:
    used = {node["$ref"] for node in nodes() if "$ref" in node}
    made = {
        f"#/components/{section}/{name}"
        for section, components in DOCUMENT["components"].items()
        for name in components
        if section != "securitySchemes"
    }

    assert made == used


@each_operation
def test_an_operation_says_what_it_is(name: str) -> None:
    _, _, operation = OPERATIONS[name]

    assert operation["summary"]
    assert operation["description"]
    assert any(status < "300" for status in operation["responses"])


@each_operation
def test_every_path_parameter_is_declared(name: str) -> None:
    path, _, operation = OPERATIONS[name]
    parameters = [target(each["$ref"]) for each in operation.get("parameters", ())]

    assert {each["name"] for each in parameters if each["in"] == "path"} == set(re.findall(r"{(\w+)}", path))


@each_operation
def test_parameters_of_an_operation_are_distinct(name: str) -> None:
    names = [target(each["$ref"])["name"] for each in OPERATIONS[name][2].get("parameters", ())]

    assert len(names) == len(set(names))


@each_operation
def test_every_example_fits_its_schema(name: str) -> None:
    for schema, example in exchanges(OPERATIONS[name][2]):
        assert fits(example, schema), example


@each_operation
def test_every_answer_carries_the_request_id(name: str) -> None:
    for response in OPERATIONS[name][2]["responses"].values():
        found = target(response["$ref"]) if "$ref" in response else response
        assert "X-Request-Id" in found["headers"]


def test_operation_ids_are_distinct() -> None:
    assert len(OPERATIONS) == sum(len(methods) for methods in DOCUMENT["paths"].values())


def test_everything_is_described() -> None:
    assert all(schema["description"] for schema in SCHEMAS.values())
    assert all(property_.get("description") or "$ref" in property_ for property_ in schema_nodes())
    for section in ("parameters", "headers", "responses", "securitySchemes"):
        assert all(each["description"] for each in DOCUMENT["components"][section].values())


def test_no_description_speaks_the_names_of_the_other_face() -> None:
    told = [node["description"] for node in nodes(DOCUMENT["components"]) if isinstance(node.get("description"), str)]
    quoted = [name for text in told for name in re.findall(r"`([^`]*)`", text)]

    assert quoted
    assert not [name for name in quoted if re.search(r"[a-z][A-Z]", name)]


def test_every_error_example_names_its_own_code() -> None:
    for _, _, operation in OPERATIONS.values():
        assert all(body["error"]["code"] == code for code, (_, body) in errors_of(operation).items())


def test_the_document_is_the_same_every_time() -> None:
    assert json.dumps(openapi()) == json.dumps(openapi())


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]

    assert DOCUMENT["info"]["version"] == project["version"]


def test_the_server_is_wherever_the_document_came_from() -> None:
    assert DOCUMENT["servers"] == [{"url": "/"}]


def test_the_answer_is_the_document() -> None:
    answer = openapi_response()

    assert json.loads(bytes(answer.body)) == DOCUMENT
    assert answer.headers["content-type"] == "application/json"

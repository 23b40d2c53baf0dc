"""The document is whole: everything is named, described, and leads somewhere."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from schema.rest.catalogue import catalogue
from schema.server.settings import read_settings
from tests.openapi.document import DOCUMENT, OPERATIONS, SCHEMAS, errors_of, exchanges, nodes, schema_nodes, target
from tests.openapi.validation import COMPONENTS, errors_in

ROOT = Path(__file__).parents[2]
PARAMETERS = DOCUMENT["components"]["parameters"]
each_operation = pytest.mark.parametrize("name", OPERATIONS)


def test_every_reference_leads_somewhere() -> None:
    references = {node["$ref"] for node in nodes() if "$ref" in node}

    assert references
    assert all(target(reference) for reference in references)


def test_every_component_is_used() -> None:
    references = {node["$ref"] for node in nodes() if "$ref" in node}
    definitions = {
        f"#/components/{section}/{name}"
        for section, components in DOCUMENT["components"].items()
        for name in components
        if section != "securitySchemes"
    }

    assert definitions == references


@each_operation
def test_an_operation_says_what_it_is(name: str) -> None:
    _, _, operation = OPERATIONS[name]

    assert operation["summary"]
    assert operation["description"]
    assert any(status < "300" for status in operation["responses"])


@each_operation
def test_every_path_parameter_is_declared(name: str) -> None:
    path, _, operation = OPERATIONS[name]
    parameters = [target(parameter["$ref"]) for parameter in operation.get("parameters", ())]

    assert {parameter["name"] for parameter in parameters if parameter["in"] == "path"} == set(
        re.findall(r"{(\w+)}", path)
    )


@each_operation
def test_parameters_of_an_operation_are_distinct(name: str) -> None:
    names = [target(parameter["$ref"])["name"] for parameter in OPERATIONS[name][2].get("parameters", ())]

    assert len(names) == len(set(names))


@each_operation
def test_every_example_fits_its_schema(name: str) -> None:
    for schema, example in exchanges(OPERATIONS[name][2]):
        assert errors_in(example, schema) == []


@each_operation
def test_every_answer_carries_the_request_id(name: str) -> None:
    for response in OPERATIONS[name][2]["responses"].values():
        resolved = target(response["$ref"]) if "$ref" in response else response
        assert "X-Request-Id" in resolved["headers"]


def test_operation_ids_are_distinct() -> None:
    assert len(OPERATIONS) == sum(len(methods) for methods in DOCUMENT["paths"].values())


def test_everything_is_described() -> None:
    assert all(schema["description"] for schema in SCHEMAS.values())
    assert all(property_.get("description") or "$ref" in property_ for property_ in schema_nodes())
    for section in ("parameters", "headers", "responses", "securitySchemes"):
        assert all(component["description"] for component in DOCUMENT["components"][section].values())


def test_no_description_speaks_the_names_of_the_other_face() -> None:
    descriptions = [
        node["description"] for node in nodes(DOCUMENT["components"]) if isinstance(node.get("description"), str)
    ]
    names = [name for text in descriptions for name in re.findall(r"`([^`]*)`", text)]

    assert names
    assert not [name for name in names if re.search(r"[a-z][A-Z]", name)]


def test_every_error_example_is_of_the_catalogue() -> None:
    statuses = {problem.code: problem.status for problem in catalogue()}

    for _, _, operation in OPERATIONS.values():
        for code, (status, body) in errors_of(operation).items():
            assert (body["error"]["code"], status) == (code, statuses[code])


def test_the_document_is_the_same_in_every_process() -> None:
    """Sets of text have another order in each: Python seeds their hashes anew."""
    script = "import json; from schema.openapi.document import openapi; print(json.dumps(openapi()))"
    command = [sys.executable, "-c", script]

    documents = {
        subprocess.run(command, env={"PYTHONHASHSEED": seed}, cwd=ROOT, capture_output=True, check=True).stdout
        for seed in ("1", "2")
    }

    assert [json.loads(document) for document in documents] == [DOCUMENT]


def test_the_version_is_the_projects() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert DOCUMENT["info"]["version"] == project["version"]


def test_the_address_is_where_the_server_listens_by_default() -> None:
    settings = read_settings({}, Path("no such file"))

    assert [server["url"] for server in DOCUMENT["servers"]] == [f"http://{settings.host}:{settings.port}"]


@pytest.mark.parametrize("name", PARAMETERS)
def test_every_parameter_has_an_example_that_fits(name: str) -> None:
    parameter = PARAMETERS[name]

    assert errors_in(parameter["example"], parameter["schema"]) == []


@pytest.mark.parametrize("name", [name for name in SCHEMAS if name.endswith("Input")])
def test_no_property_of_an_input_has_a_default(name: str) -> None:
    """Generators take such a property for one that is always sent."""
    assert not [property_ for property_ in SCHEMAS[name]["properties"].values() if "default" in property_]


def test_no_schema_has_the_name_of_a_type_that_languages_have_already() -> None:
    assert not {"Error", "Exception", "Object", "Record", "Response"} & SCHEMAS.keys()


def test_a_value_that_fits_no_schema_is_noticed() -> None:
    instant, address = (
        SCHEMAS["Specialist"]["properties"]["created_at"],
        SCHEMAS["Specialist"]["properties"]["avatar_url"],
    )

    assert errors_in({"id": 1, "message": "x", "unknown": 1}, SCHEMAS["DeletedSpecialty"])
    assert errors_in("2025-01-10", instant)
    assert errors_in("https://", address)
    assert errors_in(
        [{"code": "no such code", "field": "slug", "message": "x"}], {"items": COMPONENTS["schemas"]["FieldError"]}
    )

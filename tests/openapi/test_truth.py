"""The document says what the server does: its fields, limits, methods and errors are the server's own."""

from collections.abc import Mapping
from typing import Any, cast

import pytest
from starlette.types import Message

from resolvers.errors.problem import Problem
from resolvers.errors.request import MethodNotAllowed, NotFound
from resolvers.inputs import DraftField, fields_of
from resolvers.lists import SPECIALISTS, SPECIALTIES
from resolvers.specialists import SpecialistFields
from resolvers.specialties import SpecialtyFields
from schema.rest.catalogue import catalogue
from schema.rest.endpoint import RestEndpoint
from schema.rest.handler import RestHandler
from schema.rest.resource import Resource
from schema.rest.resources import RESOURCES
from schema.routes import rest_endpoints
from tests.openapi.document import DOCUMENT, OPERATIONS, SCHEMAS, errors_of, target

each_resource = pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
INPUTS = {"Specialist": fields_of(SpecialistFields), "Specialty": fields_of(SpecialtyFields)}
LIMITED = [
    pytest.param(field, id=f"{entity}.{name}")
    for entity, fields in INPUTS.items()
    for name, field in fields.items()
    if {"maxLength", "maxItems"} & field.rule.json_schema.keys()
]
DOCUMENTED = {
    "createSpecialist": {
        "name_required": 400,
        "slug_required": 400,
        "invalid_slug": 400,
        "slug_exists": 409,
        "user_not_found": 404,
        "specialty_not_found": 404,
        "invalid_timezone": 400,
        "forbidden": 403,
    },
    "getSpecialist": {"specialist_not_found": 404},
    "updateSpecialist": {
        "specialist_not_found": 404,
        "forbidden": 403,
        "slug_exists": 409,
        "timezone_locked": 400,
        "user_not_found": 404,
        "specialty_not_found": 404,
    },
    "deleteSpecialist": {"specialist_not_found": 404, "forbidden": 403, "already_deleted": 409},
}


async def test_the_paths_and_methods_are_those_that_answer() -> None:
    endpoints = rest_endpoints(cast(RestHandler, None))
    methods_by_path = {path: await methods_of(endpoint) for path, endpoint in endpoints.items()}

    assert {path: set(methods) for path, methods in DOCUMENT["paths"].items()} == methods_by_path
    assert len(methods_by_path) >= 5


@each_resource
def test_a_record_has_the_fields_of_the_answer_in_its_order(resource: Resource) -> None:
    assert list(SCHEMAS[resource.name]["properties"]) == [*resource.fields, *resource.includes]
    assert SCHEMAS[resource.name]["required"] == list(resource.fields)


@each_resource
def test_every_relation_has_the_fields_of_the_answer_in_its_order(resource: Resource) -> None:
    included = {name: SCHEMAS[resource.name]["properties"][name] for name in resource.includes}
    schemas = {name: schema.get("items") or schema["anyOf"][0] for name, schema in included.items()}

    assert {name: tuple(target(schema["$ref"])["properties"]) for name, schema in schemas.items()} == {
        name: include.fields for name, include in resource.includes.items()
    }


@pytest.mark.parametrize("entity", INPUTS)
@pytest.mark.parametrize("verb", ["Create", "Update"])
def test_an_input_has_the_fields_that_are_parsed(entity: str, verb: str) -> None:
    assert list(SCHEMAS[f"{verb}{entity}Input"]["properties"]) == list(INPUTS[entity])


@pytest.mark.parametrize("entity", INPUTS)
def test_a_create_requires_what_is_required(entity: str) -> None:
    required = [name for name, field in INPUTS[entity].items() if field.required]

    assert SCHEMAS[f"Create{entity}Input"]["required"] == required
    assert "required" not in SCHEMAS[f"Update{entity}Input"]


@pytest.mark.parametrize("field", LIMITED)
def test_a_limit_is_where_the_rule_draws_it(field: DraftField) -> None:
    longest, too_long = at_the_limit(field.rule.json_schema)

    assert field.parse(longest, new=True) == longest
    with pytest.raises(Problem):
        field.parse(too_long, new=True)


def test_every_rule_with_a_limit_is_tried() -> None:
    contract = {
        *(f"Specialist.{name}" for name in ("name", "title", "description", "slug", "specialty_ids", "minicrm_name")),
        *("Specialist.signature_url", "Specialist.avatar_url", "Specialty.title", "Specialty.slug"),
    }

    assert contract <= {parameter.id for parameter in LIMITED}


@pytest.mark.parametrize("entity", INPUTS)
def test_an_update_takes_null_where_the_rule_does(entity: str) -> None:
    for name, schema in SCHEMAS[f"Update{entity}Input"]["properties"].items():
        try:
            INPUTS[entity][name].parse(None, new=False)
        except Problem:
            assert "null" not in schema["type"], name
        else:
            assert "null" in schema["type"], name


@pytest.mark.parametrize(("entity", "list_"), [("Specialist", SPECIALISTS), ("Specialty", SPECIALTIES)])
def test_lists_sort_by_the_keys_of_the_list(entity: str, list_: Any) -> None:
    keys = SCHEMAS[f"{entity}SortKey"]["enum"]

    assert {key.removeprefix("-") for key in keys} == set(list_.sort_columns)


@pytest.mark.parametrize(("name", "list_"), [("listSpecialists", SPECIALISTS), ("listSpecialties", SPECIALTIES)])
def test_lists_take_the_filters_of_the_list(name: str, list_: Any) -> None:
    parameters = {target(parameter["$ref"])["name"] for parameter in OPERATIONS[name][2]["parameters"]}

    assert parameters - {"page", "page_size", "sort", "include"} == set(list_.filters)


@pytest.mark.parametrize("name", OPERATIONS)
def test_every_error_is_the_catalogues_with_its_status(name: str) -> None:
    statuses = {kind.code: kind.status for kind in catalogue()}

    assert {code: status for code, (status, _) in errors_of(OPERATIONS[name][2]).items()}.items() <= statuses.items()


@pytest.mark.parametrize("name", DOCUMENTED)
def test_the_errors_of_the_contract_are_all_there(name: str) -> None:
    errors = {code: status for code, (status, _) in errors_of(OPERATIONS[name][2]).items()}

    assert DOCUMENTED[name].items() <= errors.items()


def test_every_error_of_this_face_is_documented_by_an_operation() -> None:
    documented = {code for _, _, operation in OPERATIONS.values() for code in errors_of(operation)}
    elsewhere = {NotFound.code, MethodNotAllowed.code}

    assert {error.code for error in catalogue() if "rest" in error.apis} - elsewhere == documented


def test_put_and_patch_differ_in_name_only() -> None:
    for entity in INPUTS:
        replace, patch = OPERATIONS[f"update{entity}"][2], OPERATIONS[f"patch{entity}"][2]
        prose = {"operationId", "summary", "description"}
        assert {key: replace[key] for key in replace if key not in prose} == {
            key: patch[key] for key in patch if key not in prose
        }


@each_resource
def test_the_examples_are_records_of_the_contract(resource: Resource) -> None:
    examples, inputs = resource.examples, fields_of(resource.draft)

    assert list(examples.record) == list(examples.created) == list(examples.updated) == list(resource.fields)
    assert examples.create.keys() | examples.update.keys() <= inputs.keys()
    assert {name for name, field in inputs.items() if field.required} <= examples.create.keys()


async def methods_of(endpoint: RestEndpoint) -> set[str]:
    """Return the methods that an endpoint allows, as the document writes them."""

    async def receive() -> Message:
        raise AssertionError

    async def send(_message: Message) -> None:
        raise AssertionError

    with pytest.raises(MethodNotAllowed) as error:
        await endpoint({"type": "http", "method": "BREW", "headers": []}, receive, send)
    return {method.lower() for method in error.value.allow} - {"head", "options"}


def at_the_limit(limit: Mapping[str, Any]) -> tuple[Any, Any]:
    """The longest value that a limit lets through, and one that is longer by one."""
    if "maxItems" in limit:
        return list(range(1, limit["maxItems"] + 1)), list(range(1, limit["maxItems"] + 2))
    start = "https://a.example/" if limit.get("format") == "uri" else ""
    longest = start.ljust(limit["maxLength"], "a")
    return longest, longest + "a"

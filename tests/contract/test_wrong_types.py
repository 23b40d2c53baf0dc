"""JSON of the wrong type in each field, and several invalid fields at once."""

import json

import pytest

from tests.api import Api, GraphqlApi
from tests.clinic import Clinic
from tests.contract.test_field_rules import CODES, NEW

VALUES: dict[str, object] = {
    "integer": 7,
    "fraction": 1.5,
    "whole fraction": 1.0,
    "huge": 1e999,
    "truth": True,
    "text": "7",
    "list": [],
    "list of text": ["7"],
    "list of null": [None],
    "list of truth": [True],
    "object": {},
}
TAKES = {
    "user_id": {"integer"},
    "specialty_ids": {"list"},
    "scheduling_active": {"truth"},
    **{field: {"text"} for field in ("name", "title", "description", "slug", "minicrm_name")},
}
WRONG = [(field, name) for field in CODES for name in VALUES if name not in TAKES.get(field, ())]
IN_ORDER = {
    "name": ("", "name_required"),
    "title": ("x" * 201, "invalid_title"),
    "description": ("\0", "invalid_description"),
    "slug": ("A", "invalid_slug"),
    "signature_url": ("x", "invalid_signature_url"),
    "avatar_url": ("x", "invalid_avatar_url"),
    "scheduling_timezone": ("EST", "invalid_timezone"),
    "minicrm_name": ("x" * 201, "invalid_minicrm_name"),
}
ALL_WRONG = {name: value for name, (value, _) in reversed(IN_ORDER.items())}


@pytest.mark.parametrize(("field", "kind"), WRONG)
async def test_a_value_of_another_type_is_refused(north: Clinic, field: str, kind: str) -> None:
    paths = {"POST": "/v1/specialists", "PUT": f"/v1/specialists/{await north.add_specialist()}"}
    headers = north.admin.headers | {"content-type": "application/json"}
    body = json.dumps(NEW | {field: VALUES[kind]}).replace("Infinity", "1e999")

    answers = [await north.http.request(*address, headers=headers, content=body) for address in paths.items()]

    errors = [answer.json()["error"] for answer in answers]
    assert [answer.status_code for answer in answers] == [400, 400]
    assert [(error["code"], error["field"]) for error in errors] == [(CODES[field], field)] * 2


@pytest.mark.parametrize("value", [7, 1.5, True, [], {}], ids=str)
@pytest.mark.parametrize("field", ["name", "slug", "scheduling_timezone"])
async def test_the_schema_itself_refuses_another_type(north: Clinic, field: str, value: object) -> None:
    answer = await GraphqlApi().create_specialist(north.admin, NEW | {field: value})

    assert (answer.status, answer.code) == (400, "bad_user_input")
    assert (await GraphqlApi().list_specialists(north.admin)).data == []


async def test_all_invalid_fields_are_listed_in_the_order_of_the_contract(api: Api, north: Clinic) -> None:
    specialist = await north.add_specialist()

    creation = await api.create_specialist(north.admin, ALL_WRONG)
    update = await api.update_specialist(north.admin, specialist, ALL_WRONG)

    expected = [code for _, code in IN_ORDER.values()]
    assert [(response.status, response.code, response.field) for response in (creation, update)] == [
        (400, "name_required", "name")
    ] * 2
    assert [list(response.codes) for response in (creation, update)] == [expected] * 2


async def test_a_new_specialist_lacks_name_and_slug_at_once(api: Api, north: Clinic) -> None:
    answer = await api.create_specialist(north.admin, {"name": "", "slug": ""})

    assert list(answer.codes) == ["name_required", "slug_required"]


async def test_the_errors_list_says_code_field_and_message(north: Clinic) -> None:
    answer = await north.admin.rest("POST", "/v1/specialists", ALL_WRONG)

    error = answer.json()["error"]
    assert list(error) == ["code", "message", "field", "request_id", "errors"]
    assert [list(error) for error in error["errors"]] == [["code", "field", "message"]] * len(IN_ORDER)
    assert [error["field"] for error in error["errors"]] == list(IN_ORDER)
    assert {name: error[name] for name in ("code", "field", "message")} == error["errors"][0]


async def test_one_invalid_field_is_not_listed_twice(north: Clinic) -> None:
    answer = await north.admin.rest("POST", "/v1/specialists", {"slug": "dr-x"})

    assert list(answer.json()["error"]) == ["code", "message", "field", "request_id"]


async def test_graphql_lists_them_beside_the_code(north: Clinic) -> None:
    answer = await north.admin.graphql('mutation { createSpecialist(input: {name: "", slug: ""}) { id } }')

    (error,) = answer["errors"]
    assert answer["data"] == {"createSpecialist": None}
    assert error["path"] == ["createSpecialist"]
    assert list(error["extensions"]) == ["code", "status", "field", "errors", "request_id"]
    assert [error["field"] for error in error["extensions"]["errors"]] == ["name", "slug"]


@pytest.mark.parametrize("count", [100, 101])
async def test_at_most_a_hundred_specialties_are_named(api: Api, north: Clinic, count: int) -> None:
    unknown = list(range(9_000_000_000, 9_000_000_000 + count))

    answer = await api.create_specialist(north.admin, NEW | {"specialty_ids": unknown})

    expected = (404, "specialty_not_found") if count == 100 else (400, "invalid_specialty_ids")
    assert (answer.status, answer.code) == expected

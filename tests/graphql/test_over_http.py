"""GraphQL over HTTP: methods, media types, statuses, parameters."""

import json
from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest

from tests.client import post, read_graphql
from tests.clinic import Clinic

MODERN, LEGACY = "application/graphql-response+json", "application/json"
FINE = {"query": "{ viewer { role } }"}
CREATE = 'mutation M { createSpecialty(input: {title: "T", slug: "t"}) { id } }'
ANSWER = {"data": {"viewer": {"role": "admin"}}}

INVALID_DOCUMENTS: dict[str, dict[str, Any]] = {
    "a syntax error": {"query": "{ viewer"},
    "an empty selection": {"query": "{ viewer { } }"},
    "a field that is not there": {"query": "{ nope }"},
    "a variable that is missing": {"query": "query ($i: ID!) { specialist(id: $i) { id } }"},
    "a variable that does not fit": {
        "query": "query ($n: Int) { specialists(first: $n) { totalCount } }",
        "variables": {"n": "x"},
    },
}
ILL_TYPED: list[dict[str, Any]] = [
    {},
    {"query": ""},
    {"query": None},
    {"query": 5},
    {"query": ["{ viewer { role } }"]},
    {"query": {"viewer": "role"}},
    {"Query": "{ viewer { role } }"},
    FINE | {"operationName": 5},
    FINE | {"operationName": ["A"]},
    FINE | {"operationName": {}},
    FINE | {"operationName": True},
    FINE | {"variables": "x"},
    FINE | {"variables": "{}"},
    FINE | {"variables": 5},
    FINE | {"variables": []},
    FINE | {"variables": [{}]},
    FINE | {"variables": False},
    FINE | {"extensions": "x"},
    FINE | {"extensions": 5},
    FINE | {"extensions": []},
    FINE | {"extensions": True},
]


def _type(response: httpx2.Response) -> str:
    return response.headers["content-type"].replace(" ", "").lower()


async def _send(clinic: Clinic, body: object, accept: str | None) -> httpx2.Response:
    return await clinic.admin.rest("POST", "/graphql", body, accept=accept or "")


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, LEGACY),
        ("*/*", LEGACY),
        ("application/*", LEGACY),
        (LEGACY, LEGACY),
        ("application/json; charset=utf-8", LEGACY),
        ("text/csv", LEGACY),
        ("text/html", LEGACY),
        (MODERN, MODERN),
        (f"{MODERN}; charset=utf-8", MODERN),
        (f"{MODERN}, {LEGACY};q=0.9", MODERN),
        (f"{LEGACY};q=0.9, {MODERN}", MODERN),
        (MODERN.upper(), MODERN),
        (f"{MODERN};q=0, {LEGACY}", LEGACY),
    ],
)
async def test_the_answer_is_of_the_media_type_that_is_asked_for(
    accept: str | None, media_type: str, west: Clinic
) -> None:
    response = await _send(west, FINE, accept)

    assert _type(response) == f"{media_type};charset=utf-8"
    assert response.status_code == 200
    assert response.json() == ANSWER


@pytest.mark.parametrize(("accept", "status"), [(MODERN, 400), (LEGACY, 200), ("*/*", 200)])
@pytest.mark.parametrize("case", INVALID_DOCUMENTS)
async def test_a_document_that_cannot_run_is_400_in_the_newer_media_type_only(
    case: str, accept: str, status: int, west: Clinic
) -> None:
    response = await _send(west, INVALID_DOCUMENTS[case], accept)

    assert response.status_code == status
    assert "data" not in response.json()
    assert response.json()["errors"]


@pytest.mark.parametrize("accept", [MODERN, LEGACY])
async def test_a_field_that_fails_is_200_in_either(accept: str, west: Clinic) -> None:
    response = await _send(west, {"query": "{ specialists(page: 0) { totalCount } }"}, accept)

    assert response.status_code == 200
    assert response.json()["data"] is None


@pytest.mark.parametrize("accept", [MODERN, LEGACY])
@pytest.mark.parametrize("body", ILL_TYPED, ids=repr)
async def test_a_parameter_of_the_wrong_type_is_400(body: dict[str, Any], accept: str, west: Clinic) -> None:
    response = await _send(west, body, accept)

    assert response.status_code == 400
    assert [error["extensions"]["code"] for error in response.json()["errors"]] == ["bad_user_input"]
    assert "data" not in response.json()


@pytest.mark.parametrize("name", ["operationName", "variables", "extensions"])
async def test_a_parameter_that_is_null_is_absent(name: str, west: Clinic) -> None:
    response = await _send(west, FINE | {name: None}, None)

    assert response.json() == ANSWER


async def test_what_else_the_body_says_is_ignored(west: Clinic) -> None:
    response = await _send(west, FINE | {"id": 5, "documentId": None, "extensions": {"anything": [1]}}, None)

    assert response.json() == ANSWER


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "text/plain;application/json",
        "application/jsonx",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=utf-16",
        "application/json; charset=latin-1",
        "application/graphql-response+json",
        "",
    ],
)
async def test_a_body_of_another_media_type_is_415(content_type: str, west: Clinic) -> None:
    response = await post(west.admin, json.dumps(FINE), content_type=content_type)

    assert response.status == 415
    assert response.codes == ["unsupported_media_type"]


@pytest.mark.parametrize(
    "content_type",
    [
        "application/json",
        "application/json; charset=utf-8",
        "Application/JSON;charset=UTF-8",
        'application/json; charset="utf-8"',
    ],
)
async def test_json_in_utf_8_may_be_announced_in_several_ways(content_type: str, west: Clinic) -> None:
    response = await post(west.admin, json.dumps(FINE), content_type=content_type)

    assert response.body == ANSWER


async def test_a_query_may_be_sent_with_get(west: Clinic) -> None:
    parameters = {
        "query": "query A($n: Int) { specialists(first: $n) { pageInfo { pageSize } } } query B { viewer { role } }",
        "operationName": "A",
        "variables": '{"n": 3}',
        "extensions": "{}",
    }

    response = await west.http.get(f"/graphql?{urlencode(parameters)}", headers=west.admin.headers)

    assert response.json() == {"data": {"specialists": {"pageInfo": {"pageSize": 3}}}}


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"query": ""},
        {"query": "{ viewer { role } }", "variables": "x"},
        {"query": "{ viewer { role } }", "variables": "5"},
        {"query": "{ viewer { role } }", "variables": "[]"},
        {"query": "{ viewer { role } }", "variables": '"{}"'},
        {"query": "{ viewer { role } }", "variables": "{"},
        {"query": "{ viewer { role } }", "variables": "[" * 20_000},
        {"query": "{ viewer { role } }", "variables": "9" * 5_000},
        {"query": "{ viewer { role } }", "extensions": "x"},
        {"query": "{ viewer { role } }", "extensions": "5"},
    ],
    ids=lambda parameters: repr(parameters)[:80],
)
async def test_a_get_with_parameters_that_are_none_is_400(parameters: dict[str, str], west: Clinic) -> None:
    response = await west.http.get(f"/graphql?{urlencode(parameters)}", headers=west.admin.headers)

    assert response.status_code == 400
    assert read_graphql(response).errors


@pytest.mark.parametrize("accept", [MODERN, LEGACY, "*/*"])
@pytest.mark.parametrize(
    "parameters", [{"query": CREATE}, {"query": f"query Q {{ viewer {{ role }} }} {CREATE}", "operationName": "M"}]
)
async def test_a_mutation_cannot_be_sent_with_get(parameters: dict[str, str], accept: str, north: Clinic) -> None:
    address = f"/graphql?{urlencode(parameters)}"

    response = await north.http.get(address, headers=north.admin.headers | {"accept": accept})

    assert response.status_code == 405
    assert response.headers["allow"] == "POST"
    assert read_graphql(response).codes == ["method_not_allowed"]
    listing = await post(north.admin, '{"query": "{ specialties { totalCount } }"}')
    assert listing.data == {"specialties": {"totalCount": 0}}


async def test_the_query_of_a_document_that_also_has_a_mutation_may_be_sent_with_get(west: Clinic) -> None:
    parameters = {"query": "query Q { viewer { role } } mutation M { __typename }", "operationName": "Q"}

    response = await west.http.get(f"/graphql?{urlencode(parameters)}", headers=west.admin.headers)

    assert response.json() == ANSWER


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "HEAD", "QUERY", "TRACE"])
async def test_other_methods_are_405_and_say_which_there_are(method: str, west: Clinic) -> None:
    response = await west.http.request(method, "/graphql", headers=west.admin.headers)

    assert response.status_code == 405
    assert {method.strip() for method in response.headers["allow"].split(",")} >= {"GET", "POST"}

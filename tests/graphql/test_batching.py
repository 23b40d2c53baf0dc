"""A body that is an array of operations: off unless it is switched on, and then bounded as a whole."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

import httpx2
import pytest

from schema.server.settings import ServerSettings
from tests.application import run_application
from tests.client import Json, Member, post
from tests.clinic import Clinic

ROLE: Json = {"query": "{ viewer { role } }"}
ANSWER: Json = {"data": {"viewer": {"role": "patient"}}}


@pytest.fixture(scope="session")
async def batching(settings: ServerSettings) -> AsyncIterator[httpx2.AsyncClient]:
    """A server that takes batches."""
    async with run_application(replace(settings, batching=True)) as http:
        yield http


@pytest.fixture
def patient(batching: httpx2.AsyncClient, west: Clinic) -> Member:
    return replace(west.patient, http=batching)


async def send(who: Member, operations: Any, **headers: str) -> httpx2.Response:
    return await who.rest("POST", "/graphql", operations, **headers)


async def answers(who: Member, operations: list[Any]) -> list[Json]:
    response = await send(who, operations)
    assert response.status_code == 200
    body: list[Json] = response.json()
    assert len(body) == len(operations)
    return body


def codes(answer: Json) -> list[str]:
    return [error["extensions"]["code"] for error in answer.get("errors", [])]


def aliased(count: int, selection: str) -> str:
    """A selection set that holds ``selection`` that often, so that nothing merges."""
    return f"{{ {' '.join(f'a{number}: {selection}' for number in range(count))} }}"


async def test_batches_are_refused_unless_they_are_switched_on(west: Clinic) -> None:
    response = await post(west.patient, json.dumps([ROLE]))

    assert response.status == 400
    assert response.codes == ["invalid_body"]
    assert "Batching is off" in response.errors[0]["message"]


async def test_a_single_operation_is_answered_as_ever(patient: Member) -> None:
    assert (await send(patient, ROLE)).json() == ANSWER


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
async def test_each_operation_is_answered_in_its_place(accept: str, patient: Member) -> None:
    operations = [
        {"query": "query ($n: Int) { specialists(first: $n) { pageInfo { pageSize } } }", "variables": {"n": number}}
        for number in range(1, 10)
    ]

    response = await send(patient, [*operations, ROLE], accept=accept)

    sizes = [{"data": {"specialists": {"pageInfo": {"pageSize": number}}}} for number in range(1, 10)]
    assert response.status_code == 200
    assert response.headers["content-type"] == f"{accept}; charset=utf-8"
    assert response.json() == [*sizes, ANSWER]


BAD: dict[str, tuple[Any, str]] = {
    "a syntax error": ({"query": "{ viewer"}, "graphql_parse_failed"),
    "a field that is not there": ({"query": "{ nothing }"}, "graphql_validation_failed"),
    "no document": ({}, "bad_user_input"),
    "null": (None, "invalid_body"),
    "an array": ([ROLE], "invalid_body"),
    "a text": ("{ viewer { role } }", "invalid_body"),
    "an unknown hash": (
        {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": "0" * 64}}},
        "PERSISTED_QUERY_NOT_FOUND",
    ),
    "a field that fails": ({"query": "{ users { totalCount } }"}, "forbidden"),
    "a mutation that is forbidden": ({"query": 'mutation { deleteSpecialty(id: "1") }'}, "forbidden"),
    "pages within pages": (
        {
            "query": "{ specialists(first: 100) { nodes { specialties { specialists(first: 100)"
            " { nodes { specialties { specialists(first: 100) { nodes { id } } } } } } } } }"
        },
        "graphql_validation_failed",
    ),
    "too much introspection": (
        {
            "query": "{ "
            + " ".join(f"a{i}: __schema {{ types {{ name kind description }} }}" for i in range(120))
            + " }"
        },
        "graphql_validation_failed",
    ),
}


@pytest.mark.parametrize("case", BAD)
async def test_a_bad_operation_does_not_spoil_the_others(case: str, patient: Member) -> None:
    operation, code = BAD[case]

    first, bad, last = await answers(patient, [ROLE, operation, ROLE])

    assert first == last == ANSWER
    assert codes(bad) == [code]


@pytest.mark.parametrize("size", [0, 11, 100])
async def test_a_batch_holds_one_to_ten_operations(size: int, patient: Member) -> None:
    response = await send(patient, [ROLE] * size)

    assert response.status_code == 400
    assert codes(response.json()) == ["invalid_body"]


async def test_a_batch_needs_a_token_like_anything_else(patient: Member) -> None:
    response = await send(replace(patient, token="none"), [ROLE])

    assert response.status_code == 401
    assert codes(response.json()) == ["unauthorized"]


async def test_mutations_run_one_after_the_other(batching: httpx2.AsyncClient, north: Clinic) -> None:
    admin = replace(north.admin, http=batching)
    create = {"query": 'mutation { createSpecialty(input: {title: "T", slug: "t"}) { slug } }'}
    count = {"query": "{ specialties { totalCount } }"}

    before, creation, again, after = await answers(admin, [count, create, create, count])

    assert before == {"data": {"specialties": {"totalCount": 0}}}
    assert creation == {"data": {"createSpecialty": {"slug": "t"}}}
    assert codes(again) == ["slug_exists"]
    assert after == {"data": {"specialties": {"totalCount": 1}}}


LARGE: dict[str, str] = {
    "fields": (
        f"query ($i: ID!) {{ specialist(id: $i) {{ ...S }} }}"
        f" fragment S on Specialist {aliased(20, 'specialties { ...T }')} fragment T on Specialty {aliased(80, 'slug')}"
    ),
    "introspection": aliased(25, "__schema { types { name kind description } }"),
    "conditions": aliased(10, 'specialists(first: 1, filter: {search: "a b c d e f g h"}) { totalCount }'),
    "data": "{ specialists(first: 80) { nodes { specialties { specialists(first: 80) { nodes { id } } } } } }",
}


@pytest.mark.parametrize("limit", LARGE)
async def test_the_limits_hold_for_a_batch_as_a_whole(limit: str, patient: Member) -> None:
    operation = {"query": LARGE[limit], "variables": {"i": "0"}}

    replies = await answers(patient, [operation] * 9 + [ROLE])

    refusals = [codes(answer) == ["graphql_validation_failed"] for answer in replies]
    assert limit in replies[refusals.index(True)]["errors"][0]["message"]
    assert refusals[:9] == [False, *sorted(refusals[1:9])]


async def test_a_document_of_a_batch_may_be_sent_by_its_hash(patient: Member) -> None:
    document = "query Mine { viewer { id: role } }"
    hashed = {
        "extensions": {"persistedQuery": {"version": 1, "sha256Hash": sha256(document.encode()).hexdigest()}},
    }

    unknown, registration, lookup = await answers(patient, [hashed, hashed | {"query": document}, hashed])

    assert codes(unknown) == ["PERSISTED_QUERY_NOT_FOUND"]
    assert registration == lookup == {"data": {"viewer": {"id": "patient"}}}

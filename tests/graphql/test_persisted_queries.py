"""Automatic persisted queries, as the clients that send them expect."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import pytest

from schema.graphql.request import GraphqlRequest, PersistedQueries
from schema.server.settings import ServerSettings
from tests.application import run_application
from tests.client import GraphqlReply, Json, Member, post, read_graphql
from tests.clinic import Clinic

ROLE = "query Role { viewer { role } }"
ANSWER = {"data": {"viewer": {"role": "patient"}}}
NOT_FOUND = [{"message": "PersistedQueryNotFound", "extensions": {"code": "PERSISTED_QUERY_NOT_FOUND", "status": 200}}]


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def by_hash(text: str, **more: Any) -> Json:
    return {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": hash_of(text)}}} | more


async def send(who: Member, body: object, **headers: str) -> GraphqlReply:
    return await post(who, json.dumps(body), **headers)


async def fetch(who: Member, parameters: Json, **headers: str) -> GraphqlReply:
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in parameters.items()}
    return read_graphql(await who.rest("GET", f"/graphql?{urlencode(texts)}", **headers))


def without_id(errors: list[Json]) -> list[Json]:
    return [
        error | {"extensions": {name: value for name, value in error["extensions"].items() if name != "request_id"}}
        for error in errors
    ]


@pytest.fixture
async def patient(settings: ServerSettings, west: Clinic) -> AsyncIterator[Member]:
    """A patient at a server that has seen no document yet."""
    async with run_application(settings) as http:
        yield replace(west.patient, http=http)


@pytest.mark.parametrize("accept", ["application/json", "application/graphql-response+json"])
async def test_a_client_sends_the_hash_then_both_then_the_hash_alone(accept: str, patient: Member) -> None:
    first = await send(patient, by_hash(ROLE, operationName="Role"), accept=accept)
    second = await send(patient, by_hash(ROLE, operationName="Role", query=ROLE), accept=accept)
    third = await send(patient, by_hash(ROLE, operationName="Role"), accept=accept)

    assert first.status == 200  # some clients read no other
    assert without_id(first.errors) == NOT_FOUND
    assert "data" not in first.body
    assert second.body == third.body == ANSWER


async def test_a_query_may_be_fetched_by_its_hash(patient: Member) -> None:
    document = "query Size($n: Int) { specialists(first: $n) { pageInfo { pageSize } } }"
    parameters = by_hash(document, operationName="Size", variables={"n": 3})

    first = await fetch(patient, parameters)
    await send(patient, parameters | {"query": document})
    second = await fetch(patient, parameters)

    assert first.status == 200
    assert without_id(first.errors) == NOT_FOUND
    assert first.headers["cache-control"] == "no-store"
    assert second.data == {"specialists": {"pageInfo": {"pageSize": 3}}}


async def test_a_document_may_be_made_known_by_get(patient: Member) -> None:
    assert (await fetch(patient, by_hash(ROLE, query=ROLE))).body == ANSWER

    assert (await fetch(patient, by_hash(ROLE))).body == ANSWER


async def test_a_mutation_may_be_sent_by_its_hash_but_not_fetched(settings: ServerSettings, north: Clinic) -> None:
    document = 'mutation { createSpecialty(input: {title: "T", slug: "t"}) { slug } }'
    async with run_application(settings) as http:
        admin = replace(north.admin, http=http)

        assert (await send(admin, by_hash(document, query=document))).data == {"createSpecialty": {"slug": "t"}}
        fetched = await fetch(admin, by_hash(document))
        assert (await send(admin, by_hash(document))).codes == ["slug_exists"]

    assert fetched.status == 405
    assert fetched.codes == ["method_not_allowed"]


async def test_a_hash_that_is_of_another_document_is_refused_and_keeps_nothing(patient: Member) -> None:
    other = "{ viewer { id: role } }"

    response = await send(patient, by_hash(ROLE, query=other))

    assert response.status == 400
    assert response.codes == ["bad_user_input"]
    assert without_id((await send(patient, by_hash(ROLE))).errors) == NOT_FOUND
    assert without_id((await send(patient, by_hash(other))).errors) == NOT_FOUND


@pytest.mark.parametrize(
    "document", ["{ viewer { nothing } }", "{ viewer", "query A { __typename } query B { __typename }"]
)
async def test_a_document_that_cannot_run_is_not_kept(document: str, patient: Member) -> None:
    assert (await send(patient, by_hash(document, query=document))).errors

    assert without_id((await send(patient, by_hash(document))).errors) == NOT_FOUND


async def test_a_document_is_kept_for_those_alone_who_are_signed_in(patient: Member) -> None:
    stranger = replace(patient, token="no token")

    assert (await send(stranger, by_hash(ROLE, query=ROLE))).status == 401
    assert (await send(stranger, by_hash(ROLE))).status == 401

    assert without_id((await send(patient, by_hash(ROLE))).errors) == NOT_FOUND


async def test_who_asks_by_hash_is_answered_by_his_own_rights(
    settings: ServerSettings, north: Clinic, west: Clinic
) -> None:
    document = "{ viewer { role organization { slug } } }"
    async with run_application(settings) as http:
        admin, patient = (replace(who, http=http) for who in (north.admin, west.patient))
        await send(admin, by_hash(document, query=document))

        response = await send(patient, by_hash(document))

    assert response.data == {"viewer": {"role": "patient", "organization": {"slug": west.slug}}}


@pytest.mark.parametrize(
    "persisted",
    [
        "x",
        [],
        5,
        True,
        {},
        {"version": 1},
        {"version": 2, "sha256Hash": hash_of(ROLE)},
        {"version": "1", "sha256Hash": hash_of(ROLE)},
        {"sha256Hash": hash_of(ROLE)},
        {"version": 1, "sha256Hash": None},
        {"version": 1, "sha256Hash": 5},
        {"version": 1, "sha256Hash": [hash_of(ROLE)]},
    ],
    ids=repr,
)
@pytest.mark.parametrize("query", [{}, {"query": ROLE}], ids=["alone", "with its document"])
async def test_an_extension_of_the_wrong_type_is_400(query: Json, persisted: object, west: Clinic) -> None:
    response = await send(west.patient, query | {"extensions": {"persistedQuery": persisted}})

    assert response.status == 400
    assert response.codes == ["bad_user_input"]


@pytest.mark.parametrize("hash_", ["", "x", hash_of(ROLE).upper(), hash_of(ROLE)[:-1], "\ud800", "0" * 100_000])
async def test_what_is_no_hash_is_not_found(hash_: str, patient: Member) -> None:
    await send(patient, by_hash(ROLE, query=ROLE))

    response = await send(patient, {"extensions": {"persistedQuery": {"version": 1, "sha256Hash": hash_}}})

    assert without_id(response.errors) == NOT_FOUND


async def test_what_else_the_extension_holds_is_ignored(patient: Member) -> None:
    body = by_hash(ROLE, query=ROLE)
    body["extensions"]["persistedQuery"]["miss"] = True

    assert (await send(patient, body)).body == ANSWER


async def test_a_document_that_no_encoding_can_carry_has_no_hash_of_another(patient: Member) -> None:
    document = '{ specialists(filter: {search: "%s"}) { totalCount } }'

    response = await send(patient, by_hash(document % "?", query=document % "\ud800"))

    assert response.codes == ["bad_user_input"]


def test_documents_are_kept_within_bounds_of_number_and_bytes() -> None:
    persisted = PersistedQueries(weight=100_000)

    for number in range(2_000):
        keep(persisted, f"query Q{number} {{ viewer {{ role }} }}")
    assert 100 < len(persisted._texts) <= 1_000

    for number in range(10):
        keep(persisted, f"#{number}{'x' * 30_000}\n{ROLE}")
    assert len(persisted._texts) == 3


def keep(persisted: PersistedQueries, text: str) -> None:
    persisted.store(GraphqlRequest(text, None, {}, hash_of(text)))

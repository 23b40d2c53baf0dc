"""``INTROSPECTION`` decides whether clients see the schema, by a query or as a document."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx2
import pytest
from graphql import build_schema, get_introspection_query

from schema.server.settings import ServerSettings
from tests.application import run_application
from tests.client import Member, ask
from tests.clinic import Clinic
from tests.rules.sources import ROOT


@pytest.fixture(scope="module")
async def silent(settings: ServerSettings) -> AsyncIterator[httpx2.AsyncClient]:
    """A server that does not show its schema."""
    async with run_application(replace(settings, introspection=False)) as http:
        yield http


@pytest.fixture
def patient(silent: httpx2.AsyncClient, west: Clinic) -> Member:
    return replace(west.patient, http=silent)


async def test_the_document_is_the_schema_in_its_own_language(http: httpx2.AsyncClient) -> None:
    response = await http.get("/schema.graphql")

    assert response.status_code == 200
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    assert response.text == (ROOT / "schema" / "schema.graphql").read_text(encoding="utf-8")
    assert build_schema(response.text).query_type


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
async def test_who_has_the_document_is_told_so(form: str, http: httpx2.AsyncClient) -> None:
    tag = (await http.get("/schema.graphql")).headers["etag"]

    response = await http.get("/schema.graphql", headers={"if-none-match": form.format(tag)})

    assert response.status_code == 304
    assert response.content == b""
    assert response.headers["etag"] == tag


async def test_a_server_without_introspection_has_no_such_document(silent: httpx2.AsyncClient) -> None:
    response = await silent.get("/schema.graphql")

    assert response.status_code == 404
    assert response.json()["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    "document",
    [
        get_introspection_query(),
        "{ __schema { queryType { name } } }",
        '{ __type(name: "Query") { name } }',
        "{ viewer { role } a: __schema { types { name } } }",
        "{ __schema @skip(if: true) { queryType { name } } }",
        "{ ...F } fragment F on Query { __schema { queryType { name } } }",
    ],
    ids=lambda document: document[:40],
)
async def test_a_server_without_introspection_refuses_it_by_name(document: str, patient: Member) -> None:
    reply = await ask(patient, document)

    assert "data" not in reply.body
    assert set(reply.codes) == {"graphql_validation_failed"}
    assert all("introspection has been disabled" in error["message"] for error in reply.errors)
    assert reply.errors[0]["locations"]


async def test_a_server_without_introspection_still_tells_the_name_of_a_type(patient: Member) -> None:
    reply = await ask(patient, "{ __typename viewer { __typename role } }")

    assert reply.text == '{"__typename":"Query","viewer":{"__typename":"Viewer","role":"patient"}}'

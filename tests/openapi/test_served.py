"""The document as ``/openapi.json`` serves it: with the address that the client used."""

import httpx2
import pytest
from starlette.requests import Request

from schema.openapi.document import ADDRESS
from schema.openapi.endpoint import OpenapiEndpoint
from tests.openapi.document import DOCUMENT

HOSTILE = ['evil"}', "a b", "a/../b", "user@host", "x" * 300, "host:123456", "[::1", ""]


async def test_the_answer_is_the_document_with_the_address_in_force(http: httpx2.AsyncClient) -> None:
    answer = await http.get("/openapi.json")

    server = {"url": "http://clinic.test", "description": DOCUMENT["servers"][0]["description"]}
    assert answer.headers["content-type"] == "application/json"
    assert answer.json() == {**DOCUMENT, "servers": [server]}


@pytest.mark.parametrize("host", ["api.example.com", "localhost:8000", "127.0.0.1:9", "[::1]:8000"])
async def test_production_is_reached_by_tls(host: str) -> None:
    development, production = OpenapiEndpoint(development=True), OpenapiEndpoint(development=False)

    assert f'"url":"http://{host}"' in await body_of(development, host)
    assert f'"url":"https://{host}"' in await body_of(production, host)


@pytest.mark.parametrize("host", HOSTILE)
async def test_a_host_that_is_none_does_not_reach_the_document(host: str) -> None:
    assert f'"url":"{ADDRESS}"' in await body_of(OpenapiEndpoint(development=False), host)


async def body_of(endpoint: OpenapiEndpoint, host: str) -> str:
    request = Request({"type": "http", "method": "GET", "path": "/openapi.json", "headers": [(b"host", host.encode())]})
    return bytes((await endpoint.get(request)).body).decode()

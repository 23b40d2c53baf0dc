"""Every address by every method, as anybody and with any body: safe headers, a request id, errors of one shape."""

import asyncio
import json
from itertools import product

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from schema.http.request_context import RequestContextMiddleware
from tests.application import run_server
from tests.clinic import Clinic
from tests.contract.sockets import LAST, connection, responses
from tests.contract.test_headers import REQUEST_ID, SECURITY

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "BREW")
JSON = {"content-type": "application/json"}
VARIANTS: dict[str, tuple[dict[str, str], bytes]] = {
    "conditional": ({**JSON, "if-none-match": "*", "if-match": '"0"'}, b'{"name": "x", "slug": "x"}'),
    "plain": ({}, b""),
    "json": (JSON, b"{}"),
    "not json": (JSON, b"{"),
    "too large": (JSON, b" " * ((1 << 20) + 1)),
    "preflight": ({"origin": "http://localhost:1", "access-control-request-method": "PUT"}, b""),
    "refused preflight": ({"origin": "http://evil.example", "access-control-request-method": "BREW"}, b""),
    "browser": ({"accept": "text/html", "accept-encoding": "zstd"}, b""),
    "strange host": ({"host": "a b"}, b""),
    "stranger": ({"authorization": "Bearer x"}, b""),
}


def addresses(app: Starlette, specialist: int) -> list[str]:
    """Return an address of each route, and some that no route has."""
    paths = [route.path for route in app.routes if isinstance(route, Route) and not route.path.endswith("/")]
    assert len(paths) > 10
    addresses = [path.replace("{id}", str(specialist)).replace("{name}", "x") for path in paths]
    return [*addresses, "/", "/nothing", "/v1/specialists?page=0"]


def assert_safe(response: httpx2.Response) -> None:
    """Check what every response carries, and the shape of an error."""
    assert set(SECURITY) <= set(response.headers), response
    assert response.headers["x-content-type-options"] == "nosniff"
    assert REQUEST_ID.fullmatch(response.headers["x-request-id"])
    assert {"authorization", "origin"} <= set(response.headers["vary"].lower().split(", "))
    if response.status_code >= 400 and response.request.method != "HEAD":
        body = response.json()
        error = body["error"] if "error" in body else body["errors"][0]["extensions"]
        assert (error["code"], error["request_id"]) == (error["code"].lower(), response.headers["x-request-id"])


async def test_every_address_answers_every_method_safely(app: Starlette, north: Clinic) -> None:
    specialist = await north.add_specialist()
    requests = [(north.admin.headers | headers, body) for headers, body in VARIANTS.values()]
    statuses = set()

    for headers, body in [*requests, (north.patient.headers, b"")]:
        for address, method in product(addresses(app, specialist), METHODS):
            response = await north.http.request(method, address, headers=headers, content=body)
            assert_safe(response)
            statuses.add(response.status_code)

    assert statuses == {200, 201, 204, 304, 400, 401, 403, 404, 405, 409, 412, 413, 415}


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [(ValueError("secret"), 500, "internal_error"), (asyncio.CancelledError(), 503, "unavailable")],
    ids=["crash", "stop"],
)
async def test_what_no_handler_catches_is_an_error_like_all_others(
    error: BaseException, status: int, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise error

    async with run_server(RequestContextMiddleware(fail, development=False)) as server, connection(server) as client:
        await client.send(LAST)
        stream = await client.read()

    ((actual, headers, body),) = responses(stream)
    assert (actual, json.loads(body)["error"]["code"]) == (status, code)
    assert {name: headers.get(name) for name in SECURITY} == SECURITY
    assert len(caplog.records) == 1

"""Over a real connection: what only the server below the application can get wrong."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from starlette.applications import Starlette

from tests.application import port_of, run_server
from tests.clinic import Clinic


@pytest.fixture(scope="module")
async def port(app: Starlette) -> AsyncIterator[int]:
    """The application behind its own HTTP server."""
    async with run_server(app) as server:
        yield port_of(server)


async def exchanged(port: int, request: str) -> tuple[str, str]:
    """Head and body of the answer to ``request``, after which the connection is closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request.replace("\n", "\r\n").encode())
    head, _, body = (await reader.read()).decode().partition("\r\n\r\n")
    writer.close()
    await writer.wait_closed()
    return head.lower(), body


def request(clinic: Clinic, line: str, *headers: str) -> str:
    header = f"Authorization: {clinic.admin.headers['authorization']}"
    return "\n".join([f"{line} HTTP/1.1", "Host: x", "Connection: close", header, *headers, "", ""])


async def test_head_has_the_length_of_get_and_no_body(port: int, north: Clinic) -> None:
    get, get_body = await exchanged(port, request(north, "GET /v1/specialists"))

    head, body = await exchanged(port, request(north, "HEAD /v1/specialists"))

    assert get_body.startswith('{"data":[]')
    assert (head.splitlines()[0], body) == ("http/1.1 200 ok", "")
    assert f"content-length: {len(get_body)}" in head.splitlines()
    assert f"content-length: {len(get_body)}" in get.splitlines()


async def test_a_large_body_is_refused_before_it_comes(port: int, north: Clinic) -> None:
    headers = ("Content-Type: application/json", "Content-Length: 99999999999")

    head, body = await exchanged(port, request(north, "POST /v1/specialists", *headers))

    assert head.startswith("http/1.1 413")
    assert '"code":"body_too_large"' in body


@pytest.mark.parametrize("id_", ["%00", "%ff", "%2e%2e", "%f0%9f%a6%b7", "1%3fx=1", "9" * 5_000])
async def test_any_address_gets_an_answer(port: int, north: Clinic, id_: str) -> None:
    head, body = await exchanged(port, request(north, f"GET /v1/specialists/{id_}"))

    assert head.startswith("http/1.1 404")
    assert '"code":"specialist_not_found"' in body


async def test_not_modified_has_no_body(port: int, north: Clinic) -> None:
    specialist = await north.add_specialist()

    head, body = await exchanged(port, request(north, f"GET /v1/specialists/{specialist}", "If-None-Match: *"))

    assert (head.splitlines()[0], body) == ("http/1.1 304 not modified", "")

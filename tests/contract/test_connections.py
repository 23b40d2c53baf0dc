"""What one request may take: bytes of headers, and time to arrive; and how it is refused."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable

import pytest
import uvicorn
from starlette.applications import Starlette

from schema.http.bounded_protocol import MAX_HEADER_BYTES, SLICE_BYTES
from tests.application import run_server
from tests.clinic import Clinic
from tests.contract.sockets import LAST, LIVE, POST, ImpatientProtocol, connection, responses, signed, statuses
from tests.contract.test_headers import REQUEST_ID, SECURITY

CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"
LARGE = 40 * MAX_HEADER_BYTES
TOO_LARGE = {
    "one header": b"GET / HTTP/1.1\r\nX: " + b"x" * LARGE,
    "name of a header": b"GET / HTTP/1.1\r\n" + b"x" * LARGE,
    "many headers": b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * (LARGE // 6),
    "target": b"GET /" + b"x" * LARGE,
    "empty lines": b"\r\n" * LARGE,
    "trailers": CHUNKED + b"0\r\n" + b"a: b\r\n" * (LARGE // 6),
    "one trailer": CHUNKED + b"0\r\nX: " + b"x" * LARGE,
    "extension of a chunk": CHUNKED + b"2;" + b"x" * LARGE,
    "second request": LIVE + b"GET / HTTP/1.1\r\nX: " + b"x" * LARGE,
}
INVALID = {
    "nonsense": b"nonsense\r\n\r\n",
    "method": b"G" * LARGE,
    "version": b"GET / HTTP/9.9\r\n\r\n",
    "name of a header": b"GET / HTTP/1.1\r\na b: c\r\n\r\n",
    "control character": b"GET / HTTP/1.1\r\na: \x01\r\n\r\n",
    "two lengths": b"POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    "length and chunks": b"POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    "length of a chunk": CHUNKED + b"zz\r\n",
    "tls": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "http/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "connect": b"CONNECT localhost:80 HTTP/1.1\r\nHost: x\r\n\r\n",
}
LATE = {
    "half a line": [b"GET /li"],
    "half a head": [LIVE[:-2]],
    "slow empty lines": [b"\r\n"] * 3_000,
    "slow headers": [b"GET / HTTP/1.1\r\n", *[b"a: b\r\n"] * 3_000],
    "half a body": [POST + b"Content-Length: 9000\r\n\r\n {"],
    "no body": [POST + b"Content-Length: 9000\r\n\r\n"],
    "slow body": [POST + b"Content-Length: 9000\r\n\r\n", *[b" "] * 3_000],
    "no last chunk": [CHUNKED],
    "slow chunks": [CHUNKED, *[b"1\r\n \r\n"] * 3_000],
    "slow trailers": [CHUNKED + b"0\r\n", *[b"a: b\r\n"] * 3_000],
}


@pytest.fixture(scope="module")
async def server(app: Starlette) -> AsyncIterator[uvicorn.Server]:
    async with run_server(app) as server:
        yield server


@pytest.fixture(scope="module")
async def impatient(app: Starlette) -> AsyncIterator[uvicorn.Server]:
    async with run_server(app, ImpatientProtocol) as server:
        yield server


def assert_refused(stream: bytes, status: int, code: str) -> None:
    """Check that the last response is an error like all others, and the only one of its request."""
    *_, (actual, headers, body) = responses(stream)
    error = json.loads(body)["error"]
    assert (actual, list(error), error["code"]) == (status, ["code", "message", "request_id"], code)
    assert {name: headers.get(name) for name in SECURITY} == SECURITY
    assert REQUEST_ID.fullmatch(headers["x-request-id"])
    assert (headers["content-type"], headers["content-length"]) == ("application/json", str(len(body)))
    assert (headers["x-request-id"], headers["connection"]) == (error["request_id"], "close")
    assert {"date", "vary"} <= set(headers)


@pytest.mark.parametrize("request_", TOO_LARGE.values(), ids=TOO_LARGE)
async def test_a_head_is_refused_at_its_bound_and_the_client_reads_why(
    server: uvicorn.Server, north: Clinic, request_: bytes
) -> None:
    async with connection(server) as client:
        sending = asyncio.create_task(client.send(signed(north, request_)))
        stream = await client.read()
        await sending

    assert_refused(stream, 431, "headers_too_large")


async def test_a_head_just_below_the_bound_is_served(server: uvicorn.Server) -> None:
    async with connection(server) as client:
        await client.send(LAST[:-2] + b"X: " + b"x" * (MAX_HEADER_BYTES - SLICE_BYTES) + b"\r\n\r\n")

        assert statuses(await client.read()) == [200]


@pytest.mark.parametrize("request_", INVALID.values(), ids=INVALID)
@pytest.mark.parametrize("before", [0, 3])
async def test_what_is_not_http_is_refused_after_the_responses_before_it(
    server: uvicorn.Server, before: int, request_: bytes
) -> None:
    async with connection(server) as client:
        await client.send(LIVE * before + request_)

        stream = await client.read()

    assert statuses(stream) == [200] * before + [400]
    assert_refused(stream, 400, "invalid_request")


async def test_who_says_nothing_hears_nothing(impatient: uvicorn.Server) -> None:
    async with connection(impatient) as silent, connection(impatient) as idle:
        await idle.send(LIVE)

        assert await silent.read() == b""
        assert statuses(await idle.read()) == [200]


@pytest.mark.parametrize("before", [b"", LIVE], ids=["first", "second"])
async def test_a_request_that_does_not_arrive_is_refused_in_time(
    impatient: uvicorn.Server, north: Clinic, before: bytes
) -> None:
    async def send(first: bytes, *others: bytes) -> bytes:
        async with connection(impatient) as client:
            trickling = asyncio.create_task(client.trickle([before + signed(north, first), *others]))
            stream = await client.read()
            await trickling
            return stream

    streams = await asyncio.gather(*(send(*pieces) for pieces in LATE.values()))

    for stream in streams:
        assert_refused(stream, 408, "request_timeout")


async def test_a_request_that_was_answered_is_not_answered_twice(impatient: uvicorn.Server) -> None:
    async def send(pieces: Iterable[bytes]) -> tuple[int, bytes]:
        async with connection(impatient) as client:
            await client.send(POST + b"Content-Length: 9000\r\n\r\n")
            status, _ = await client.read_response()
            await client.trickle(pieces)
            return status, await client.read()

    for answer in await asyncio.gather(send([]), send([b" "] * 3_000)):
        assert answer == (401, b"")


async def test_trailers_are_no_headers(server: uvicorn.Server, north: Clinic) -> None:
    trailer = b"authorization: " + north.admin.headers["authorization"].encode()
    async with connection(server) as client:
        await client.send(CHUNKED + b"0\r\n" + trailer + b"\r\n\r\n")

        status, _ = await client.read_response()

    assert status == 401


async def test_a_refusal_has_the_id_of_the_request_that_it_ends(impatient: uvicorn.Server, north: Clinic) -> None:
    head = signed(north, POST) + b"X-Request-Id: own-id\r\nContent-Length: 9\r\n\r\n"
    async with connection(impatient) as client:
        await client.send(head)
        ((status, headers, body),) = responses(await client.read())

    assert (status, headers["x-request-id"]) == (408, "own-id")
    assert json.loads(body)["error"]["request_id"] == "own-id"

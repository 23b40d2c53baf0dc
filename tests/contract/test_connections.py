"""What one connection may take: bytes of headers, time, requests in a row, and a place among the others."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from schema.http.bounded_protocol import MAX_HEADER_BYTES, SLICE_BYTES
from schema.http.http_protocol import HttpProtocol
from tests.application import port_of, run_server
from tests.clinic import Clinic
from tests.contract.test_headers import REQUEST_ID, SECURITY

LIVE = b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
LAST = b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
POST = b"POST /v1/specialists HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"
LARGE = 40 * MAX_HEADER_BYTES
LARGE_PAGE = 1 << 25  # the system buffers some megabytes
PATIENCE = 30.0
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


class ImpatientProtocol(HttpProtocol):
    """The protocol with times that a test can wait for."""

    KEEP_ALIVE_SECONDS = 0.2
    HEAD_SECONDS = 0.3
    STALL_SECONDS = 0.3
    BODY_SECONDS = 0.4
    WRITE_SECONDS = 0.2
    LINGER_SECONDS = 0.1
    SWEEP_SECONDS = 0.02


class Client:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def send(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.writer.write(piece)
            await self.writer.drain()

    async def trickle(self, pieces: Iterable[bytes]) -> None:
        """Send piece after piece until the server closes the connection."""
        with suppress(OSError):
            for piece in pieces:
                await self.send(piece)
                await asyncio.sleep(0.01)

    async def read(self) -> bytes:
        """Return what the server sends until it ends the connection."""
        stream = b""
        with suppress(ConnectionError):
            while piece := await asyncio.wait_for(self.reader.read(1 << 16), PATIENCE):
                stream += piece
        return stream

    async def read_response(self) -> tuple[int, bytes]:
        head = await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), PATIENCE)
        headers = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:-2])
        body = await asyncio.wait_for(self.reader.readexactly(int(headers[b"content-length"])), PATIENCE)
        return int(head.split()[1]), body


@asynccontextmanager
async def connection(server: uvicorn.Server) -> AsyncIterator[Client]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port_of(server))
    try:
        yield Client(reader, writer)
    finally:
        writer.transport.abort()


@pytest.fixture(scope="module")
async def server(app: Starlette) -> AsyncIterator[uvicorn.Server]:
    async with run_server(app) as server:
        yield server


@pytest.fixture(scope="module")
async def impatient(app: Starlette) -> AsyncIterator[uvicorn.Server]:
    async with run_server(app, ImpatientProtocol) as server:
        yield server


def signed(clinic: Clinic, request: bytes) -> bytes:
    """Return ``request`` with the token of an admin."""
    return request.replace(b"Host: x", b"Host: x\r\nAuthorization: %b" % clinic.admin.headers["authorization"].encode())


def responses(stream: bytes) -> list[tuple[int, dict[str, str], bytes]]:
    """Return status, headers and body of each response in ``stream``."""
    parts = []
    for response in stream.split(b"HTTP/1.1 ")[1:]:
        head, _, body = response.partition(b"\r\n\r\n")
        lines = head.decode().split("\r\n")
        parts.append((int(lines[0][:3]), dict(line.split(": ", 1) for line in lines[1:]), body))
    return parts


def statuses(stream: bytes) -> list[int]:
    return [status for status, _, _ in responses(stream)]


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


def protocol_of(server: uvicorn.Server) -> HttpProtocol:
    """Return the only connection of ``server``."""
    (protocol,) = server.server_state.connections
    assert isinstance(protocol, HttpProtocol)
    return protocol


async def test_trailers_are_no_headers(server: uvicorn.Server, north: Clinic) -> None:
    trailer = b"authorization: " + north.admin.headers["authorization"].encode()
    async with connection(server) as client:
        await client.send(CHUNKED + b"0\r\n" + trailer + b"\r\n\r\n")

        status, _ = await client.read_response()

    assert status == 401


async def test_pipelined_requests_wait_unread_and_are_all_answered_in_order(server: uvicorn.Server) -> None:
    count = 3_000
    requests = b"".join(b"GET /%d HTTP/1.1\r\n\r\n" % number for number in range(count)) + LAST
    async with connection(server) as client:
        sending = asyncio.create_task(client.send(requests))
        protocol = protocol_of(server)
        answers, most_requests, most_bytes = 0, 0, 0
        while answers < count:
            status, _ = await client.read_response()
            assert status == 404
            answers += 1
            most_requests = max(most_requests, len(protocol.pipeline))
            most_bytes = max(most_bytes, len(protocol.unparsed))
        rest = await client.read()
        await sending

    assert statuses(rest) == [200]
    assert most_requests < SLICE_BYTES / len(b"GET /0 HTTP/1.1\r\n\r\n")
    assert most_bytes <= 1 << 18


class Pages:
    """An application of one large answer and one that is made as long as the test wants."""

    def __init__(self) -> None:
        self.is_open, self.started = asyncio.Event(), asyncio.Event()
        self.calls = 0
        self.app = Starlette(routes=[Route("/large", self.large), Route("/slow", self.slow)])

    async def large(self, _request: Request) -> Response:
        self.calls += 1
        return PlainTextResponse(b"x" * LARGE_PAGE)

    async def slow(self, _request: Request) -> Response:
        self.started.set()
        await self.is_open.wait()
        return PlainTextResponse("done")


async def test_who_reads_no_answer_gets_no_other_and_is_cut_off() -> None:
    pages = Pages()
    async with run_server(pages.app, ImpatientProtocol) as server, connection(server) as client:
        await client.send(b"GET /large HTTP/1.1\r\n\r\n" * 100)
        while server.server_state.connections or not pages.calls:  # noqa: ASYNC110 - it tells in no other way
            await asyncio.sleep(0.01)

        assert pages.calls <= 2


async def test_who_reads_slowly_gets_more_time_as_long_as_he_reads() -> None:
    pages = Pages()
    async with run_server(pages.app) as server, connection(server) as client:
        await client.send(b"GET /large HTTP/1.1\r\n\r\n")
        await client.reader.readuntil(b"\r\n\r\n")
        protocol = protocol_of(server)

        for _ in range(3):
            await client.reader.readexactly(LARGE_PAGE // 8)
            protocol.on_deadline()
            assert not protocol.transport.is_closing()
        protocol.on_deadline()

        assert protocol.transport.is_closing()


async def test_a_response_may_take_its_time() -> None:
    pages = Pages()
    async with run_server(pages.app, ImpatientProtocol) as server, connection(server) as client:
        await client.send(b"GET /slow HTTP/1.1\r\n\r\n")
        async with connection(server) as idle:
            await idle.read()
        pages.is_open.set()

        assert await client.read_response() == (200, b"done")


async def test_the_oldest_idle_connections_give_way_and_none_whose_response_is_being_made() -> None:
    pages = Pages()
    async with run_server(pages.app, max_connections=5) as server, connection(server) as busy:
        await busy.send(b"GET /slow HTTP/1.1\r\nConnection: close\r\n\r\n")
        await pages.started.wait()
        streams = [await asyncio.open_connection("127.0.0.1", port_of(server)) for _ in range(40)]
        for _, writer in streams:
            writer.write(b"GET / HTTP/1.1\r\n")
        async with connection(server) as good:
            await good.send(b"GET /nothing HTTP/1.1\r\n\r\n")
            status, _ = await good.read_response()
        pages.is_open.set()

        assert (status, statuses(await busy.read())) == (404, [200])
        assert len(server.server_state.connections) <= 5
        for _, writer in streams:
            writer.transport.abort()

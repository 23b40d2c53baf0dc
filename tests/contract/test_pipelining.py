"""What a connection may take of the server: requests in a row, responses nobody reads, a place among the others."""

import asyncio
from collections.abc import AsyncIterator
from resource import RLIM_INFINITY

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from schema.http.bounded_protocol import SLICE_BYTES
from schema.http.connection_sweeper import max_connections
from tests.application import port_of, run_server
from tests.clinic import Clinic
from tests.contract.sockets import LAST, LIVE, POST, ImpatientProtocol, connection, protocol_of, signed, statuses

LARGE_PAGE = 1 << 25  # the system buffers some megabytes


@pytest.fixture(scope="module")
async def server(app: Starlette) -> AsyncIterator[uvicorn.Server]:
    async with run_server(app) as server:
        yield server


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


@pytest.mark.parametrize("cut", [1_000, SLICE_BYTES, 70_000, 1 << 20])
async def test_a_body_behind_another_request_is_read_whole(server: uvicorn.Server, north: Clinic, cut: int) -> None:
    """A body larger than what is parsed at a time, and than what uvicorn reads ahead."""
    size = 90_000
    post = signed(north, POST) + b"Content-Length: %d\r\n\r\n" % size + b"{}".ljust(size)
    requests = LIVE + post + post + LIVE + post + LAST
    async with connection(server) as client:
        await client.send(*(requests[start : start + cut] for start in range(0, len(requests), cut)))

        assert statuses(await client.read()) == [200, 400, 400, 200, 400, 200]


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


@pytest.mark.parametrize(
    ("descriptors", "database", "expected"),
    [(1_024, 32, 928), (256, 32, 160), (256, 4_000, 64), (1 << 20, 32, 4_096), (RLIM_INFINITY, 32, 4_096)],
)
def test_connections_leave_descriptors_for_all_else(
    monkeypatch: pytest.MonkeyPatch, descriptors: int, database: int, expected: int
) -> None:
    monkeypatch.setattr("resource.getrlimit", lambda _: (descriptors, descriptors))

    assert max_connections(database) == expected

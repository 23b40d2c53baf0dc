"""Hundreds of sockets that send little, slowly or without end, and a good client beside them."""

import asyncio
import resource
import socket
import statistics
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil  # type: ignore[import-untyped]
import pytest

from tests.operation.commands import Commands, Running

pytestmark = pytest.mark.long
Record = Callable[[str, object, str], None]
COUNT = 500  # sockets of each kind
MAX_SECONDS, MAX_P99_MILLISECONDS = 20.0, 50.0
MB = 1 << 20
MAX_GROWTH = 48 * MB
PATIENCE = 60.0
HEAD = b"POST /v1/specialists HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
GOOD = b"GET /v1/specialists?page_size=5 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
DOCUMENT = b"GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
FLOOD_BYTES = 64 * MB
FLOODS = {  # what comes first, and what then never ends
    "header": (b"GET / HTTP/1.1\r\nX: ", b"x"),
    "headers": (b"GET / HTTP/1.1\r\n", b"a: b\r\n"),
    "trailers": (HEAD + b"Transfer-Encoding: chunked\r\n%b\r\n0\r\n", b"a: b\r\n"),
    "requests": (b"", DOCUMENT),
}


@dataclass(frozen=True)
class Target:
    """A server, and what an admin sends as header."""

    running: Running
    token: bytes

    @property
    def port(self) -> int:
        return int(self.running.address.rpartition(":")[2])

    @property
    def memory(self) -> int:
        return int(psutil.Process(self.running.process.pid).memory_info().rss)

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    def ask(self) -> float:
        """Return the milliseconds until a list has been read on a new connection."""
        start = time.perf_counter()
        with socket.create_connection(("127.0.0.1", self.port), PATIENCE) as connection:
            connection.sendall(GOOD + self.token + b"\r\n")
            with connection.makefile("rb") as stream:
                response = stream.read()
        assert response.startswith(b"HTTP/1.1 200"), response
        return 1_000 * (time.perf_counter() - start)


@contextmanager
def descriptors(count: int) -> Iterator[None]:
    """Let processes that start meanwhile have ``count`` descriptors."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@asynccontextmanager
async def serve(count: int) -> AsyncIterator[Target]:
    """Start a server of one process that may have ``count`` descriptors."""
    with TemporaryDirectory(prefix="clinic-", ignore_cleanup_errors=True) as directory:
        commands = Commands(Path(directory))
        await asyncio.to_thread(commands.run, "migrate")
        with descriptors(count):
            server = commands.serving()
            running = await asyncio.to_thread(server.__enter__)
        try:
            target = Target(running, b"Authorization: Bearer %b\r\n" % commands.token().encode())
            await ask(target, 20)
            yield target
        finally:
            await asyncio.to_thread(server.__exit__, None, None, None)
            commands.end()


async def await_end(target: Target, first: bytes) -> tuple[float, bytes]:
    """Send ``first`` and no more; return after how many seconds the server ended the connection, and its last words."""
    start = time.monotonic()
    reader, writer = await target.connect()
    writer.write(first)
    words = b""
    try:
        with suppress(ConnectionError):
            words = await asyncio.wait_for(reader.read(), PATIENCE)
    finally:
        writer.transport.abort()
    return time.monotonic() - start, words


async def ask(target: Target, times: int) -> list[float]:
    """Ask so many times, in a thread that the attackers' event loop does not hold up; return the milliseconds."""
    return [await asyncio.to_thread(target.ask) for _ in range(times)]


async def test_sockets_that_send_little_are_closed_and_slow_nobody_down(record_figure: Record) -> None:
    half_body = HEAD + b"Content-Length: 99\r\n%b\r\n{"
    async with serve(4_096) as target:
        before = target.memory
        attacks = [
            asyncio.create_task(await_end(target, first))
            for first in (b"", GOOD, half_body % target.token)
            for _ in range(COUNT)
        ]
        milliseconds = []
        while not all(attack.done() for attack in attacks):
            milliseconds += await ask(target, 10)
        growth = target.memory - before

    endings = [attack.result() for attack in attacks]
    p99, slowest = statistics.quantiles(milliseconds, n=100)[98], max(seconds for seconds, _ in endings)
    figure = f"all closed after {slowest:.1f} s; p99 {p99:.0f} ms of {len(milliseconds)}; {growth / MB:.0f} MB"
    record_figure("500 idle, 500 half headers, 500 half bodies", figure, "20 s, 50 ms, 48 MB")
    assert {words for _, words in endings[:COUNT]} == {b""}
    assert {words[:13] for _, words in endings[COUNT:]} == {b"HTTP/1.1 408 "}
    assert slowest <= MAX_SECONDS
    assert p99 <= MAX_P99_MILLISECONDS
    assert growth <= MAX_GROWTH


async def test_half_open_sockets_keep_nobody_out(record_figure: Record) -> None:
    """The server may have fewer descriptors than there are attackers, each of whom comes back after a second."""

    async def attack() -> None:
        while not is_over.is_set():
            with suppress(OSError):
                await await_end(target, b"GET / HTTP/1.1\r\n")
            await asyncio.sleep(1)

    is_over = asyncio.Event()
    async with serve(300) as target:
        attacks = [asyncio.create_task(attack()) for _ in range(400)]
        await asyncio.sleep(2)
        milliseconds = await ask(target, 200)
        is_over.set()
    await asyncio.gather(*attacks)

    record_figure("400 half-open sockets, 300 descriptors", f"{len(milliseconds)} of 200 requests served", "all")


@pytest.mark.parametrize("flood", FLOODS)
async def test_what_never_ends_takes_no_memory(flood: str, record_figure: Record) -> None:
    """The client sends 64 MB, or as much as the server takes, and reads nothing."""
    async with serve(1_024) as target:
        before = target.memory
        _, writer = await target.connect()
        writer.transport.set_write_buffer_limits(0)
        first, unit = FLOODS[flood]
        piece = unit * ((1 << 16) // len(unit))
        with suppress(ConnectionError, TimeoutError):
            for part in (first.replace(b"%b", target.token), *[piece] * (FLOOD_BYTES >> 16)):
                writer.write(part)
                await asyncio.wait_for(writer.drain(), 1)
        growth = target.memory - before
        await ask(target, 1)
        writer.transport.abort()

    record_figure(f"64 MB of one {flood}", f"{growth / MB:.1f} MB of memory", "48 MB")
    assert growth <= MAX_GROWTH


async def test_who_does_not_read_is_cut_off(record_figure: Record) -> None:
    async with serve(1_024) as target:
        start, before = time.monotonic(), target.memory
        writers = [(await target.connect())[1] for _ in range(50)]
        for writer in writers:
            writer.write(DOCUMENT * 500)
        largest = 0
        while len(psutil.Process(target.running.process.pid).net_connections("tcp")) > 20:
            largest = max(largest, target.memory - before)
            assert time.monotonic() < start + 2 * PATIENCE
            await asyncio.sleep(0.2)
        seconds = time.monotonic() - start
        for writer in writers:
            writer.transport.abort()

    figure = f"cut off after {seconds:.0f} s; {largest / MB:.0f} MB of memory"
    record_figure("50 clients that read none of 500 documents each", figure, "60 s")
    assert seconds <= PATIENCE

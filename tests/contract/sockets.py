"""Send bytes to a server over a real connection, and take its responses apart."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress

import uvicorn

from schema.http.http_protocol import HttpProtocol
from tests.application import port_of
from tests.clinic import Clinic

LIVE = b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n"
LAST = b"GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
POST = b"POST /v1/specialists HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
PATIENCE = 30.0


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


def protocol_of(server: uvicorn.Server) -> HttpProtocol:
    """Return the only connection of ``server``."""
    (protocol,) = server.server_state.connections
    assert isinstance(protocol, HttpProtocol)
    return protocol

"""Clients that ask without a pause, half of them on new connections, and count what fails while a server stops."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

CLIENTS = 16
MIN_RESPONSES = 100  # before the server is stopped
PATIENCE = 30.0  # seconds for one response
CLOSING = b"connection: close"


@dataclass
class Hammer:
    """Counts responses by status, and by kind the connections that ended without one."""

    address: str
    token: str
    path: str = "/v1/specialists?page_size=5"
    statuses: Counter[int] = field(default_factory=Counter)
    failures: Counter[str] = field(default_factory=Counter)
    probes: list[int] = field(default_factory=list)  # statuses of /readyz from the stop on
    is_over: bool = False

    async def run(self) -> None:
        """Let the clients ask until they are refused a connection, or ``is_over`` is set."""
        await asyncio.gather(*(self._ask_all(keeps=bool(i % 2)) for i in range(CLIENTS)))

    async def run_until_gone(self, stop: Callable[[], None]) -> None:
        """Let the clients ask, call ``stop`` in their midst, and return when the server is gone."""
        clients = asyncio.create_task(self.run())
        while self.statuses.total() < MIN_RESPONSES:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        reader, writer = await self._connect()
        await self._ask(reader, writer, self.path)  # and stays connected, for which the server takes its time
        stop()
        await asyncio.gather(clients, self._probe_all())
        writer.close()

    async def _probe_all(self) -> None:
        """Ask ``/readyz`` until the server is gone."""
        while True:
            try:
                reader, writer = await self._connect()
                head = await self._ask(reader, writer, "/readyz")
            except ConnectionRefusedError:
                return
            except (ConnectionError, asyncio.IncompleteReadError):
                self.failures["new"] += 1
                continue
            self.probes.append(int(head.split()[1]))
            writer.close()

    async def _connect(self) -> tuple[StreamReader, StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", urlsplit(self.address).port)

    async def _ask_all(self, *, keeps: bool) -> None:
        while not self.is_over:
            try:
                reader, writer = await self._connect()
            except ConnectionRefusedError:
                return  # the server is gone, and says so
            except ConnectionResetError:
                self.failures["new"] += 1
                continue
            await self._ask_on_one(reader, writer, keeps=keeps)
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _ask_on_one(self, reader: StreamReader, writer: StreamWriter, *, keeps: bool) -> None:
        """Ask on one connection, until the server announces that it will close it."""
        kind = "new"
        while not self.is_over:
            try:
                head = await asyncio.wait_for(self._ask(reader, writer, self.path), PATIENCE)
            except (ConnectionError, asyncio.IncompleteReadError, TimeoutError) as error:
                self.failures[kind if not isinstance(error, TimeoutError) else "late"] += 1
                return
            self.statuses[int(head.split()[1])] += 1
            if not keeps or CLOSING in head.lower():
                return
            kind = "kept"

    async def _ask(self, reader: StreamReader, writer: StreamWriter, path: str) -> bytes:
        """Return the head of the response."""
        lines = (f"GET {path} HTTP/1.1", "host: x", f"authorization: Bearer {self.token}", "", "")
        writer.write("\r\n".join(lines).encode())
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.split(b":")[1]))
        return head

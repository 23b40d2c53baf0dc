"""A TCP proxy that can stop to forward without closing anything, as a network does, and can move to another port."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress


class Proxy:
    """Forwards connections to ``target``, a port or a socket of this machine, while ``forwards`` is set."""

    def __init__(self, target: int | str) -> None:
        self.target, self.port = target, 0
        self.forwards = asyncio.Event()
        self.forwards.set()
        self._connections: set[asyncio.Task[None]] = set()

    def move(self, target: int) -> None:
        """Forward to ``target`` from now on, and end the connections to the old one."""
        self.target = target
        self.end_connections()

    def abandon_connections(self) -> None:
        """Forward nothing on the connections of today any more, without closing them; forward on new ones."""
        self.forwards.clear()
        self.forwards = asyncio.Event()
        self.forwards.set()

    def end_connections(self) -> None:
        for connection in self._connections:
            connection.cancel()

    async def close(self) -> None:
        """End the connections, and wait until they have ended."""
        connections = list(self._connections)
        self.end_connections()
        await asyncio.gather(*connections)
        await asyncio.sleep(0)  # their sockets are closed in the next turn of the loop

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        """Forward one connection until either side closes it."""
        task, forwards = asyncio.current_task(), self.forwards
        assert task is not None
        self._connections.add(task)
        try:
            with suppress(OSError, asyncio.CancelledError):
                await forwards.wait()
                await self._forward(reader, writer, forwards)
        finally:
            self._connections.discard(task)
            writer.transport.abort()

    async def _forward(self, reader: StreamReader, writer: StreamWriter, forwards: asyncio.Event) -> None:
        if isinstance(self.target, str):
            to_reader, to_writer = await asyncio.open_unix_connection(self.target)
        else:
            to_reader, to_writer = await asyncio.open_connection("127.0.0.1", self.target)
        pairs = ((reader, to_writer), (to_reader, writer))
        directions = [asyncio.ensure_future(_pump(*pair, forwards)) for pair in pairs]
        try:
            await asyncio.wait(directions, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for direction in directions:
                direction.cancel()
            await asyncio.gather(*directions, return_exceptions=True)
            to_writer.transport.abort()


async def _pump(reader: StreamReader, writer: StreamWriter, forwards: asyncio.Event) -> None:
    while content := await reader.read(65_536):
        await forwards.wait()
        writer.write(content)
        await writer.drain()


@asynccontextmanager
async def running_proxy(target: int | str) -> AsyncIterator[Proxy]:
    proxy = Proxy(target)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1")
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
        await proxy.close()

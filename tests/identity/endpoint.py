"""A JWKS endpoint on this machine, which counts its visits and misbehaves on demand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from resolvers.identity.jwks import JwksCache, RefreshPolicy
from tests.identity.tokens import Clock, jwk, jwks


@dataclass
class Endpoint:
    address: str = ""
    body: bytes = field(default_factory=lambda: jwks(jwk()))
    status: str = "200 OK"
    headers: str = ""
    open: asyncio.Event = field(default_factory=asyncio.Event)
    visited: asyncio.Event = field(default_factory=asyncio.Event)
    visits: int = 0
    dripping: bool = False

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await reader.readuntil(b"\r\n\r\n")
            self.visits += 1
            self.visited.set()
            await self.open.wait()
            head = f"HTTP/1.1 {self.status}\r\n{self.headers}Connection: close\r\n\r\n"
            writer.write(head.encode() + self.body)
            await writer.drain()
            while self.dripping:
                await asyncio.sleep(0.01)
                writer.write(b" ")
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    def fail(self) -> None:
        self.status = "503 Service Unavailable"

    def recover(self) -> None:
        self.status = "200 OK"

    def publish(self, *keys: dict[str, object]) -> None:
        self.body = jwks(*keys)


@dataclass
class Scene:
    """An endpoint, a cache of its keys, and the cache's clock."""

    endpoint: Endpoint
    keys: JwksCache
    clock: Clock

    def later(self, seconds: float) -> None:
        self.clock.now += seconds

    async def settled(self) -> None:
        """Wait for a fetch in the background."""
        if fetch_task := self.keys._fetch_task:
            await asyncio.wait([fetch_task])


@asynccontextmanager
async def published(policy: RefreshPolicy | None = None) -> AsyncIterator[Scene]:
    endpoint = Endpoint()
    endpoint.open.set()
    server = await asyncio.start_server(endpoint.answer, "127.0.0.1", 0)
    endpoint.address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/.well-known/jwks.json"
    clock = Clock()
    keys = JwksCache(endpoint.address, policy=policy or RefreshPolicy(), clock=clock)
    try:
        yield Scene(endpoint, keys, clock)
    finally:
        endpoint.open.set()
        endpoint.dripping = False
        await keys.aclose()
        server.close()
        await server.wait_closed()

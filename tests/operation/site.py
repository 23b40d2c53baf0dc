"""A server on a real socket in this process, whose clients go away and whose tables a test may lock."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg
import uvicorn

from app import make_app
from db.database import Database
from resolvers.identity.development import DevelopmentKeys
from schema.server.settings import ServerSettings
from tests.application import client_of, port_of, run_server
from tests.client import Member
from tests.clinic import Clinic
from tests.isolation.scratch import Scratch, connected
from tests.operation.conftest import replace_database

POOL_SIZE = 2
PATIENCE = 5.0  # seconds; half of what the driver waits for a statement that nobody cancels
CONNECTIONS = "select count(*) from pg_stat_activity where datname = current_database() and application_name = $1"
BUSY = f"{CONNECTIONS} and state <> 'idle'"
WAITING = f"{CONNECTIONS} and wait_event_type = 'Lock'"
LOCK = "lock table specialists in access exclusive mode"


@dataclass(frozen=True)
class Site:
    """A server on a socket with two connections to a database.

    A superuser may lock its tables, and another looks on: inside of a transaction activity seems to stand still.
    """

    server: uvicorn.Server
    member: Member
    superuser: asyncpg.Connection
    observer: asyncpg.Connection

    async def send(self, method: str, path: str, body: Mapping[str, object] | None = None) -> asyncio.StreamWriter:
        """Send a request on a connection of its own, and do not wait for the response."""
        _, writer = await asyncio.open_connection("127.0.0.1", port_of(self.server))
        content = json.dumps(body) if body else ""
        lines = [f"{method} {path} HTTP/1.1", "host: x", "content-type: application/json"]
        lines += [f"authorization: {self.member.headers['authorization']}", f"content-length: {len(content)}"]
        writer.write("\r\n".join([*lines, "", content]).encode())
        return writer

    async def leave(self, writers: list[asyncio.StreamWriter]) -> None:
        """Close the connections, and return when the server has noticed."""
        for writer in writers:
            writer.close()
        async with asyncio.timeout(PATIENCE):
            while self.server.server_state.connections:  # noqa: ASYNC110 - it tells in no other way
                await asyncio.sleep(0.01)

    async def await_count(self, query: str, count: int) -> None:
        """Return once so many connections of the server are as ``query`` says."""
        async with asyncio.timeout(PATIENCE):
            while await self.observer.fetchval(query, "clinic-api") != count:  # noqa: ASYNC110
                await asyncio.sleep(0.01)


@asynccontextmanager
async def run_site(scratch: Scratch, settings: ServerSettings, keys: DevelopmentKeys) -> AsyncIterator[Site]:
    app = make_app(replace_database(settings, scratch, POOL_SIZE))
    async with (
        app.router.lifespan_context(app),
        client_of(app) as http,
        run_server(app) as server,
        connected(scratch.superuser) as superuser,
        connected(scratch.superuser) as observer,
    ):
        database = Database(scratch.server, pool_size=1)
        yield Site(server, await Clinic.new("site", http, keys, database).admin.signed_in(), superuser, observer)

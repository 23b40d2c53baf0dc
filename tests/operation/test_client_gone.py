"""A client that goes away: its read ends at once, a write goes on, and the connection comes back as it was."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from time import perf_counter

import asyncpg
import pytest
import uvicorn

import db.pool
from app import make_app
from db import request_stats
from db.database import Database
from db.query import RecordQuery
from db.read_cancellation import ReadCancellation
from db.selection import Column, Read, Selection
from db.tenant import Tenant
from resolvers.identity.development import DevelopmentKeys
from schema.server.settings import ServerSettings
from tests.application import client_of, port_of, run_server
from tests.client import Member
from tests.clinic import Clinic
from tests.isolation.scratch import Scratch, connected
from tests.operation.conftest import replace_database

POOL_SIZE = 2
CLIENTS = 50
CANCELLATIONS = 100
PATIENCE = 5.0  # seconds; half of what the driver waits for a statement that nobody cancels
LIST = {"query": "{ specialists { nodes { id } totalCount } }"}
CREATE = {"query": 'mutation { createSpecialist(input: {name: "Ada", slug: "ada"}) { id name } }'}
CONNECTIONS = "select count(*) from pg_stat_activity where datname = current_database() and application_name = $1"
BUSY = f"{CONNECTIONS} and state <> 'idle'"
WAITING = f"{CONNECTIONS} and wait_event_type = 'Lock'"
LEFT_OVERS = "select current_setting('app.organization_id', true), current_setting('app.role', true)"
SPECIALIST = Read("specialist", RecordQuery("id", {"key": 1}), Selection((Column("id", "id"),)))


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


@pytest.fixture
async def site(
    scratch: Scratch, settings: ServerSettings, keys: DevelopmentKeys, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Site]:
    for limit in ("lock_timeout", "statement_timeout"):  # so that nothing but a cancellation ends a statement
        monkeypatch.setitem(db.pool.SETTINGS, limit, "60s")
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


@pytest.mark.parametrize(
    ("method", "path", "body"), [("POST", "/graphql", LIST), ("GET", "/v1/specialists", None)], ids=["graphql", "rest"]
)
async def test_reads_of_clients_that_left_end_at_once_also_those_that_wait_for_a_connection(
    site: Site, caplog: pytest.LogCaptureFixture, method: str, path: str, body: Mapping[str, object] | None
) -> None:
    caplog.set_level(logging.INFO, "clinic")
    async with site.superuser.transaction():
        await site.superuser.execute("lock table specialists in access exclusive mode")
        writers = [await site.send(method, path, body) for _ in range(CLIENTS)]
        await site.await_count(WAITING, POOL_SIZE)

        await site.leave(writers)
        await site.await_count(BUSY, 0)

    responses = await asyncio.gather(*(site.member.rest("GET", "/v1/specialists") for _ in range(CLIENTS)))
    assert [response.status_code for response in responses] == [200] * CLIENTS
    assert await site.superuser.fetchval(CONNECTIONS, "clinic-api") == POOL_SIZE
    assert {record.levelname for record in caplog.records} <= {"INFO"}
    assert caplog.text.count("the client went away") == CLIENTS


async def test_a_write_of_a_client_that_left_is_finished(site: Site) -> None:
    async with site.superuser.transaction():
        await site.superuser.execute("lock table specialists in access exclusive mode")
        writer = await site.send("POST", "/graphql", CREATE)
        await site.await_count(WAITING, 1)

        await site.leave([writer])
        await site.await_count(WAITING, 1)

    await site.await_count(BUSY, 0)
    assert "Ada" in (await site.member.rest("GET", "/v1/specialists")).text


async def test_a_connection_whose_read_was_cancelled_at_any_moment_carries_nothing_over(scratch: Scratch) -> None:
    database = Database(scratch.server, pool_size=1)
    tenant = Tenant(await database.organization_of("org_gone", None), "member")
    cancelled = 0

    async def read(cancellation: ReadCancellation) -> None:
        request_stats.start("", cancellation)
        await database.read(tenant, SPECIALIST)

    since = perf_counter()
    await database.read(tenant, SPECIALIST)
    seconds = perf_counter() - since
    for i in range(CANCELLATIONS):
        cancellation = ReadCancellation()
        task = asyncio.create_task(read(cancellation))
        await asyncio.sleep(seconds * i / CANCELLATIONS)
        cancellation.cancel()
        await asyncio.wait([task])
        cancelled += task.cancelled()
        assert task.cancelled() or task.exception() is None
        (connection,) = database._writers._idle
        assert not any(*await connection.fetch(LEFT_OVERS))
        assert not connection.is_in_transaction()
        assert await database.read(tenant, SPECIALIST) is None

    await database.close()
    assert cancelled

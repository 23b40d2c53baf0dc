"""A client that goes away: its read ends at once, a write goes on, and the connection comes back as it was."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from time import perf_counter

import pytest

import db.pool
from db import request_stats
from db.database import Database
from db.query import RecordQuery
from db.read_cancellation import ReadCancellation
from db.selection import Column, Read, Selection
from db.tenant import Tenant
from resolvers.identity.development import DevelopmentKeys
from schema.server.settings import ServerSettings
from tests.isolation.scratch import Scratch
from tests.operation.site import BUSY, CONNECTIONS, LOCK, POOL_SIZE, WAITING, Site, run_site

CLIENTS = 50
CANCELLATIONS = 100
LIST = {"query": "{ specialists { nodes { id } totalCount } }"}
CREATE = {"query": 'mutation { createSpecialist(input: {name: "Ada", slug: "ada"}) { id name } }'}
LEFT_OVERS = "select current_setting('app.organization_id', true), current_setting('app.role', true)"
SPECIALIST = Read("specialist", RecordQuery("id", {"key": 1}), Selection((Column("id", "id"),)))


@pytest.fixture
async def site(
    scratch: Scratch, settings: ServerSettings, keys: DevelopmentKeys, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Site]:
    for limit in ("lock_timeout", "statement_timeout"):  # so that nothing but a cancellation ends a statement
        monkeypatch.setitem(db.pool.SETTINGS, limit, "60s")
    async with run_site(scratch, settings, keys) as site:
        yield site


@pytest.mark.parametrize(
    ("method", "path", "body"), [("POST", "/graphql", LIST), ("GET", "/v1/specialists", None)], ids=["graphql", "rest"]
)
async def test_reads_of_clients_that_left_end_at_once_also_those_that_wait_for_a_connection(
    site: Site, caplog: pytest.LogCaptureFixture, method: str, path: str, body: Mapping[str, object] | None
) -> None:
    caplog.set_level(logging.INFO, "clinic")
    async with site.superuser.transaction():
        await site.superuser.execute(LOCK)
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
        await site.superuser.execute(LOCK)
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

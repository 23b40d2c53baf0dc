"""The one way to an organization before the tenant is known: a name in, an id out, nothing else."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest

from db.database import Database
from db.embedded import Addresses
from db.tenant import Tenant
from tests.isolation.conftest import Sides
from tests.isolation.grants import DENIED
from tests.isolation.rows import Within
from tests.isolation.scratch import Scratch, connected


def new_clerk_id() -> str:
    return f"org_{uuid4().hex}"


async def test_it_answers_one_id_and_nothing_else(server: asyncpg.Connection) -> None:
    row = await server.fetchrow("select * from organization_of($1, 'slug')", new_clerk_id())

    assert row is not None
    assert [(name, type(value)) for name, value in row.items()] == [("organization_of", int)]


async def test_the_first_slug_stays_whoever_asks_later(server: asyncpg.Connection) -> None:
    clerk_id = new_clerk_id()
    ids = [await server.fetchval("select organization_of($1, $2)", clerk_id, slug) for slug in ("first", "later")]

    async with Within(server, Tenant(ids[0], "member")):
        row = await server.fetchrow("select clerk_id, slug, name, version from organizations")

    assert row is not None
    assert (len(set(ids)), *row) == (1, clerk_id, "first", "first", 1)


async def test_twenty_first_sights_at_once_make_one_organization(addresses: Addresses) -> None:
    clerk_id = new_clerk_id()
    database = Database(addresses.server, pool_size=20)
    await database.open()

    ids = await asyncio.gather(*(database.organization_of(clerk_id, "slug") for _ in range(20)))
    await database.close()

    assert len(set(ids)) == 1


async def test_it_leaves_the_tenant_of_a_transaction_alone(sides: Sides, server: asyncpg.Connection) -> None:
    async with Within(server, sides.own.tenant("member")):
        await server.fetchval("select organization_of($1, 'slug')", new_clerk_id())

        assert await server.fetchval("select count(*) from organizations") == 1


async def test_a_search_path_of_the_caller_does_not_lead_it_astray(scratch: Scratch) -> None:
    """A temporary table of the same name is what such a function could be made to read."""
    clerk_id = new_clerk_id()
    async with connected(scratch.server) as connection:
        organization_id = await connection.fetchval("select organization_of($1, 'slug')", clerk_id)
        await connection.execute("create temp table organizations (id bigint, clerk_id text)")
        await connection.execute("insert into organizations values (-1, $1)", clerk_id)
        await connection.execute("set search_path = pg_temp, public")

        assert await connection.fetchval("select organization_of($1, 'slug')", clerk_id) == organization_id


async def test_no_other_role_may_ask(scratch: Scratch) -> None:
    async with connected(scratch.superuser) as connection:
        await connection.execute("begin; create role passer_by; set local role passer_by")
        with pytest.raises(asyncpg.InsufficientPrivilegeError) as error:
            await connection.fetchval("select organization_of('org_1', 'slug')")
        await connection.execute("rollback")

    assert error.value.sqlstate == DENIED

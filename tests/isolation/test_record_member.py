"""The one way to record a member: names and a role in, the organization's id out, one row of users at most."""

import asyncio
from uuid import uuid4

import asyncpg
import pytest

from db.database import Database
from db.embedded import Addresses
from db.tenant import Tenant
from tests.isolation.grants import DENIED
from tests.isolation.rows import Within, everything_of, outcome
from tests.isolation.scratch import Scratch, connected

RECORD = "select record_member($1, 'slug', $2, $3, 'sess_1', 'request-1')"
USERS = "select clerk_id, email, username, role, version from users order by id"


def new_name(kind: str) -> str:
    return f"{kind}_{uuid4().hex}"


async def users_of(connection: asyncpg.Connection, organization_id: int) -> list[tuple[object, ...]]:
    async with Within(connection, Tenant(organization_id, "member")):
        return [tuple(row) for row in await connection.fetch(USERS)]


async def test_it_answers_the_organizations_id_and_nothing_else(server: asyncpg.Connection) -> None:
    organization = new_name("org")

    row = await server.fetchrow(f"select * from ({RECORD}) as answer", organization, new_name("user"), "patient")

    assert row is not None
    assert tuple(row) == (await server.fetchval("select organization_of($1, 'slug')", organization),)


async def test_a_member_is_recorded_once_and_follows_a_change_of_role_only(server: asyncpg.Connection) -> None:
    organization, user = new_name("org"), new_name("user")

    states = []
    for role in ("patient", "patient", "admin", "admin"):
        organization_id = await server.fetchval(RECORD, organization, user, role)
        states.append(await users_of(server, organization_id))

    assert states == [
        [(user, None, None, "patient", 1)],
        [(user, None, None, "patient", 1)],
        [(user, None, None, "admin", 2)],
        [(user, None, None, "admin", 2)],
    ]


async def test_what_a_token_does_not_know_is_kept(server: asyncpg.Connection) -> None:
    organization, user = new_name("org"), new_name("user")
    organization_id = await server.fetchval(RECORD, organization, user, "patient")
    async with Within(server, Tenant(organization_id, "admin")):
        await server.execute("update users set email = 'a@example.com', username = 'a'")

    await server.fetchval(RECORD, organization, user, "admin")

    assert await users_of(server, organization_id) == [(user, "a@example.com", "a", "admin", 3)]


async def test_the_same_user_in_another_organization_is_another_row(server: asyncpg.Connection) -> None:
    north, south, user = new_name("org"), new_name("org"), new_name("user")
    north_id = await server.fetchval(RECORD, north, user, "patient")
    before = await everything_of(server, north_id)

    south_id = await server.fetchval(RECORD, south, user, "admin")

    assert await everything_of(server, north_id) == before
    assert await users_of(server, south_id) == [(user, None, None, "admin", 1)]


async def test_fifty_first_sights_in_two_processes_make_one_user(
    addresses: Addresses, server: asyncpg.Connection
) -> None:
    organization, user = new_name("org"), new_name("user")
    workers = [Database(addresses.server, pool_size=10) for _ in range(2)]

    ids = await asyncio.gather(
        *(workers[number % 2].record_member(organization, "slug", user, "patient") for number in range(50))
    )
    for worker in workers:
        await worker.close()

    (organization_id,) = set(ids)
    assert organization_id is not None
    assert await users_of(server, organization_id) == [(user, None, None, "patient", 1)]


async def test_two_roles_at_once_leave_one_of_them(addresses: Addresses, server: asyncpg.Connection) -> None:
    organization, user = new_name("org"), new_name("user")
    database = Database(addresses.server, pool_size=10)

    ids = await asyncio.gather(
        *(database.record_member(organization, "slug", user, role) for role in ("patient", "specialist") * 10)
    )
    await database.close()

    (organization_id,) = set(ids)
    assert organization_id is not None
    ((_, _, _, role, _),) = await users_of(server, organization_id)
    assert role in ("patient", "specialist")


@pytest.mark.parametrize("mode", ["read write", "read only"])
async def test_it_leaves_a_transaction_without_a_tenant(mode: str, server: asyncpg.Connection) -> None:
    organization = new_name("org")
    await server.fetchval(RECORD, organization, new_name("user"), "patient")

    await server.execute(f"begin {mode}")
    await server.fetchval(RECORD, organization, new_name("user"), "admin")
    settings = [await server.fetchval(f"select current_setting('app.{name}')") for name in ("organization_id", "role")]
    users = await server.fetchval("select count(*) from users")
    await server.execute("rollback")

    assert (settings, users) == (["", ""], 0)


async def test_a_read_only_database_knows_members_and_has_no_id_for_others(server: asyncpg.Connection) -> None:
    organization, user = new_name("org"), new_name("user")
    organization_id = await server.fetchval(RECORD, organization, user, "patient")

    async with server.transaction(readonly=True):
        member_id = await server.fetchval(RECORD, organization, user, "patient")
        others = [
            await server.fetchval(RECORD, organization, user, "admin"),
            await server.fetchval(RECORD, organization, new_name("user"), "patient"),
        ]

    assert (member_id, others) == (organization_id, [None, None])
    assert await users_of(server, organization_id) == [(user, None, None, "patient", 1)]


async def test_a_read_only_database_takes_no_new_organization(server: asyncpg.Connection) -> None:
    assert await outcome(server, "begin read only", RECORD, new_name("org"), new_name("user"), "patient") == "25006"


async def test_a_search_path_of_the_caller_does_not_lead_it_astray(scratch: Scratch) -> None:
    """Temporary tables of the same names are what such a function could be made to use."""
    organization, user = new_name("org"), new_name("user")
    async with connected(scratch.server) as connection:
        organization_id = await connection.fetchval(RECORD, organization, user, "patient")
        await connection.execute("create temp table organizations (id bigint, clerk_id text)")
        await connection.execute("create temp table users (organization_id bigint, clerk_id text, role text)")
        await connection.execute("set search_path = pg_temp, public")

        assert await connection.fetchval(RECORD, organization, user, "admin") == organization_id
        assert await connection.fetchval("select count(*) from pg_temp.users") == 0


async def test_no_other_role_may_ask(scratch: Scratch) -> None:
    async with connected(scratch.superuser) as connection:
        await connection.execute("begin; create role passer_by; set local role passer_by")
        with pytest.raises(asyncpg.InsufficientPrivilegeError) as error:
            await connection.fetchval(RECORD, "org_1", "user_1", "admin")
        await connection.execute("rollback")

    assert error.value.sqlstate == DENIED

"""A write that is torn off in its middle, or at its very end, leaves nothing; and can be repeated."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from db.database import Database
from db.errors import DatabaseUnavailableError
from db.records import insert
from db.tables import specialties
from db.tenant import Tenant
from tests.isolation.rows import everything_of
from tests.isolation.scratch import connected
from tests.operation.conftest import House
from tests.operation.faults import is_served, is_unavailable

ENDS_ITSELF = """
    create function tear() returns trigger language plpgsql as $$
    begin
        perform pg_terminate_backend(pg_backend_pid());
        perform pg_sleep(1);
        return null;
    end $$
"""
END_OPEN = """
    select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where datname = $1 and state = 'idle in transaction'
"""
TRIGGERS = {
    "after the first row": "create trigger tear after insert on {table} for each row execute function tear()",
    "at the commit": (
        "create constraint trigger tear after insert on {table} deferrable initially deferred"
        " for each row execute function tear()"
    ),
}
TABLES = ("specialists", "specialist_specialties", "specialist_words", "idempotency_keys")


@pytest.fixture
async def superuser(house: House) -> AsyncIterator[asyncpg.Connection]:
    async with connected(house.scratch.superuser) as connection:
        await connection.execute(ENDS_ITSELF)
        yield connection
        await connection.execute("drop function tear() cascade")


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("moment", TRIGGERS)
async def test_a_create_that_is_torn_off_leaves_nothing_and_can_be_repeated(
    moment: str, table: str, house: House, superuser: asyncpg.Connection
) -> None:
    clinic = house.clinic
    organization_id = await clinic.organization_id()
    body = {"name": "Torn Off", "slug": "torn-off", "specialty_ids": [await clinic.add_specialty()]}
    async with connected(house.scratch.server) as server:
        before = await everything_of(server, organization_id)

        await superuser.execute(TRIGGERS[moment].format(table=table))
        torn = await clinic.admin.rest("POST", "/v1/specialists", body, idempotency_key="again")
        after = await everything_of(server, organization_id)
        await superuser.execute(f"drop trigger tear on {table}")
        again = [await clinic.admin.rest("POST", "/v1/specialists", body, idempotency_key="again") for _ in range(2)]

    assert is_unavailable(torn)
    assert after == before
    assert [is_served(response) for response in again] == [True, True]
    assert again[0].text == again[1].text


async def test_a_transaction_whose_connection_ends_between_two_statements_leaves_nothing(house: House) -> None:
    organization_id = await house.clinic.organization_id()
    database = Database(house.scratch.server, pool_size=1)
    await database.open()

    async def torn(superuser: asyncpg.Connection) -> None:
        async with database.transaction(Tenant(organization_id, "admin"), write=True) as transaction:
            await insert(transaction, specialties, {"title": "Torn", "slug": "torn"})
            await superuser.fetch(END_OPEN, house.scratch.name)
            await insert(transaction, specialties, {"title": "Torn", "slug": "torn-again"})

    async with connected(house.scratch.server) as server, connected(house.scratch.superuser) as superuser:
        before = await everything_of(server, organization_id)

        with pytest.raises(DatabaseUnavailableError):
            await torn(superuser)

        assert await everything_of(server, organization_id) == before
    assert await database.organization_of(house.clinic.clerk_id, None) == organization_id
    await database.close()

"""Every table, every verb, every way to name a tenant: what the server's role meets."""

from collections.abc import Callable

import asyncpg
import pytest
from sqlalchemy import Table

from tests.isolation.conftest import Sides
from tests.isolation.grants import DENIED, FOR_ADMINS, GRANTED, VERBS
from tests.isolation.rows import TABLES, condition, insertion, key_of, outcome, owner_column

CONDITIONS: dict[str, Callable[[Sides], str]] = {
    "own organization as admin": lambda sides: sides.own.tenant("admin").begin(write=True),
    "own organization as member": lambda sides: sides.own.tenant("member").begin(write=True),
    "own organization without a role": lambda sides: (
        f"begin; set local app.organization_id = '{sides.own.organization_id}'"
    ),
    "foreign organization": lambda sides: sides.foreign.tenant("admin").begin(write=True),
    "no tenant set": lambda _: "begin",
    "role without a tenant": lambda _: "begin; set local app.role = 'admin'",
    "empty setting": lambda _: "begin; set local app.organization_id = ''; set local app.role = 'admin'",
}
OWN = {name for name in CONDITIONS if name.startswith("own")}
OWN_ADMIN = "own organization as admin"
STRANGERS = {"no tenant set", "role without a tenant"}

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
every_tenant = pytest.mark.parametrize("tenant", CONDITIONS)


def readers(table: Table) -> set[str]:
    """The tenants that see rows of the own organization."""
    return {OWN_ADMIN} if table.name in FOR_ADMINS else OWN


def expected(table: Table, verb: str, tenant: str) -> int | str:
    if verb not in GRANTED[table.name]:
        return DENIED
    if verb == "select":
        return int(tenant in readers(table))
    if tenant == OWN_ADMIN:
        return 1
    return DENIED if verb == "insert" else 0


def statement(sides: Sides, table: Table, verb: str) -> tuple[str, list[object]]:
    """SQL that meets exactly one row of the own organization, if it may."""
    if verb == "insert":
        values = sides.own.spare[table.name]
        return insertion(table, values), list(values.values())
    key = sides.own.keys[table.name]
    column = [*(column.name for column in table.c if column.name not in key), key_of(table)[-1]][0]
    heads = {
        "select": f"select from {table.name}",
        "update": f"update {table.name} set {column} = {column}",
        "delete": f"delete from {table.name}",
    }
    return f"{heads[verb]} where {condition(key)}", list(key.values())


def test_the_grants_of_every_table_are_written_down() -> None:
    assert set(GRANTED) == {table.name for table in TABLES}


@every_tenant
@pytest.mark.parametrize("verb", VERBS)
@every_table
async def test_a_row_of_the_own_organization_is_met_by_its_members_only(
    table: Table,
    verb: str,
    tenant: str,
    sides: Sides,
    server: asyncpg.Connection,
    stranger: asyncpg.Connection,
) -> None:
    connection = stranger if tenant in STRANGERS else server
    sql, values = statement(sides, table, verb)

    result = await outcome(connection, CONDITIONS[tenant](sides), sql, *values)

    assert result == expected(table, verb, tenant)


@every_tenant
@every_table
async def test_nothing_but_the_named_organization_is_in_sight(
    table: Table, tenant: str, sides: Sides, server: asyncpg.Connection, stranger: asyncpg.Connection
) -> None:
    connection = stranger if tenant in STRANGERS else server
    await connection.execute(CONDITIONS[tenant](sides))

    rows = await connection.fetch(f"select distinct {owner_column(table)} as owner from {table.name}")
    await connection.execute("rollback")

    visible_id = sides.own.organization_id if tenant in OWN else sides.foreign.organization_id
    sees_rows = tenant in readers(table) or tenant == "foreign organization"
    assert [row["owner"] for row in rows] == ([visible_id] if sees_rows else [])


@pytest.mark.parametrize("verb", VERBS[1:])
@every_table
async def test_a_transaction_that_reads_cannot_write(
    table: Table, verb: str, sides: Sides, server: asyncpg.Connection
) -> None:
    sql, values = statement(sides, table, verb)

    result = await outcome(server, sides.own.tenant("admin").begin(write=False), sql, *values)

    assert result == "25006"  # read-only transaction

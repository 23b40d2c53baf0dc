"""What would carry a row, a key or a sight of one across organizations is refused by the database itself."""

import asyncpg
import pytest
from sqlalchemy import Table, UniqueConstraint

from db.embedded import Addresses
from tests.isolation.conftest import Sides
from tests.isolation.grants import CHANGE, DENIED, GRANTED, NEW
from tests.isolation.rows import (
    TABLES,
    UNKNOWN,
    Side,
    Values,
    Within,
    condition,
    insertion,
    outcome,
    parents_of,
)
from tests.isolation.scratch import run_sql

TENANT_TABLES = [table for table in TABLES if table.name != "organizations"]
REFERENCES = [(table, column) for table in TENANT_TABLES for column in parents_of(table)]


def own_keys(table: Table) -> list[tuple[str, ...]]:
    """The primary and unique keys of a table that hold values of its own, and not only references."""
    keys = [
        table.primary_key,
        *(constraint for constraint in table.constraints if isinstance(constraint, UniqueConstraint)),
    ]
    column_names = [tuple(column.name for column in key.columns) for key in keys]
    return sorted(names for names in column_names if not set(names) & parents_of(table).keys())


UNIQUE_KEYS = [(table, key) for table in TENANT_TABLES if NEW in GRANTED[table.name] for key in own_keys(table)]


async def refusal(side: Side, sql: str, values: Values) -> asyncpg.PostgresError:
    with pytest.raises(asyncpg.PostgresError) as error:
        async with Within(side.connection, side.tenant("admin")) as connection:
            await connection.execute(sql, *values.values())
    return error.value


@pytest.mark.parametrize("table", TENANT_TABLES, ids=lambda table: table.name)
async def test_no_row_moves_to_another_organization(table: Table, sides: Sides) -> None:
    key, there = sides.own.keys[table.name], sides.foreign.organization_id
    sql = f"update {table.name} set organization_id = {there} where {condition(key)}"

    message = await refusal(sides.own, sql, key)

    assert message.sqlstate == DENIED
    assert ("row-level security" in str(message)) == (CHANGE in GRANTED[table.name])


@pytest.mark.parametrize("role", ["admin", "member"])
@pytest.mark.parametrize("table", TENANT_TABLES, ids=lambda table: table.name)
async def test_no_row_is_made_for_another_organization(
    table: Table, role: str, sides: Sides, server: asyncpg.Connection
) -> None:
    values = sides.foreign.spare[table.name]

    result = await outcome(server, sides.own.tenant(role).begin(write=True), insertion(table, values), *values.values())

    assert result == DENIED


@pytest.mark.parametrize(("table", "column"), REFERENCES, ids=lambda item: getattr(item, "name", item))
async def test_a_foreign_record_cannot_be_referred_to_and_looks_like_none(
    table: Table, column: str, sides: Sides
) -> None:
    parent = parents_of(table)[column].name
    values = sides.own.spare[table.name]
    ids = (sides.foreign.keys[parent]["id"], UNKNOWN)

    foreign, unknown = [await refusal(sides.own, insertion(table, values), values | {column: id_}) for id_ in ids]

    assert foreign.sqlstate == unknown.sqlstate == "23503"
    assert foreign.constraint_name == unknown.constraint_name
    assert str(foreign) == str(unknown)


@pytest.mark.parametrize("more", ["", "on conflict do nothing"])
@pytest.mark.parametrize(("table", "key"), UNIQUE_KEYS, ids=lambda item: getattr(item, "name", None) or "+".join(item))
async def test_a_foreign_key_value_is_free_to_take(
    table: Table, key: tuple[str, ...], more: str, sides: Sides, server: asyncpg.Connection
) -> None:
    async with sides.foreign.admin() as connection:
        foreign_row = await connection.fetchrow(
            f"select {', '.join(key)} from {table.name} where {condition(sides.foreign.keys[table.name])}",
            *sides.foreign.keys[table.name].values(),
        )
    assert foreign_row is not None
    values = sides.own.spare[table.name] | {name: foreign_row[name] for name in key if name != "organization_id"}

    result = await outcome(
        server, sides.own.tenant("admin").begin(write=True), insertion(table, values, more=more), *values.values()
    )

    assert result == 1


async def test_statistics_tell_nothing_of_any_table(
    sides: Sides, server: asyncpg.Connection, addresses: Addresses
) -> None:
    names = [table.name for table in TABLES]
    await run_sql(addresses.owner, *(f"analyze {name}" for name in names))

    assert await server.fetchval("select count(*) from pg_stats where tablename = any($1::text[])", names) == 0

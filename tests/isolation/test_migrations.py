"""The migrations make the tables of the code, once, whole, and whoever starts them together."""

import asyncio
from typing import Any

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Table
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from db.embedded import SERVER, EmbeddedServer
from db.migrate import configuration, migrate, newest_revision
from db.tables import metadata
from tests.isolation.roles import broken
from tests.isolation.rows import TABLES
from tests.isolation.scratch import Scratch, connected, scratch_database

OBJECTS = """
    select classid::regclass || ' ' || objid || ' ' || xmin from (
        select 'pg_class'::regclass as classid, oid as objid, xmin from pg_class
        union all select 'pg_proc'::regclass, oid, xmin from pg_proc
        union all select 'pg_policy'::regclass, oid, xmin from pg_policy
        union all select 'pg_constraint'::regclass, oid, xmin from pg_constraint
    ) as found where objid >= 16384 order by 1
"""
COLUMNS = """
    select a.attname, collname, attidentity = 'a' from pg_attribute as a
    left join pg_collation as c on c.oid = attcollation and attcollation <> 100
    where attrelid = $1::regclass and attnum > 0 and not attisdropped
"""


def differences(connection: Connection) -> list[Any]:
    """What alembic would still change; indexes that only make things faster are the migrations' own."""
    options = {"compare_type": True, "compare_server_default": True, "include_object": _matters}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


def _matters(item: Any, _name: object, kind: str, reflected: bool, _counterpart: object) -> bool:
    return not (kind == "index" and reflected and not item.unique)


async def test_the_migrations_make_the_tables_of_the_code(scratch: Scratch) -> None:
    engine = create_async_engine(
        "postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(scratch.owner), poolclass=NullPool
    )

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == [], "db/migrations/versions and db/tables.py differ"


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
async def test_every_column_sorts_and_counts_as_in_the_code(table: Table, scratch: Scratch) -> None:
    async with connected(scratch.owner) as connection:
        rows = await connection.fetch(COLUMNS, table.name)

    expected = {
        (column.name, getattr(column.type, "collation", None), column.identity is not None) for column in table.c
    }
    assert {tuple(row) for row in rows} == expected


def test_the_revisions_are_one_line_without_a_branch() -> None:
    revisions = list(ScriptDirectory.from_config(configuration()).walk_revisions())

    assert [revision.revision for revision in revisions] == sorted(
        (revision.revision for revision in revisions), reverse=True
    )
    assert [revision.down_revision for revision in revisions] == [
        *(revision.revision for revision in revisions[1:]),
        None,
    ]
    assert revisions[0].revision == newest_revision()


async def test_a_second_migration_changes_nothing(scratch: Scratch) -> None:
    async with connected(scratch.owner) as connection:
        before = [row[0] for row in await connection.fetch(OBJECTS)]

        await migrate(scratch.owner, SERVER)

        assert [row[0] for row in await connection.fetch(OBJECTS)] == before


async def test_migrations_that_start_together_wait_for_each_other(embedded: EmbeddedServer) -> None:
    async with scratch_database(embedded, migrated=False) as fresh:
        await asyncio.gather(*(migrate(fresh.owner, SERVER) for _ in range(3)))

        async with connected(fresh.superuser) as connection:
            assert await connection.fetchval("select version_num from alembic_version") == newest_revision()
            assert await broken(connection, SERVER) == []


async def test_a_migration_that_fails_leaves_nothing(embedded: EmbeddedServer) -> None:
    async with scratch_database(embedded, migrated=False) as fresh:
        with pytest.raises(Exception, match="nobody"):
            await migrate(fresh.owner, "nobody")

        async with connected(fresh.owner) as connection:
            assert await connection.fetch("select from pg_class where relnamespace = 'public'::regnamespace") == []


async def test_a_name_that_needs_quotes_can_be_the_servers_role(embedded: EmbeddedServer) -> None:
    name = 'the "clinic" server'
    identifier = '"' + name.replace('"', '""') + '"'
    async with scratch_database(embedded, migrated=False) as fresh, connected(fresh.superuser) as connection:
        await connection.execute(f"create role {identifier}")
        try:
            await migrate(fresh.owner, name)

            assert await connection.fetchval("select has_table_privilege($1::name, 'users', 'select')", name)
        finally:
            await connection.execute(f"drop owned by {identifier}; drop role {identifier}")

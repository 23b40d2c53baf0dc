"""Rows for any table, made from its columns: a new table is covered without a word here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import uuid4

import asyncpg
from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, LargeBinary, SmallInteger, Table, Text, Time
from sqlalchemy.dialects.postgresql import JSONB

from db.tables import audit_log, metadata, organizations
from db.tenant import Tenant

TABLES = tuple(sorted(metadata.sorted_tables, key=lambda table: table is audit_log))  # the others fill it
UNKNOWN = 2**62
Values = dict[str, Any]


def table_named(name: str) -> Table:
    return metadata.tables[name]


def key_of(table: Table) -> tuple[str, ...]:
    """The names of the primary key's columns."""
    return tuple(column.name for column in table.primary_key)


def owner_column(table: Table) -> str:
    """The column that says whose row it is."""
    return "id" if table is organizations else "organization_id"


def parents_of(table: Table) -> dict[str, Table]:
    """The tables that rows of ``table`` point to within their organization, by column."""
    keys = [key for key in table.foreign_key_constraints if key.referred_table is not organizations]
    keys.sort(key=lambda key: tuple(key.column_keys))  # SQLAlchemy keeps them in a set
    return {name: key.referred_table for key in keys for name in key.column_keys if name != "organization_id"}


def insertion(table: Table, values: Mapping[str, object], *, more: str = "") -> str:
    places = ", ".join(f"${i + 1}" for i in range(len(values)))
    return f"insert into {table.name} ({', '.join(values)}) overriding system value values ({places}) {more}"


def condition(key: Mapping[str, object]) -> str:
    """Where a row has the values of ``key``, bound as ``$1``.."""
    return " and ".join(f"{name} = ${i + 1}" for i, name in enumerate(key))


@dataclass
class Side:
    """One organization with a row in every guarded table, none of which another row points to."""

    connection: asyncpg.Connection
    organization_id: int
    keys: dict[str, Values] = field(default_factory=dict)
    spare: dict[str, Values] = field(default_factory=dict)

    @classmethod
    async def arranged(cls, connection: asyncpg.Connection) -> "Side":
        clerk_id = f"org_{uuid4().hex}"
        side = cls(connection, await connection.fetchval("select organization_of($1, $2)", clerk_id, clerk_id))
        async with side.admin():
            for table in TABLES:
                side.spare[table.name] = await side.values(table)
                side.keys[table.name] = await side.add(table)
        return side

    def tenant(self, role: str) -> Tenant:
        return Tenant(self.organization_id, role)  # type: ignore[arg-type]

    def admin(self) -> "Within":
        return Within(self.connection, self.tenant("admin"))

    async def values(self, table: Table) -> Values:
        """The values of a row that is not there yet; the rows that it points to are made."""
        if table is organizations:
            return {column.name: _value(column) for column in table.c if _is_given(column)}
        parents = {name: (await self.add(parent))["id"] for name, parent in parents_of(table).items()}
        own = {column.name: _value(column) for column in table.c if _is_given(column) and column.name not in parents}
        return own | parents | {"organization_id": self.organization_id}

    async def add(self, table: Table) -> Values:
        """Make a row; the values of its primary key."""
        if table is organizations:
            return {"id": self.organization_id}
        if table is audit_log:  # the triggers on the other tables have made its rows
            row = await self.connection.fetchrow(f"select {', '.join(key_of(table))} from {table.name} limit 1")
            assert row is not None
            return dict(row)
        values = await self.values(table)
        sql = insertion(table, values, more=f"returning {', '.join(key_of(table))}")
        row = await self.connection.fetchrow(sql, *values.values())
        assert row is not None
        return dict(row)


@dataclass
class Within:
    """A transaction of a tenant on a raw connection: committed at the end, unless something was raised."""

    connection: asyncpg.Connection
    tenant: Tenant

    async def __aenter__(self) -> asyncpg.Connection:
        await self.connection.execute(self.tenant.begin(write=True))
        return self.connection

    async def __aexit__(self, kind: object, *_: object) -> None:
        await self.connection.execute("rollback" if kind else "commit")


async def everything_of(connection: asyncpg.Connection, organization_id: int) -> dict[str, list[str]]:
    """All rows that an organization has in all guarded tables, as text."""
    async with Within(connection, Tenant(organization_id, "admin")):
        return {
            table.name: sorted(row[0] for row in await connection.fetch(f"select t::text from {table.name} as t"))
            for table in TABLES
        }


async def outcome(connection: asyncpg.Connection, begin: str, sql: str, *values: object) -> int | str:
    """How many rows ``sql`` meets inside the transaction that ``begin`` opens, or its SQLSTATE; undone."""
    await connection.execute(begin)
    try:
        return int((await connection.execute(sql, *values)).split()[-1])
    except asyncpg.PostgresError as error:
        return error.sqlstate or ""
    finally:
        await connection.execute("rollback")


def _is_given(column: Column[Any]) -> bool:
    return column.identity is None and column.server_default is None


def _value(column: Column[Any]) -> object:
    values = {
        Text: f"{column.name}-{uuid4().hex}",
        SmallInteger: 1,
        BigInteger: 1,
        Boolean: True,
        Date: date(2026, 3, 2),
        DateTime: datetime(2026, 3, 2, tzinfo=UTC),
        Time: time(9),
        LargeBinary: b"digest",
        JSONB: "{}",
    }
    return values[type(column.type)]

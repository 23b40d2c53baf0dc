"""Writes to single records of any table: a statement for each table and set of columns, compiled once."""

from collections.abc import Mapping
from functools import lru_cache

import asyncpg
from sqlalchemy import Table

from db.database import Transaction
from db.statements.compile import Statement, compile_sql

MAX_STATEMENTS = 512  # updates have one for each set of columns
RECORD = "record.organization_id = :organization_id and record.id = :id"


async def lock(transaction: Transaction, table: Table, id_: int, *columns: str) -> asyncpg.Record | None:
    """Return ``columns`` of the record, which no one else can change until the transaction ends; none if absent."""
    rows = await transaction.run(lock_statement(table, columns), id=id_)
    return rows[0] if rows else None


async def insert(transaction: Transaction, table: Table, values: Mapping[str, object]) -> int:
    """Insert a record of these ``values``, by column, and return its id."""
    rows = await transaction.run(insert_statement(table, tuple(values)), **values)
    return int(rows[0]["id"])


async def update(transaction: Transaction, table: Table, id_: int, values: Mapping[str, object]) -> None:
    """Set ``values``, by column. A trigger keeps ``version`` and ``updated_at``, where that changes anything."""
    await transaction.run(update_statement(table, tuple(values)), id=id_, **values)


async def delete(transaction: Transaction, table: Table, id_: int) -> None:
    """Delete the record's row."""
    await transaction.run(delete_statement(table), id=id_)


# The names in these texts are those of SQLAlchemy's tables and columns: a client has none of them (S608).
@lru_cache(MAX_STATEMENTS)
def lock_statement(table: Table, columns: tuple[str, ...]) -> Statement:
    return compile_sql(f"select {_names(table, columns)} from {table.name} as record where {RECORD} for update")  # noqa: S608


@lru_cache(MAX_STATEMENTS)
def insert_statement(table: Table, columns: tuple[str, ...]) -> Statement:
    return compile_sql(insert_sql(table, columns))


@lru_cache(MAX_STATEMENTS)
def update_statement(table: Table, columns: tuple[str, ...]) -> Statement:
    return compile_sql(f"update {table.name} as record set {assignments(table, columns)} where {RECORD}")  # noqa: S608


@lru_cache(MAX_STATEMENTS)
def delete_statement(table: Table) -> Statement:
    return compile_sql(f"delete from {table.name} as record where {RECORD}")  # noqa: S608


def insert_sql(table: Table, columns: tuple[str, ...]) -> str:
    """Return the text of an insert that returns the id; also as a part of a larger statement."""
    places = ", ".join(f":{column}" for column in columns)
    return (
        f"insert into {table.name} (organization_id, {_names(table, columns)})"  # noqa: S608
        f" values (:organization_id, {places}) returning id"
    )


def assignments(table: Table, columns: tuple[str, ...]) -> str:
    """Return the list behind ``set`` in an update of ``columns``."""
    return ", ".join(f"{table.c[column].name} = :{column}" for column in columns)


def _names(table: Table, columns: tuple[str, ...]) -> str:
    """Return ``columns`` as SQL lists them; a name that the table does not have raises ``KeyError``."""
    return ", ".join(table.c[column].name for column in columns)

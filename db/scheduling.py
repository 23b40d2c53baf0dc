"""Replace the weekly hours or overrides of a specialist: rows that are in the new set already stay what they are."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy import Table

from db.database import Transaction
from db.statements.builder import DIALECT
from db.statements.compile import Statement, compile_sql

OWN_COLUMNS = ("organization_id", "id", "specialist_id")  # which a client does not choose


async def replace(
    transaction: Transaction, table: Table, specialist_id: int, rows: Sequence[dict[str, object]]
) -> None:
    """Make ``rows`` the set that the specialist has in ``table``; the specialist must be locked."""
    arrays = {column: [row[column] for row in rows] for column in _columns(table)}
    await transaction.run(replace_statement(table), id=specialist_id, **arrays)


@cache
def replace_statement(table: Table) -> Statement:
    """Return a statement that deletes rows, inserts rows and, if it does either, moves the specialist's version."""
    columns = _columns(table)
    arrays = ", ".join(f"cast(:{name} as {type_}[])" for name, type_ in columns.items())
    names = ", ".join(columns)
    same = " and ".join(f"record.{name} is not distinct from new_rows.{name}" for name in columns)
    return compile_sql(
        f"""
        with new_rows as (
            select distinct * from unnest({arrays}) as new_rows ({names})
        ), deleted as (
            delete from {table.name} as record
            where record.organization_id = :organization_id and record.specialist_id = :id
                and not exists (select from new_rows where {same})
            returning 1
        ), inserted as (
            insert into {table.name} (organization_id, specialist_id, {names})
            select :organization_id, :id, {names} from new_rows
            where not exists (
                select from {table.name} as record
                where record.organization_id = :organization_id and record.specialist_id = :id and {same}
            )
            returning 1
        )
        update specialists as specialist set version = version + 1
        where specialist.organization_id = :organization_id and specialist.id = :id
            and (exists (select from deleted) or exists (select from inserted))
        """  # noqa: S608 - the names and types are those of the table's columns
    )


def _columns(table: Table) -> dict[str, str]:
    """Return PostgreSQL's types of the columns that a client sets, by name."""
    return {column.name: column.type.compile(DIALECT).lower() for column in table.c if column.name not in OWN_COLUMNS}

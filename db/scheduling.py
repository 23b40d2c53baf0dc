"""Writes to weekly hours and overrides: a new set replaces the old, and equal rows stay what they are."""

from collections.abc import Sequence

from db.database import Transaction
from db.statements.compile import Statement, compile_sql

WEEKLY_HOURS = {"day_of_week": "smallint", "start_time": "time", "end_time": "time"}
OVERRIDES = {
    "date": "date",
    "end_date": "date",
    "is_available": "boolean",
    "start_time": "time",
    "end_time": "time",
    "appointment_type_id": "bigint",
    "reason": "text",
}


def _replace(table: str, columns: dict[str, str]) -> Statement:
    """Return the statement that deletes rows that are not in the new set, inserts new ones, and moves the version."""
    arrays = ", ".join(f"cast(:{name} as {type_}[])" for name, type_ in columns.items())
    names = ", ".join(columns)
    same = " and ".join(f"record.{name} is not distinct from new_rows.{name}" for name in columns)
    return compile_sql(
        f"""
        with new_rows as (
            select distinct * from unnest({arrays}) as new_rows ({names})
        ), deleted as (
            delete from {table} as record
            where record.organization_id = :organization_id and record.specialist_id = :id
                and not exists (select from new_rows where {same})
            returning 1
        ), inserted as (
            insert into {table} (organization_id, specialist_id, {names})
            select :organization_id, :id, {names} from new_rows
            where not exists (
                select from {table} as record
                where record.organization_id = :organization_id and record.specialist_id = :id and {same}
            )
            returning 1
        )
        update specialists as specialist set version = version + 1
        where specialist.organization_id = :organization_id and specialist.id = :id
            and (exists (select from deleted) or exists (select from inserted))
        """  # noqa: S608 - tables and columns are the names above
    )


REPLACE = {
    "weekly_hours": (WEEKLY_HOURS, _replace("weekly_hours", WEEKLY_HOURS)),
    "overrides": (OVERRIDES, _replace("overrides", OVERRIDES)),
}


async def replace(transaction: Transaction, table: str, specialist_id: int, rows: Sequence[dict[str, object]]) -> None:
    """Make ``rows`` the set of ``table`` that the specialist has; the specialist must be locked."""
    columns, statement = REPLACE[table]
    arrays = {name: [row[name] for row in rows] for name in columns}
    await transaction.run(statement, id=specialist_id, **arrays)

"""Writes to weekly hours and overrides: a new set replaces the old, and equal rows stay what they are."""

from collections.abc import Sequence

from db.database import Transaction
from db.statements.compile import Statement, written

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
    """Delete the rows that are not wanted any more, insert those that are new, and tell the specialist."""
    arrays = ", ".join(f"cast(:{name} as {type_}[])" for name, type_ in columns.items())
    names = ", ".join(columns)
    same = " and ".join(f"kept.{name} is not distinct from wanted.{name}" for name in columns)
    return written(
        f"""
        with wanted as (
            select distinct * from unnest({arrays}) as wanted ({names})
        ), gone as (
            delete from {table} as kept
            where kept.organization_id = :organization_id and kept.specialist_id = :id
                and not exists (select from wanted where {same})
            returning 1
        ), come as (
            insert into {table} (organization_id, specialist_id, {names})
            select :organization_id, :id, {names} from wanted
            where not exists (
                select from {table} as kept
                where kept.organization_id = :organization_id and kept.specialist_id = :id and {same}
            )
            returning 1
        )
        update specialists as specialist set version = version + 1
        where specialist.organization_id = :organization_id and specialist.id = :id
            and (exists (select from gone) or exists (select from come))
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

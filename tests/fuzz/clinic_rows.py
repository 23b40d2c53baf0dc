"""Read a clinic's rows into memory by plain SQL, and name them as the schema does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

import asyncpg

from tests.text import camel

Row = dict[str, Any]
TABLES = (
    "users",
    "specialties",
    "specialists",
    "specialist_specialties",
    "weekly_hours",
    "overrides",
)


@dataclass(frozen=True)
class ClinicRows:
    """Rows by table, as the database has them."""

    organization: Row
    rows: Mapping[str, Sequence[Row]]

    def table(self, name: str) -> Sequence[Row]:
        return self.rows[name]


async def read_clinic_rows(owner: str, organization_id: int) -> ClinicRows:
    """All that ``organization_id`` has; ``owner`` is the address of the tables' owner."""
    connection = await asyncpg.connect(owner, server_settings={"timezone": "UTC"})
    try:
        async with connection.transaction(readonly=True):
            await connection.execute(f"set local app.organization_id = '{organization_id}'")
            await connection.execute("set local app.role = 'admin'")
            organization = await connection.fetchrow(f"select * from organizations where id = {organization_id}")
            assert organization is not None
            rows = {
                name: [dict(row) for row in await connection.fetch(f"select * from {name} order by 1, 2")]
                for name in TABLES
            }
    finally:
        await connection.close()
    return ClinicRows(dict(organization), rows)


def shown(row: Row) -> Row:
    """``row`` with the schema's names, and its values as clients see them."""
    return {camel(name): _shown(value) for name, value in row.items()}


def _shown(value: object) -> object:
    match value:
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
    return value

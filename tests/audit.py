"""Compare the audit log of a clinic with its rows: what the log says, applied to the rows before, gives those after."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from db.statements.compile import compile_sql
from db.tables import metadata
from db.tenant import Tenant
from tests.clinic import Clinic
from tests.isolation.grants import UNAUDITED
from tests.isolation.rows import owner_column

TABLES = [table for table in metadata.sorted_tables if table.name not in UNAUDITED]
# which the log has in columns of its own, or leaves out
IN_COLUMNS = {"organization_id", "id", "specialist_id", "created_at", "updated_at", "version"}

Key = tuple[str, int, int | None]
"""The table, the id of the record, which for a link is that of the specialty, and the specialist that it belongs to."""
Rows = dict[Key, dict[str, Any]]
"""The values of each row that are not null."""

LOG = compile_sql(
    """
    select id, actor_id, session_id, request_id, database_role, action, table_name, record_id, specialist_id,
        specialty_id, old_values, new_values
    from audit_log as entry where entry.organization_id = :organization_id order by entry.id
    """
)


@dataclass(frozen=True)
class Entry:
    """A row of the audit log; the columns that only place it in the log are left out."""

    id: int
    actor_id: str | None
    session_id: str | None
    request_id: str | None
    database_role: str | None
    action: str
    table_name: str
    record_id: int
    specialist_id: int | None
    specialty_id: int | None
    old_values: Mapping[str, Any]
    new_values: Mapping[str, Any]

    @property
    def key(self) -> Key:
        return self.table_name, self.record_id, self.specialist_id


async def entries_of(clinic: Clinic) -> list[Entry]:
    """Return the audit log of ``clinic``, the oldest entry first."""
    tenant = Tenant(await clinic.organization_id(), "admin")
    async with clinic.database.transaction(tenant) as transaction:
        rows = await transaction.run(LOG)
    values = [{name: _values(row[name]) for name in ("old_values", "new_values")} for row in rows]
    return [Entry(**dict(row) | texts) for row, texts in zip(rows, values, strict=True)]


async def rows_of(clinic: Clinic) -> Rows:
    """Return the rows of ``clinic`` in all audited tables."""
    tenant, rows = Tenant(await clinic.organization_id(), "admin"), Rows()
    async with clinic.database.transaction(tenant) as transaction:
        for table in TABLES:
            owner = owner_column(table)
            statement = compile_sql(
                f"select to_jsonb(item) as item from {table.name} as item where item.{owner} = :organization_id"
            )
            for record in await transaction.run(statement):
                row = json.loads(record["item"])
                rows[_key(table.name, row)] = _without(row)
    return rows


def replay(rows: Rows, entries: Iterable[Entry]) -> Rows:
    """Return ``rows`` as ``entries`` say that they changed; fail for an entry that does not fit or changes nothing."""
    rows = dict(rows)
    for entry in entries:
        row = rows.pop(entry.key, None)
        old, new = entry.old_values, entry.new_values
        match entry.action:
            case "create":
                assert (row, old) == (None, {}), entry
                rows[entry.key] = dict(new)
            case "delete":
                assert (row, new) == (old, {}), entry
            case _:
                assert row is not None, entry
                assert old.keys() == new.keys(), entry
                assert all(row.get(name) == old[name] != new[name] for name in old), entry
                rows[entry.key] = {name: value for name, value in {**row, **new}.items() if value is not None}
    return rows


def _values(text: str | None) -> dict[str, Any]:
    values: dict[str, Any] = {} if text is None else json.loads(text)
    return values


def _key(table: str, row: Mapping[str, Any]) -> Key:
    if table == "specialists":
        return table, row["id"], row["id"]
    return table, row.get("id", row.get("specialty_id")), row.get("specialist_id")


def _without(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None and name not in IN_COLUMNS}

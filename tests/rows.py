"""Rows put straight into a clinic's tables, where ids, instants or the moment are the test's own choice."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from functools import cache
from typing import Any

from db.database import Transaction
from db.statements.compile import Statement, compile_sql
from db.tenant import Tenant
from tests.clinic import Clinic

BLOCKS = compile_sql(
    """
    select exists (
        select from pg_locks as waiting
        where not waiting.granted and pg_backend_pid() = any(pg_blocking_pids(waiting.pid))
    ) as found
    """
)


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


@asynccontextmanager
async def transaction_of(clinic: Clinic) -> AsyncIterator[Transaction]:
    """A transaction of the clinic's admin on a connection of the test's own."""
    tenant = Tenant(await clinic.organization_id(), "admin")
    async with clinic.database.transaction(tenant, write=True) as transaction:
        yield transaction


async def insert(transaction: Transaction, table: str, **values: object) -> dict[str, Any]:
    """Return the row as it is stored."""
    return dict((await transaction.run(_insertion(table, tuple(values)), **values))[0])


@cache
def _insertion(table: str, columns: tuple[str, ...]) -> Statement:
    parameters = ", ".join(f":{column}" for column in columns)
    return compile_sql(
        f"""
        insert into {table} (organization_id, {", ".join(columns)}) overriding system value
        values (:organization_id, {parameters}) returning *
        """
    )


async def put(clinic: Clinic, table: str, **values: object) -> dict[str, Any]:
    """The same in a transaction of its own."""
    async with transaction_of(clinic) as transaction:
        return await insert(transaction, table, **values)


async def until_it_blocks(transaction: Transaction) -> None:
    """Return once another transaction waits for this one."""
    for _ in range(1_000):
        if (await transaction.run(BLOCKS))[0]["found"]:
            return
        await asyncio.sleep(0.002)
    raise AssertionError("nobody waits")

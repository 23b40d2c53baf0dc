"""How a write runs: one transaction of an admin, whole or not at all."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from db.database import Database, Transaction
from resolvers.viewer import Admin

Result = TypeVar("Result")


async def write(database: Database, admin: Admin, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
    """What ``work`` returns, once all of it is committed."""
    async with database.transaction(admin.tenant, write=True) as transaction:
        return await work(transaction)

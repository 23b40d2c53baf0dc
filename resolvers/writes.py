"""The write path: one transaction of an admin, committed as a whole or not at all, and its precondition.

Resolvers that write take an ``AdminTransaction``. The type checker accepts no other transaction in
its place, and only ``write`` makes one, out of an ``Admin``, whom only ``require_admin`` makes out of
a viewer. So no write can forget to ask whether the viewer is an admin.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import NewType, TypeVar

from db import request_stats
from db.database import Database, Transaction
from resolvers.cost import WRITE_COST
from resolvers.errors.records import PreconditionFailed
from resolvers.viewer import Admin

Result = TypeVar("Result")
AdminTransaction = NewType("AdminTransaction", Transaction)
"""A transaction that writes as an admin. It costs nothing when it runs: only type checkers tell it apart."""


async def write(database: Database, admin: Admin, work: Callable[[AdminTransaction], Awaitable[Result]]) -> Result:
    """Run ``work`` in a transaction of ``admin`` and return its result, once all of it is committed.

    It may run several times, for a transaction that is lost before it could commit is repeated.
    """
    request_stats.current().spend(WRITE_COST)  # nothing more for a mutation, which has counted all of its writes before
    return await database.write(admin.tenant, lambda transaction: work(AdminTransaction(transaction)))


@dataclass(frozen=True, slots=True)
class VersionPrecondition:
    """The versions of a record for which a client allows its write; ``None`` allows any."""

    versions: frozenset[str] | None = None

    def check(self, version: int) -> None:
        """Raise ``PreconditionFailed`` unless ``version`` is allowed."""
        if self.versions is not None and str(version) not in self.versions:
            raise PreconditionFailed


ANY_VERSION = VersionPrecondition()

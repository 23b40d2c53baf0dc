"""Reads that a viewer is allowed, run in a transaction of their own or within that of a write."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from db import request_stats
from db.database import Database, Transaction
from db.query import FOREIGN_CURSOR
from db.selection import Read, ReadResult
from db.tenant import Tenant
from resolvers.cost import read_cost
from resolvers.cursors import OTHER_LIST_MESSAGE
from resolvers.errors.inputs import InvalidCursor
from resolvers.errors.problem import Problem
from resolvers.errors.request import InternalError
from resolvers.viewer import Viewer, require_admin


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """A read that a viewer is allowed; ``not_found`` makes the error for a record that does not exist."""

    read: Read
    not_found: Callable[[], Problem] = InternalError

    def check_json(self, json: str | None) -> str:
        """Return ``json``, the result of the read.

        Raise the error of ``not_found`` if there is none, ``InvalidCursor`` if a page within it was requested with a
        cursor of another record's list.
        """
        if json is None:
            raise self.not_found()
        queries = [query for query in self.read.selection.queries if "foreign_cursor" in query.values]
        if queries and FOREIGN_CURSOR in json:
            argument = "after" if "after_parent" in queries[0].values else "before"
            raise InvalidCursor(OTHER_LIST_MESSAGE, field=argument, path=())
        return json

    def check_result(self, result: ReadResult | None) -> ReadResult:
        """Return ``result``; raise what ``check_json`` raises."""
        if result is None:
            raise self.not_found()
        self.check_json(result.json)
        return result


def reader(viewer: Viewer, reads: Iterable[Read]) -> Tenant:
    """Return as whom ``viewer`` reads: an admin only where admins alone may; raise ``Forbidden`` if it is none."""
    if any(read.selection.for_admins for read in reads):
        return require_admin(viewer).tenant
    return viewer.tenant


async def run_read(database: Database, viewer: Viewer, request: ReadRequest) -> ReadResult:
    """Run ``request`` in a transaction that cannot write; raise its error if there is no such record."""
    request_stats.current().spend(read_cost(request.read))
    return request.check_result(await database.read(reader(viewer, (request.read,)), request.read))


async def run_read_within(transaction: Transaction, request: ReadRequest) -> ReadResult:
    """Run ``request`` as part of ``transaction``; raise its error if there is no such record."""
    return request.check_result(await transaction.read(request.read))


async def read_back(transaction: Transaction, read: Read) -> ReadResult:
    """Read a record that has just been written, through the client's own selection."""
    return await run_read_within(transaction, ReadRequest(read))

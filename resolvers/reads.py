"""How an ask is answered: by one statement, in a transaction that cannot write, or in that of a write."""

from collections.abc import Iterable
from typing import Any

from db.database import Database, Transaction
from db.selection import Read
from resolvers.read_request import ReadRequest, ReadResult
from resolvers.viewer import Viewer


async def answer(database: Database, viewer: Viewer, ask: ReadRequest) -> ReadResult:
    """Read what ``viewer`` asks for; raises what ``ask`` calls missing."""
    return _answer(ask, await database.answer(viewer.tenant, (ask.read,)))


async def answer_within(transaction: Transaction, ask: ReadRequest) -> ReadResult:
    """Read the same as part of ``transaction``."""
    return _answer(ask, await transaction.answer(ask.read))


async def read_back(transaction: Transaction, read: Read) -> ReadResult:
    """What has just been written, through the client's own selection."""
    return await answer_within(transaction, ReadRequest(read))


def _answer(ask: ReadRequest, row: Iterable[Any] | None) -> ReadResult:
    json, *headers = row or (None,)
    return ReadResult(ask.result(json), headers)

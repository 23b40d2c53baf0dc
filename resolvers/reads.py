"""How an ask is answered: by one statement, in a transaction that cannot write."""

from db.database import Database, Transaction
from db.selection import Read
from resolvers.ask import Answer, Ask
from resolvers.viewer import Viewer


async def answer(database: Database, viewer: Viewer, ask: Ask) -> Answer:
    """Read what ``viewer`` asks for; raises what ``ask`` calls missing."""
    row = await database.answer(viewer.tenant, (ask.read,))
    if row is None:
        raise ask.missing()
    return Answer(row[0], row[1:])


async def read_back(transaction: Transaction, read: Read) -> Answer:
    """What has just been written, through the client's own selection."""
    row = await transaction.answer(read)
    assert row is not None
    return Answer(row[0], row[1:])

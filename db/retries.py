"""Run a transaction again that was lost before it could commit."""

from asyncio import sleep
from collections.abc import Awaitable, Callable
from random import uniform
from typing import TypeVar

from db.errors import TransactionLostError

MAX_ATTEMPTS = 3
RETRY_SECONDS = 0.02  # at most so long before the second attempt, and twice as long before the third

Result = TypeVar("Result")


async def retry_lost(run: Callable[[], Awaitable[Result]]) -> Result:
    """Return the result of ``run``, a whole transaction, which is run again if it was lost.

    Raise ``TransactionLostError`` if all attempts were lost. Their random pauses keep those apart that
    have just collided.
    """
    for attempt in range(1, MAX_ATTEMPTS):
        try:
            return await run()
        except TransactionLostError:
            await sleep(uniform(0, attempt * RETRY_SECONDS))  # noqa: S311 - no secret
    return await run()

"""Connections to PostgreSQL as the server wants them: bounded in number, in waiting and in work."""

from asyncio import Future, get_running_loop
from collections import deque
from typing import TYPE_CHECKING, TypeAlias

import asyncpg

if TYPE_CHECKING:
    Connection: TypeAlias = asyncpg.Connection[asyncpg.Record]
else:
    Connection = asyncpg.Connection

ACQUIRE_SECONDS = 2.0
COMMAND_SECONDS = 10.0  # for a database that says nothing at all: its own limits are shorter
SETTINGS = {
    "application_name": "clinic-api",
    "timezone": "UTC",
    "datestyle": "ISO",
    "jit": "off",  # compiling costs more than these statements run
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "10s",
}
MAX_KEPT = 256 * 1024  # bytes of a statement that stays prepared


class Pool:
    """At most ``size`` connections; a turn, and a new one, are waited for ``ACQUIRE_SECONDS`` at most.

    Every setting is ``set local``, so a connection that is given back carries nothing over: it goes
    as it is to whoever has waited longest. The driver's own pool takes a proxy, a task and a turn of
    the loop for that.
    """

    def __init__(self, url: str, size: int) -> None:
        self._url, self._unopened = url, size
        self._at_hand: list[Connection] = []
        self._waiting: deque[Future[Connection | None]] = deque()

    async def open(self) -> None:
        """Raises what keeps a first connection from opening."""
        self.release(await self.acquire())

    async def acquire(self) -> Connection:
        """Raises ``TimeoutError`` when none is given back in time, or what keeps a new one from opening."""
        found: Connection | None = None
        if self._at_hand:
            found = self._at_hand.pop()
        elif self._unopened:
            self._unopened -= 1
        else:
            found = await self._turn()
        return await self._opened() if found is None or found.is_closed() else found

    def release(self, connection: Connection) -> None:
        self._pass_on(None if connection.is_closed() else connection)

    async def close(self) -> None:
        while self._at_hand:
            await self._at_hand.pop().close()

    async def _opened(self) -> Connection:
        try:
            return await asyncpg.connect(
                self._url,
                timeout=ACQUIRE_SECONDS,
                command_timeout=COMMAND_SECONDS,
                server_settings=SETTINGS,
                max_cacheable_statement_size=MAX_KEPT,
            )
        except BaseException:
            self._pass_on(None)
            raise

    async def _turn(self) -> Connection | None:
        """What somebody gives back; none for the place of a connection that was lost."""
        loop = get_running_loop()
        turn: Future[Connection | None] = loop.create_future()
        self._waiting.append(turn)
        expiry = loop.call_later(ACQUIRE_SECONDS, _expire, turn)
        try:
            return await turn
        except BaseException:
            if turn in self._waiting:
                self._waiting.remove(turn)
            elif not turn.cancelled() and turn.exception() is None:  # it came just when nobody wanted it any more
                self._pass_on(turn.result())
            raise
        finally:
            expiry.cancel()

    def _pass_on(self, connection: Connection | None) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(connection)
                return
        if connection is None:
            self._unopened += 1
        else:
            self._at_hand.append(connection)


def _expire(turn: "Future[Connection | None]") -> None:
    if not turn.done():
        turn.set_exception(TimeoutError())

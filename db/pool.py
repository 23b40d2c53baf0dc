"""A pool of connections to PostgreSQL, bounded in number, in waiting and in the time of a statement."""

from asyncio import Future, get_running_loop
from collections import deque
from typing import TYPE_CHECKING, TypeAlias

import asyncpg

if TYPE_CHECKING:
    Connection: TypeAlias = asyncpg.Connection[asyncpg.Record]
else:
    Connection = asyncpg.Connection

ACQUIRE_SECONDS = 2.0
STATEMENT_SECONDS = 5.0
COMMAND_SECONDS = 10.0  # for a database that does not answer at all: its own limits are shorter
SETTINGS = {
    "application_name": "clinic-api",
    "timezone": "UTC",
    "datestyle": "ISO",
    "jit": "off",  # compiling costs more than these statements run
    "statement_timeout": f"{STATEMENT_SECONDS:g}s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "10s",
}
# Of a statement that stays prepared. A backend needs up to 80 bytes for each byte of its text, and the driver keeps a
# hundred statements a connection: 60 MB. Usual statements have 3 KB.
MAX_PREPARED_BYTES = 8 * 1024


class Pool:
    """At most ``size`` connections; ``acquire`` waits for one, or for a new one, at most ``ACQUIRE_SECONDS``.

    Every setting of a transaction is ``set local``, so a connection carries nothing over to the next:
    when it is released, it goes as it is to the task that has waited longest. The driver's own pool
    takes a proxy, a task and a turn of the loop for that.
    """

    def __init__(self, url: str, size: int) -> None:
        self._url, self._free_places = url, size
        self._idle: list[Connection] = []
        self._waiters: deque[Future[Connection | None]] = deque()

    async def open(self) -> None:
        """Open a first connection; raise what prevents that."""
        self.release(await self.acquire())

    async def acquire(self) -> Connection:
        """Return a connection; raise ``TimeoutError`` if none is released in time, or what prevents a new one."""
        connection: Connection | None = None
        if self._idle:
            connection = self._idle.pop()
        elif self._free_places:
            self._free_places -= 1
        else:
            connection = await self._wait()
        return await self._connect() if connection is None or connection.is_closed() else connection

    def release(self, connection: Connection) -> None:
        """Take back ``connection``, or its place if it is closed."""
        self._hand_over(None if connection.is_closed() else connection)

    async def close(self) -> None:
        """Close the idle connections."""
        while self._idle:
            await self._idle.pop().close()

    async def _connect(self) -> Connection:
        """Return a new connection in a place that is taken already; free the place if that fails."""
        try:
            return await asyncpg.connect(
                self._url,
                timeout=ACQUIRE_SECONDS,
                command_timeout=COMMAND_SECONDS,
                server_settings=SETTINGS,
                max_cacheable_statement_size=MAX_PREPARED_BYTES,
            )
        except BaseException:
            self._hand_over(None)
            raise

    async def _wait(self) -> Connection | None:
        """Return the connection that another task releases; none for the place of one that was closed."""
        loop = get_running_loop()
        waiter: Future[Connection | None] = loop.create_future()
        self._waiters.append(waiter)
        expiry = loop.call_later(ACQUIRE_SECONDS, _expire, waiter)
        try:
            return await waiter
        except BaseException:
            if waiter in self._waiters:
                self._waiters.remove(waiter)
            elif not waiter.cancelled() and waiter.exception() is None:  # released at the moment of the cancellation
                self._hand_over(waiter.result())
            raise
        finally:
            expiry.cancel()

    def _hand_over(self, connection: Connection | None) -> None:
        """Give ``connection``, or the place of one, to the first task that still waits; else keep it."""
        while self._waiters:
            waiter = self._waiters.popleft()
            if not waiter.done():
                waiter.set_result(connection)
                return
        if connection is None:
            self._free_places += 1
        else:
            self._idle.append(connection)


def _expire(waiter: "Future[Connection | None]") -> None:
    if not waiter.done():
        waiter.set_exception(TimeoutError())

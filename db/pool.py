"""A pool of connections to PostgreSQL, bounded in number, in the share of one organization, in waiting and in time."""

from asyncio import Future, get_running_loop
from contextlib import AbstractContextManager
from time import monotonic
from typing import TYPE_CHECKING, TypeAlias

import asyncpg

from db.fair_queue import FairQueue, Lane
from db.read_cancellation import NOT_CANCELLED

if TYPE_CHECKING:
    Connection: TypeAlias = asyncpg.Connection[asyncpg.Record]
else:
    Connection = asyncpg.Connection

ACQUIRE_SECONDS = 1.9  # it is 2 until the client has its answer
MIN_CONNECT_SECONDS = 0.1  # for whoever has waited long for a place in which a connection must be opened
STATEMENT_SECONDS = 5.0
COMMAND_SECONDS = 10.0  # for a database that does not answer at all: its own limits are shorter
SETTINGS = {
    "application_name": "clinic-api",
    "timezone": "UTC",
    "datestyle": "ISO",
    "jit": "off",  # compiling costs more than these statements run
    "statement_timeout": f"{STATEMENT_SECONDS:g}s",
    "lock_timeout": "1900ms",
    "idle_in_transaction_session_timeout": "10s",
}
# Of a statement that stays prepared. A backend needs up to 80 bytes for each byte of its text, and the driver keeps a
# hundred statements a connection: 60 MB. Usual statements have 3 KB.
MAX_PREPARED_BYTES = 8 * 1024


class Pool:
    """At most ``size`` connections; ``acquire`` waits for one, or for a new one, at most ``ACQUIRE_SECONDS``.

    One organization has at most ``share`` of them at once: whatever it does, the others find the rest free.
    A member's login, for which the organization's id is not known yet, counts by its Clerk id: one at a time.

    Every setting of a transaction is ``set local``, so a connection carries nothing over to the next:
    when it is released, it goes as it is to the task whose turn it is. The driver's own pool knows no shares,
    and takes a proxy, a task and a turn of the loop for what takes less than a microsecond here.
    """

    def __init__(self, url: str, size: int, share: int | None = None) -> None:
        self._url, self._free_places, self._share = url, size, share or size
        self._idle: list[Connection] = []
        self._lanes: dict[Connection, Lane] = {}  # of the connections in use
        self._places: dict[Lane, int] = {}  # taken by each lane: connections in use, and those being opened
        self._queue: FairQueue[Connection | None] = FairQueue()

    async def open(self) -> None:
        """Open a first connection; raise what prevents that."""
        self.release(await self.acquire(0))

    async def acquire(self, lane: Lane, cancellation: AbstractContextManager[None] = NOT_CANCELLED) -> Connection:
        """Return a connection for the organization ``lane``; ``cancellation`` may end the wait for one.

        Raises ``TimeoutError`` if none is released in time or too many wait, or what prevents a new one.
        """
        connection: Connection | None = None
        seconds = ACQUIRE_SECONDS
        if (self._idle or self._free_places) and self._has_room(lane):
            self._places[lane] = self._places.get(lane, 0) + 1
            if self._idle:
                connection = self._idle.pop()
            else:
                self._free_places -= 1
        else:
            since = monotonic()
            with cancellation:
                connection = await self._wait(lane)
            seconds = max(seconds - (monotonic() - since), MIN_CONNECT_SECONDS)
        if connection is None or connection.is_closed():
            connection = await self._connect(lane, seconds)
        self._lanes[connection] = lane
        return connection

    def release(self, connection: Connection) -> None:
        """Take back ``connection``, or its place if it is closed."""
        self._hand_over(self._lanes.pop(connection), None if connection.is_closed() else connection)

    async def close(self) -> None:
        """Close the idle connections."""
        while self._idle:
            self._free_places += 1
            await self._idle.pop().close()

    def drop_idle(self) -> None:
        """Close the idle connections at once: one beside them has fallen silent, and so may they have."""
        while self._idle:
            self._free_places += 1
            self._idle.pop().terminate()

    def _has_room(self, lane: Lane) -> bool:
        """Tell whether ``lane`` may take one more place."""
        return self._places.get(lane, 0) < (self._share if type(lane) is int else 1)

    async def _connect(self, lane: Lane, seconds: float) -> Connection:
        """Return a new connection in a place that ``lane`` has taken; give the place away if that fails."""
        try:
            return await asyncpg.connect(
                self._url,
                timeout=seconds,
                command_timeout=COMMAND_SECONDS,
                server_settings=SETTINGS,
                max_cacheable_statement_size=MAX_PREPARED_BYTES,
            )
        except BaseException:
            self._hand_over(lane, None)
            raise

    async def _wait(self, lane: Lane) -> Connection | None:
        """Return the connection that another task releases; none for the place of one that was closed."""
        loop = get_running_loop()
        waiter: Future[Connection | None] = loop.create_future()
        self._queue.add(lane, waiter)
        expiry = loop.call_later(ACQUIRE_SECONDS, _expire, waiter)
        try:
            return await waiter
        except BaseException:
            self._queue.discard(lane, waiter)
            # It may have been released at the very moment of the cancellation.
            if waiter.done() and not waiter.cancelled() and waiter.exception() is None:
                self._hand_over(lane, waiter.result())
            raise
        finally:
            expiry.cancel()

    def _hand_over(self, lane: Lane, connection: Connection | None) -> None:
        """Give the place of ``lane``, with ``connection`` or empty, to the task whose turn it is; else keep it."""
        places = self._places.pop(lane) - 1
        if places:
            self._places[lane] = places
        if self._queue and (turn := self._queue.pop(self._has_room)):
            next_lane, waiter = turn
            self._places[next_lane] = self._places.get(next_lane, 0) + 1
            waiter.set_result(connection)
        elif connection is None:
            self._free_places += 1
        else:
            self._idle.append(connection)


def _expire(waiter: "Future[Connection | None]") -> None:
    if not waiter.done():
        waiter.set_exception(TimeoutError("no connection was released in time"))

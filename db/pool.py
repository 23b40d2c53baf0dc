"""Connections to PostgreSQL as the server wants them: bounded in number, in waiting and in work."""

from asyncio import timeout
from typing import TYPE_CHECKING, TypeAlias

import asyncpg
from asyncpg.pool import PoolConnectionProxy

if TYPE_CHECKING:
    Pool: TypeAlias = asyncpg.Pool[asyncpg.Record]
    Connection: TypeAlias = PoolConnectionProxy[asyncpg.Record]
else:
    Pool, Connection = asyncpg.Pool, PoolConnectionProxy

ACQUIRE_SECONDS = 2.0
SETTINGS = {
    "application_name": "clinic-api",
    "timezone": "UTC",
    "datestyle": "ISO",
    "jit": "off",  # compiling costs more than these statements run
    "statement_timeout": "5s",
    "lock_timeout": "2s",
    "idle_in_transaction_session_timeout": "10s",
}


async def _nothing_to_reset(_connection: object) -> None:
    """Every setting is ``set local``: a released connection carries nothing over."""


async def open_pool(url: str, size: int) -> Pool:
    return await asyncpg.create_pool(
        url,
        min_size=1,
        max_size=size,
        timeout=ACQUIRE_SECONDS,
        reset=_nothing_to_reset,
        server_settings=SETTINGS,
        max_cacheable_statement_size=256 * 1024,
    )


class Connections:
    """The connections of one pool, waited for no longer than ``ACQUIRE_SECONDS``.

    A connection that nobody waits for stays at hand: to give it back and to take it again costs
    the pool a task and a turn of the loop, and it carries nothing over that would need a reset.
    """

    def __init__(self, pool: Pool, size: int) -> None:
        self._pool, self._free, self._waiting = pool, size, 0
        self._at_hand: list[Connection] = []

    async def acquire(self) -> Connection:
        """A clock is set only where there is something to wait for; connecting has its own."""
        while self._at_hand:
            connection = self._at_hand.pop()
            if not connection.is_closed():
                self._free -= 1
                return connection
            await self._pool.release(connection)
        if self._free > 0:
            return await self._acquired()
        self._waiting += 1
        try:
            async with timeout(ACQUIRE_SECONDS):
                return await self._acquired()
        finally:
            self._waiting -= 1

    async def _acquired(self) -> Connection:
        self._free -= 1
        try:
            return await self._pool.acquire()
        except BaseException:
            self._free += 1
            raise

    async def release(self, connection: Connection) -> None:
        self._free += 1
        if self._waiting or connection.is_closed():
            await self._pool.release(connection)
        else:
            self._at_hand.append(connection)

    async def close(self) -> None:
        while self._at_hand:
            await self._pool.release(self._at_hand.pop())
        await self._pool.close()

"""The one door to the data: a transaction of a tenant, read-only or not."""

from asyncio import CancelledError
from collections.abc import Mapping
from time import perf_counter
from types import TracebackType
from typing import Any

import asyncpg

from db import request_stats
from db.cache import Cache
from db.errors import Telling
from db.pool import ACQUIRE_SECONDS, Connection, Pool
from db.query import PageQuery
from db.selection import Read
from db.statements.compile import Statement, compile_reads
from db.tenant import Tenant

Reads = tuple[Read, ...]


class Statements:
    """Statements by the shape of what they read; a shape is compiled once."""

    def __init__(self, entries: int = 1_000, weight: int = 16 << 20) -> None:
        self._cache: Cache[Reads, Statement] = Cache(entries, weight, lambda _, made: 2 * len(made.text) + 1_000)

    def of(self, reads: Reads) -> Statement:
        made = self._cache.get(reads)
        if made is None:
            made = compile_reads(reads)
            self._cache.put(reads, made)
        return made


class Transaction:
    """A transaction of one tenant: committed at the end of its block, rolled back on any exception.

    Statements that do not name the organization do not exist. Raises ``DatabaseUnavailableError`` when the
    database cannot be had, ``ConstraintViolationError`` when it refuses.
    """

    def __init__(self, pool: Pool, tenant: Tenant, statements: Statements, begin: str) -> None:
        self._pool, self._tenant, self._statements, self._begin = pool, tenant, statements, begin
        self._meter = request_stats.current()
        self._connection: Connection

    async def __aenter__(self) -> "Transaction":
        self._since = perf_counter()
        with Telling():
            self._connection = await self._pool.acquire()
            try:
                await self._connection.execute(self._begin)
            except BaseException:
                self._give_up()
                raise
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        with Telling():
            try:
                await self._connection.execute("commit" if error is None else "rollback")
            except BaseException as failure:
                self._give_up()
                raise failure if error is None or isinstance(failure, CancelledError) else error from None
            self._pool.release(self._connection)
            self._meter.add("database", self._since)
            if error is not None:
                raise error

    async def run(self, statement: Statement, **values: object) -> list[asyncpg.Record]:
        """The rows of ``statement``, which takes ``values`` by name."""
        self._meter.statements += 1
        arguments = statement.bind(self._tenant.organization_id, (values,))
        rows: list[asyncpg.Record] = await self._connection.fetch(statement.text, *arguments)
        return rows

    async def answer(self, read: Read) -> asyncpg.Record | None:
        """One row: the JSON of ``read`` and its headers; none if there is no such record."""
        return await self.row(self._statements.of((read,)), (read,))

    async def row(self, statement: Statement, reads: Reads) -> asyncpg.Record | None:
        """What ``statement`` answers to the ``reads`` it was made for."""
        self._meter.statements += 1
        values: list[Mapping[str, object]] = [each for read in reads for each in read.values]
        arguments = statement.bind(self._tenant.organization_id, values)
        found: asyncpg.Record | None = await self._connection.fetchrow(statement.text, *arguments)
        return found

    def _give_up(self) -> None:
        """Nobody knows what a connection is about that failed at its ends: it is not used again."""
        self._connection.terminate()
        self._pool.release(self._connection)


class Database:
    """Pools of connections, and the transactions made from them; ``open`` before use, ``close`` after.

    ``read_url`` is a replica for what only reads, if there is one.
    """

    def __init__(self, url: str, read_url: str | None = None, pool_size: int = 8) -> None:
        self._statements = Statements()
        self._writers = Pool(url, pool_size)
        self._readers = Pool(read_url, pool_size) if read_url else self._writers

    async def open(self) -> None:
        """Raises ``DatabaseUnavailableError`` when the database cannot be had."""
        with Telling():
            for pool in {self._writers, self._readers}:
                await pool.open()

    def transaction(self, tenant: Tenant, *, write: bool = False) -> Transaction:
        """A transaction as ``tenant``, to be entered with ``async with``."""
        pool = self._writers if write else self._readers
        return Transaction(pool, tenant, self._statements, tenant.begin(write=write))

    async def answer(self, tenant: Tenant, reads: Reads) -> asyncpg.Record | None:
        """The row that answers ``reads``, in a transaction of its own that cannot write.

        JSON for each of them; of a single read its headers too, and none if there is no such record.
        """
        since = perf_counter()
        statement = self._statements.of(reads)
        request_stats.current().add("plan", since)
        own_plan = any(isinstance(read.query, PageQuery) and read.query.selective for read in reads)
        begin = tenant.begin(write=False, own_plan=own_plan)
        async with Transaction(self._readers, tenant, self._statements, begin) as transaction:
            return await transaction.row(statement, reads)

    async def organization_of(self, clerk_id: str, slug: str | None) -> int:
        """The id of the identity provider's organization, which gets its row when first seen."""
        found: int = await self._value(self._writers, "select organization_of($1, $2)", clerk_id, slug)
        return found

    async def record_member(self, clerk_id: str, slug: str | None, user_id: str, role: str) -> int | None:
        """Return the id of the organization, in which the user is on record with ``role`` by then.

        ``None`` if the user is not, because the database takes no writes.
        """
        query = "select record_member($1, $2, $3, $4)"
        organization_id: int | None = await self._value(self._writers, query, clerk_id, slug, user_id, role)
        return organization_id

    async def ping(self) -> None:
        """Return if the database answers, and its replica if there is one; else raise ``DatabaseUnavailableError``."""
        for pool in {self._writers, self._readers}:
            await self._value(pool, "select 1")

    async def _value(self, pool: Pool, query: str, *arguments: object) -> Any:
        """What ``query`` answers, soon or not at all; it sees no organization's rows."""
        with Telling():
            connection = await pool.acquire()
            try:
                return await connection.fetchval(query, *arguments, timeout=ACQUIRE_SECONDS)
            except BaseException:
                connection.terminate()
                raise
            finally:
                pool.release(connection)

    async def close(self) -> None:
        for pool in {self._writers, self._readers}:
            await pool.close()

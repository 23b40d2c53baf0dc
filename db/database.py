"""Transactions of a tenant, read-only or not: the only way to the data."""

from asyncio import CancelledError, timeout
from collections.abc import Awaitable, Callable, Mapping, Sequence
from time import perf_counter
from types import TracebackType
from typing import Any, NoReturn, TypeVar

import asyncpg

from db import request_stats
from db.cache import Cache
from db.errors import (
    DatabaseUnavailableError,
    OrganizationMissingError,
    StatementTooExpensiveError,
    translate_driver_errors,
    translate_uncommitted_errors,
)
from db.fair_queue import Lane
from db.pool import ACQUIRE_SECONDS, STATEMENT_SECONDS, Connection, Pool
from db.query import PageQuery
from db.read_cancellation import NOT_CANCELLED
from db.retries import retry_lost
from db.selection import Read, ReadResult
from db.statements.compile import Statement, compile_reads
from db.tenant import Tenant

BEGIN_SECONDS = ACQUIRE_SECONDS  # no work yet: who does not answer it is not there
LONG_WAIT_SECONDS = 0.1  # for a connection; what is left of the time limit is then the one of locks
MIN_LOCK_MS = 50
PROBE = "probe"  # the only lane of the pools of one connection that the health check has for itself
Reads = tuple[Read, ...]
Result = TypeVar("Result")


class StatementCache:
    """Statements by the shape of the reads they answer; a shape is compiled once."""

    def __init__(self, entries: int = 1_000, weight: int = 16 << 20) -> None:
        self._cache: Cache[Reads, Statement] = Cache(entries, weight, lambda _, item: 2 * len(item.text) + 1_000)

    def get(self, reads: Reads) -> Statement:
        """Return the statement that answers ``reads``."""
        statement = self._cache.get(reads)
        if statement is None:
            statement = compile_reads(reads)
            self._cache.set(reads, statement)
        return statement


class Transaction:
    """A transaction of one tenant: committed at the end of its block, rolled back on any exception.

    It runs only a ``Statement``, and SQL that does not filter by organization cannot be compiled into one.
    Raises ``DatabaseUnavailableError`` if the database cannot be reached,
    ``ConstraintViolationError`` if it refuses a write.
    """

    def __init__(
        self, pool: Pool, tenant: Tenant, statements: StatementCache, begin: str, *, write: bool = False
    ) -> None:
        self._pool, self._tenant, self._statements, self._begin = pool, tenant, statements, begin
        self._stats = request_stats.current()
        self._cancellation = NOT_CANCELLED if write else self._stats.read_cancellation
        self._connection: Connection

    async def __aenter__(self) -> "Transaction":
        self._since = self._statement_since = perf_counter()
        with translate_driver_errors:
            self._connection = await self._pool.acquire(self._tenant.organization_id, self._cancellation)
        with translate_uncommitted_errors:
            try:
                begin = self._begin + _lock_timeout(perf_counter() - self._since)
                await self._connection.execute(begin, timeout=BEGIN_SECONDS)
            except BaseException as failure:
                self._discard_connection(failure)
                raise
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if error is not None:
            await self._roll_back(error)
        with translate_driver_errors:
            try:
                await self._connection.execute("commit")
            except BaseException as failure:
                self._discard_connection(failure)
                raise
        self._pool.release(self._connection)
        self._stats.add("database", self._since)

    async def _roll_back(self, error: BaseException) -> NoReturn:
        """Roll back and raise ``error``, translated; without a connection PostgreSQL rolls back by itself."""
        try:
            if isinstance(error, TimeoutError):  # no answer: neither would there be one to the ROLLBACK
                raise error
            await self._connection.execute("rollback")
        except CancelledError as failure:
            self._discard_connection(failure)
            raise
        except Exception as failure:
            self._discard_connection(failure)
        else:
            self._pool.release(self._connection)
        self._stats.add("database", self._since)
        with translate_uncommitted_errors:
            if isinstance(error, asyncpg.QueryCanceledError) and self._ran_out_of_time():
                raise StatementTooExpensiveError("statement_timeout") from error
            raise error

    def _ran_out_of_time(self) -> bool:
        """Return whether the last statement ran for as long as one may.

        PostgreSQL has one SQLSTATE for its time limit and for an operator who cancels, and words that depend on
        the language of the server.
        """
        return perf_counter() - self._statement_since >= STATEMENT_SECONDS

    async def run(self, statement: Statement, **values: object) -> list[asyncpg.Record]:
        """Return the rows of ``statement``, which takes ``values`` by name."""
        self._stats.statements += 1
        self._statement_since = perf_counter()
        arguments = statement.bind(self._tenant.organization_id, (values,))
        rows: list[asyncpg.Record] = await self._connection.fetch(statement.text, *arguments)
        return rows

    async def read(self, read: Read) -> ReadResult | None:
        """Return the result of ``read``; none if there is no such record."""
        row = await self.read_row(self._statements.get((read,)), (read,))
        return None if row is None else ReadResult(**row)

    async def read_row(self, statement: Statement, reads: Reads) -> asyncpg.Record | None:
        """Return the row of ``statement``, which was compiled for ``reads``; none if there is no such record."""
        self._stats.statements += 1
        values: list[Mapping[str, object]] = [query_values for read in reads for query_values in read.values]
        arguments = statement.bind(self._tenant.organization_id, values)
        self._statement_since = perf_counter()
        with self._cancellation:
            row: asyncpg.Record | None = await self._connection.fetchrow(statement.text, *arguments)
        return row

    def _discard_connection(self, failure: BaseException) -> None:
        """Close the connection: after a failed BEGIN or COMMIT the state of its session is unknown.

        If it fell silent, a firewall may have forgotten it, and the idle ones with it: each would cost a request.
        """
        self._connection.terminate()
        if isinstance(failure, TimeoutError):
            self._pool.drop_idle()
        self._pool.release(self._connection)


class Database:
    """Pools of connections, and the transactions that run on them; ``open`` before use, ``close`` after.

    ``read_url`` is a replica for transactions that only read, if there is one. One organization has at most
    ``share`` of the ``pool_size`` connections at once; without it, as many as there are. ``on_restore`` holds what is
    to be called when a backup turns out to have been restored: ids of organizations may be void.
    """

    def __init__(self, url: str, read_url: str | None = None, pool_size: int = 8, *, share: int | None = None) -> None:
        self._statements = StatementCache()
        self.on_restore: list[Callable[[], None]] = []
        self._writers = Pool(url, pool_size, share)
        self._readers = Pool(read_url, pool_size, share) if read_url else self._writers
        self._probes = [Pool(probed_url, 1) for probed_url in (url, read_url) if probed_url]

    async def open(self) -> None:
        """Open a first connection; raise ``DatabaseUnavailableError`` if that fails."""
        with translate_driver_errors:
            for pool in {self._writers, self._readers}:
                await pool.open()

    def transaction(self, tenant: Tenant, *, write: bool = False) -> Transaction:
        """Return a transaction as ``tenant``, to be entered with ``async with``."""
        pool, stats = self._writers if write else self._readers, request_stats.current()
        begin = tenant.begin(write=write, session_id=stats.session_id, request_id=stats.request_id)
        return Transaction(pool, tenant, self._statements, begin, write=write)

    async def write(self, tenant: Tenant, work: Callable[[Transaction], Awaitable[Result]]) -> Result:
        """Run ``work`` in a transaction as ``tenant`` and return its result, once all of it is committed.

        A transaction that is lost before it could commit, such as one of two in a deadlock, is run again as a whole.
        """

        async def run() -> Result:
            async with self.transaction(tenant, write=True) as transaction:
                return await work(transaction)

        try:
            return await retry_lost(run)
        except OrganizationMissingError:
            for callback in self.on_restore:
                callback()
            raise

    async def read(self, tenant: Tenant, read: Read) -> ReadResult | None:
        """Return the result of ``read``, from a transaction of its own that cannot write.

        Return none if there is no such record.
        """
        row = await self._read_row(tenant, (read,))
        return None if row is None else ReadResult(**row)

    async def read_all(self, tenant: Tenant, reads: Reads) -> Sequence[str | None]:
        """Return the JSON of each of ``reads``, from one statement; none for a record that does not exist."""
        row = await self._read_row(tenant, reads)
        return [None] * len(reads) if row is None else [row[i] for i in range(len(reads))]

    async def _read_row(self, tenant: Tenant, reads: Reads) -> asyncpg.Record | None:
        since = perf_counter()
        statement = self._statements.get(reads)
        request_stats.current().add("plan", since)
        custom_plan = any(isinstance(read.query, PageQuery) and read.query.needs_custom_plan for read in reads)
        begin = tenant.begin(write=False, custom_plan=custom_plan)

        async def run() -> asyncpg.Record | None:
            async with Transaction(self._readers, tenant, self._statements, begin) as transaction:
                return await transaction.read_row(statement, reads)

        return await retry_lost(run)

    async def organization_of(self, clerk_id: str, slug: str | None) -> int:
        """Return the id of the identity provider's organization; insert its row if there is none yet."""
        query = "select organization_of($1, $2)"
        return int(await _fetch_value(self._writers, clerk_id, query, clerk_id, slug))

    async def record_member(self, clerk_id: str, slug: str | None, user_id: str, role: str) -> int | None:
        """Record the user with ``role`` in the organization, and return the organization's id.

        Return none if the database takes no writes and the user is not on record yet.
        """
        query, stats = "select record_member($1, $2, $3, $4, $5, $6)", request_stats.current()
        arguments = (clerk_id, slug, user_id, role, stats.session_id, stats.request_id)
        organization_id: int | None = await _fetch_value(self._writers, clerk_id, query, *arguments)
        return organization_id

    async def ping(self) -> None:
        """Raise ``DatabaseUnavailableError`` unless the database takes writes and its replica, if any, answers.

        Each is asked on a connection of its own, so that it answers also while requests use all of the pool.
        """
        writers, *readers = self._probes
        with translate_driver_errors:
            async with timeout(ACQUIRE_SECONDS):
                if await _fetch_value(writers, PROBE, "show transaction_read_only") == "on":
                    raise DatabaseUnavailableError("read-only")
                for pool in readers:
                    await _fetch_value(pool, PROBE, "select 1")

    async def close(self) -> None:
        """Close the connections that are not in use."""
        for pool in {self._writers, self._readers, *self._probes}:
            await pool.close()


def _lock_timeout(waited_seconds: float) -> str:
    """Return the SQL that shortens the wait for locks by a long wait for the connection: both have one time limit."""
    if waited_seconds < LONG_WAIT_SECONDS:
        return ""
    milliseconds = max(int(1_000 * (ACQUIRE_SECONDS - waited_seconds)), MIN_LOCK_MS)
    return f";set local lock_timeout = {milliseconds}"


async def _fetch_value(pool: Pool, lane: Lane, query: str, *arguments: object) -> Any:
    """Return the one value that ``query`` selects without a tenant: row level security hides every row from it.

    If its connection is lost it runs again: each such query does the same when it runs twice.
    """

    async def run() -> Any:
        with translate_driver_errors:
            connection = await pool.acquire(lane)
        with translate_uncommitted_errors:
            try:
                return await connection.fetchval(query, *arguments, timeout=ACQUIRE_SECONDS)
            except BaseException:
                connection.terminate()
                raise
            finally:
                pool.release(connection)

    return await retry_lost(run)

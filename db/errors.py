"""Database errors, translated from those of the driver without the rows that these may quote."""

from collections.abc import Callable
from types import TracebackType

import asyncpg

from db.failure_log import FailureLog
from db.tables import TENANT_TABLES

failure_log = FailureLog()


class ConfigurationError(Exception):
    """A setting or the database does not let the server start; the message is one sentence that says what to do."""


class ConstraintViolationError(Exception):
    """A constraint refused a write; ``constraint`` is its name."""

    def __init__(self, constraint: str) -> None:
        self.constraint = constraint
        super().__init__(constraint)


class DatabaseUnavailableError(Exception):
    """The database cannot be reached, is full, takes no writes or took too long; another attempt may succeed."""


class TransactionLostError(DatabaseUnavailableError):
    """The transaction ended before COMMIT was sent, so nothing of it was committed: it may be run again as a whole."""


class OrganizationMissingError(DatabaseUnavailableError):
    """A write belongs to an organization that is not in the database any more: a backup was restored."""


class StatementTooExpensiveError(Exception):
    """A statement ran into its time limit or another limit of the database; it will do so again."""


# The limits of one statement: complexity, and the size of its temporary files.
TOO_EXPENSIVE = ("54", "53400")
# Prefixes of temporary SQLSTATEs: connection, read-only, limits of an idle transaction, authentication, database
# that is being restored, rollback, resources, locks, operator, disk, corruption
TRANSIENT = ("08", "25006", "25P03", "25P04", "28", "3D", "40", "53", "55", "57", "58", "XX001", "XX002")
ORGANIZATION_KEYS = frozenset(f"{table.name}_organization_id_fkey" for table in TENANT_TABLES)
CONNECTION_ERRORS = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)
# What ends a transaction through no fault of its own: a deadlock, a conflict with others, a connection that is gone,
# tables that have changed under a prepared statement.
LOST = (
    asyncpg.TransactionRollbackError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.InvalidCachedStatementError,
    asyncpg.OutdatedSchemaCacheError,
    asyncpg.InterfaceError,
    ConnectionError,
)


def translate(error: BaseException) -> BaseException:
    """Return the error of this module for ``error`` of the driver; return any other error unchanged."""
    if isinstance(error, asyncpg.PostgresError):
        error.detail = None  # it quotes rows, which must not get into a log
    if isinstance(error, asyncpg.DataError):
        error.args = (f"SQLSTATE {error.sqlstate}",)  # the message quotes the value that does not fit
    if isinstance(error, asyncpg.ForeignKeyViolationError) and error.constraint_name in ORGANIZATION_KEYS:
        return OrganizationMissingError(error.constraint_name)
    if isinstance(error, asyncpg.IntegrityConstraintViolationError):
        return ConstraintViolationError(error.constraint_name or "")
    if isinstance(error, asyncpg.PostgresError) and (error.sqlstate or "").startswith(TOO_EXPENSIVE):
        return StatementTooExpensiveError(type(error).__name__)
    if isinstance(error, asyncpg.PostgresError) and not (error.sqlstate or "").startswith(TRANSIENT):
        return error
    if isinstance(error, CONNECTION_ERRORS):
        return DatabaseUnavailableError(type(error).__name__)
    return error


def translate_uncommitted(error: BaseException) -> BaseException:
    """Return what ``translate`` returns, for ``error`` before COMMIT was sent: a lost transaction may be run again."""
    translated = translate(error)
    return TransactionLostError(type(error).__name__) if isinstance(error, LOST) else translated


class _Translation:
    """A context manager without state: errors of the driver leave it translated, and failures are logged."""

    __slots__ = ("_translate",)

    def __init__(self, translate: Callable[[BaseException], BaseException]) -> None:
        self._translate = translate

    def __enter__(self) -> None: ...

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if error is not None and (translated := self._translate(error)) is not error:
            if isinstance(translated, DatabaseUnavailableError | StatementTooExpensiveError):
                failure_log.add(error)
            raise translated from error


translate_driver_errors = _Translation(translate)
translate_uncommitted_errors = _Translation(translate_uncommitted)

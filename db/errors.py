"""Database errors, translated from those of the driver without the rows that these may quote."""

import logging
from types import TracebackType

import asyncpg

log = logging.getLogger("clinic")


class ConfigurationError(Exception):
    """A setting or the database does not let the server start; the message is one sentence that says what to do."""


class ConstraintViolationError(Exception):
    """A constraint refused a write; ``constraint`` is its name."""

    def __init__(self, constraint: str) -> None:
        self.constraint = constraint
        super().__init__(constraint)


class DatabaseUnavailableError(Exception):
    """The database cannot be reached, is full or took too long; another attempt may succeed."""


# Prefixes of temporary SQLSTATEs: connection, read-only, authentication, rollback, resources, locks, operator
TRANSIENT = ("08", "25006", "28", "40", "53", "55", "57")
CONNECTION_ERRORS = (
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    OSError,
    TimeoutError,
)


def translate(error: BaseException) -> BaseException:
    """Return the error of this module for ``error`` of the driver; return any other error unchanged."""
    if isinstance(error, asyncpg.PostgresError):
        error.detail = None  # it quotes rows, which must not get into a log
    if isinstance(error, asyncpg.IntegrityConstraintViolationError):
        return ConstraintViolationError(error.constraint_name or "")
    if isinstance(error, asyncpg.PostgresError) and not (error.sqlstate or "").startswith(TRANSIENT):
        return error
    if isinstance(error, CONNECTION_ERRORS):
        return DatabaseUnavailableError(type(error).__name__)
    return error


class _Translation:
    """A context manager without state: the driver's errors leave it translated, and lost connections are logged."""

    __slots__ = ()

    def __enter__(self) -> None: ...

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if error is not None and (translated := translate(error)) is not error:
            if isinstance(translated, DatabaseUnavailableError):
                log.warning("database: %s: %s", type(error).__name__, error)
            raise translated from error


translate_driver_errors = _Translation()

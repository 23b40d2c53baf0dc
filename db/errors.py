"""What can go wrong in the database, told without its words."""

import logging
from types import TracebackType

import asyncpg

log = logging.getLogger("clinic")


class ConstraintViolationError(Exception):
    """A constraint refused a write; ``constraint`` is its name."""

    def __init__(self, constraint: str) -> None:
        self.constraint = constraint
        super().__init__(constraint)


class DatabaseUnavailableError(Exception):
    """The database is away, full, or took too long; trying again may help."""


# SQLSTATEs that pass, by their beginning: connection, read-only, sign-in, rollback, resources, locks, operator
BUSY = ("08", "25006", "28", "40", "53", "55", "57")
LOST = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError, TimeoutError)


def told(error: BaseException) -> BaseException:
    """The driver's exceptions as one of the two above; whatever else it is, ``error`` itself."""
    if isinstance(error, asyncpg.PostgresError):
        error.detail = None  # it quotes rows, and may end in a log
    if isinstance(error, asyncpg.IntegrityConstraintViolationError):
        return ConstraintViolationError(error.constraint_name or "")
    if isinstance(error, asyncpg.PostgresError) and not (error.sqlstate or "").startswith(BUSY):
        return error
    if isinstance(error, LOST):
        return DatabaseUnavailableError(type(error).__name__)
    return error


class Telling:
    """``with Telling():`` what goes wrong inside leaves as ``told``."""

    __slots__ = ()

    def __enter__(self) -> None: ...

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if error is not None and (other := told(error)) is not error:
            if isinstance(other, DatabaseUnavailableError):
                log.warning("database: %s: %s", type(error).__name__, error)
            raise other from error

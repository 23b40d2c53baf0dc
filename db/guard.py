"""What must hold of a database before production may run on it."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from asyncpg import Connection
from sqlalchemy.exc import DBAPIError

from db.errors import ConfigurationError
from db.migrate import newest_revision
from db.tables import TENANT_TABLES, organizations

GUARDED = [organizations.name, *(table.name for table in TENANT_TABLES)]
CONNECT_SECONDS = 10.0


ROLE = "select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user"
OWNED = """
    select relname from pg_class
    where relname = any($1::text[]) and relnamespace = 'public'::regnamespace
        and pg_has_role(current_user, relowner, 'usage')
    order by relname
"""
OPEN = """
    select name from unnest($1::text[]) as name
    left join pg_class on relname = name and relnamespace = 'public'::regnamespace
    where not coalesce(relrowsecurity and relforcerowsecurity, false)
    order by name
"""


@contextmanager
def refusing(setting: str) -> Iterator[None]:
    """Tell what the database says against the address in ``setting`` as ``ConfigurationError``."""
    try:
        yield
    except (asyncpg.PostgresError, asyncpg.InterfaceError, DBAPIError, OSError, TimeoutError) as error:
        cause: BaseException = error
        while cause.__cause__:
            cause = cause.__cause__
        said = str(cause).partition("\n")[0].rstrip(".") or type(cause).__name__
        raise ConfigurationError(f"{setting}: {said}; check the address and what its role may do.") from error


async def check_database(url: str, setting: str = "DATABASE_URL") -> None:
    """Raise ``ConfigurationError`` unless the role of ``url`` is held by the walls and the schema is the newest."""
    with refusing(setting):
        connection = await asyncpg.connect(url, timeout=CONNECT_SECONDS)
        try:
            await _check_role(connection, setting)
            await _check_revision(connection, setting)
            await _check_walls(connection, setting)
        finally:
            await connection.close()


async def _check_role(connection: Connection, setting: str) -> None:
    role = await connection.fetchrow(ROLE)
    assert role is not None
    name = role["rolname"]
    if role["rolsuper"]:
        raise ConfigurationError(f"{setting}: the role {name} is a superuser; give the server a role of its own.")
    if role["rolbypassrls"]:
        raise ConfigurationError(
            f"{setting}: the role {name} bypasses row level security; run alter role {name} nobypassrls."
        )
    owned = await connection.fetchval(OWNED, GUARDED)
    if owned:
        raise ConfigurationError(f"{setting}: the role {name} owns the table {owned}; the server's role owns nothing.")


async def _check_revision(connection: Connection, setting: str) -> None:
    exists = await connection.fetchval("select to_regclass('public.alembic_version') is not null")
    found = await connection.fetchval("select version_num from alembic_version") if exists else None
    if found != newest_revision():
        at = f"at revision {found}" if found else "without a revision"
        raise ConfigurationError(
            f"{setting}: the schema is {at}, not at {newest_revision()}; run python app.py migrate."
        )


async def _check_walls(connection: Connection, setting: str) -> None:
    table = await connection.fetchval(OPEN, GUARDED)
    if table:
        mend = f"alter table {table} enable row level security, force row level security"
        raise ConfigurationError(f"{setting}: the table {table} does not force row level security; run {mend}.")

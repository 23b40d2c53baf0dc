"""Checks that production makes of a database before it serves."""

from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from asyncpg import Connection
from sqlalchemy.exc import DBAPIError

from db.errors import ConfigurationError
from db.migrate import newest_revision
from db.migrations.rls import VERSION_TABLE
from db.tables import TENANT_TABLES, organizations

GUARDED = [VERSION_TABLE, organizations.name, *(table.name for table in TENANT_TABLES)]
CONNECT_SECONDS = 10.0

ROLE = "select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user"
OWNED = """
    select relname from pg_class
    where relname = any($1::text[]) and relnamespace = 'public'::regnamespace
        and pg_has_role(current_user, relowner, 'usage')
    order by relname
"""
WITHOUT_RLS = """
    select name from unnest($1::text[]) as name
    left join pg_class on relname = name and relnamespace = 'public'::regnamespace
    where not coalesce(relrowsecurity and relforcerowsecurity, false)
    order by name
"""


@contextmanager
def configuration_errors(setting: str) -> Iterator[None]:
    """Raise what the database says against the address in ``setting`` as ``ConfigurationError``."""
    try:
        yield
    except (asyncpg.PostgresError, asyncpg.InterfaceError, DBAPIError, OSError, TimeoutError) as error:
        cause: BaseException = error
        while cause.__cause__:
            cause = cause.__cause__
        reason = str(cause).partition("\n")[0].rstrip(".") or type(cause).__name__
        raise ConfigurationError(f"{setting}: {reason}; check the address and what its role may do.") from error


async def check_database(url: str, setting: str = "DATABASE_URL") -> None:
    """Raise ``ConfigurationError`` unless row level security binds the role of ``url`` and the schema is the newest."""
    with configuration_errors(setting):
        connection = await asyncpg.connect(url, timeout=CONNECT_SECONDS)
        try:
            await _check_role(connection, setting)
            await _check_revision(connection, setting)
            await _check_rls(connection, setting)
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
    table = await connection.fetchval(OWNED, GUARDED)
    if table:
        raise ConfigurationError(f"{setting}: the role {name} owns the table {table}; the server's role owns nothing.")


async def _check_revision(connection: Connection, setting: str) -> None:
    exists = await connection.fetchval("select to_regclass('public.alembic_version') is not null")
    revision = await connection.fetchval("select version_num from alembic_version") if exists else None
    if revision != newest_revision():
        state = f"at revision {revision}" if revision else "without a revision"
        raise ConfigurationError(
            f"{setting}: the schema is {state}, not at {newest_revision()}; run python app.py migrate."
        )


async def _check_rls(connection: Connection, setting: str) -> None:
    table = await connection.fetchval(WITHOUT_RLS, GUARDED)
    if table:
        fix = f"alter table {table} enable row level security, force row level security"
        fix = "python app.py migrate" if table == VERSION_TABLE else fix
        raise ConfigurationError(f"{setting}: the table {table} does not force row level security; run {fix}.")

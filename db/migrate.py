"""Migrate a database to the newest revision, and say which that is."""

from pathlib import Path

import asyncpg
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from db.errors import ConfigurationError

LOCK = 4_242_000_001  # any number, the same in every process that migrates

# what the policies allow to all roles, and what the server needs before it knows the organization
GRANTS = """
    with needed as (
        select cmd as verb, schemaname || '.' || tablename as name from pg_policies
        where schemaname = 'public' and roles = '{public}'
    )
    select format('grant %s on %s to %I', verb, name, cast(:role as text)) from needed
    where not has_table_privilege(:role, name, verb)
    union all
    select format('grant execute on function %s to %I', signature, cast(:role as text))
    from unnest(cast(array[
        'public.organization_of(text, text)', 'public.record_member(text, text, text, text, text, text)'
    ] as regprocedure[])) as signature
    where not has_function_privilege(:role, signature, 'execute')
"""


def configuration() -> Config:
    """Return Alembic's configuration, which no file holds."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def newest_revision() -> str | None:
    """Return the revision that this code was written for."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


async def migrate(admin_url: str, server_role: str) -> None:
    """Upgrade the database at ``admin_url`` and grant ``server_role`` what the server needs.

    One transaction: a revision that fails leaves the database as it was. Processes that
    start at once wait for each other. Raises ``ConfigurationError`` if the database is at an unknown revision.
    """
    engine = create_async_engine(
        "postgresql+asyncpg://", async_creator=lambda: asyncpg.connect(admin_url), poolclass=NullPool
    )
    async with engine.begin() as connection:
        await connection.execute(text(f"select pg_advisory_xact_lock({LOCK})"))
        await connection.execute(text("set local lock_timeout = '5s'"))  # or the server would queue up behind
        await connection.run_sync(_upgrade)
        for (grant,) in await connection.execute(text(GRANTS), {"role": server_role}):
            await connection.execute(text(grant))


async def role_of(url: str) -> str:
    """Return the role that ``url`` signs in as."""
    connection = await asyncpg.connect(url)
    try:
        name: str = await connection.fetchval("select current_user")
    finally:
        await connection.close()
    return name


def _upgrade(connection: Connection) -> None:
    config = configuration()
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise ConfigurationError(
            f"DATABASE_URL: {error}; a newer version of this server has migrated the database: run that version,"
            " or in development remove the folder DATA_DIR."
        ) from error

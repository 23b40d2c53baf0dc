"""Databases of their own, for tests that break one or end its connections."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import asyncpg

from db.embedded import OWNER, SERVER, Addresses, EmbeddedServer, create_database
from db.migrate import migrate

SUPERUSER = "postgres"
TEMPLATE = "scratch_template"


@dataclass(frozen=True)
class Scratch:
    """A database that one test may break, by role."""

    name: str
    superuser: str
    owner: str
    server: str

    @property
    def addresses(self) -> Addresses:
        return Addresses(self.server, self.owner)


@contextmanager
def embedded_server(data_dir: Path, name: str) -> Iterator[EmbeddedServer]:
    """The suite's own embedded server; one of that ``name`` where the suite runs on another database."""
    if os.environ.get("DATABASE_URL"):
        with EmbeddedServer(data_dir / name) as own:
            yield own
    else:
        yield EmbeddedServer(data_dir / "postgres")  # runs already, and whoever started it stops it


@asynccontextmanager
async def scratch_database(embedded: EmbeddedServer, *, migrated: bool = True) -> AsyncIterator[Scratch]:
    """A fresh database, owned by the owner; dropped afterwards, whoever is still connected."""
    name = f"scratch_{uuid4().hex[:12]}"
    database = Scratch(name, *(embedded.url(role, name) for role in (SUPERUSER, OWNER, SERVER)))
    creation = create_database(name)
    if migrated:
        await _prepare_template(embedded)
        creation = f"create database {name} owner {OWNER} template {TEMPLATE}"
    await run_sql(embedded.url(SUPERUSER, "postgres"), creation)
    try:
        yield database
    finally:
        await run_sql(embedded.url(SUPERUSER, "postgres"), f"drop database {name} with (force)")


async def _prepare_template(embedded: EmbeddedServer) -> None:
    """Migrate a database to copy from, once for each embedded server: a copy takes a tenth of the time."""
    async with connected(embedded.url(SUPERUSER, "postgres")) as connection:
        if await connection.fetchval("select 1 from pg_database where datname = $1", TEMPLATE):
            return
        await connection.execute(create_database(TEMPLATE))
    await migrate(embedded.url(OWNER, TEMPLATE), SERVER)


async def run_sql(url: str, *statements: str) -> None:
    """Run each of ``statements`` outside of a transaction."""
    async with connected(url) as connection:
        for statement in statements:
            await connection.execute(statement)


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()

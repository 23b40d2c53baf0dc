"""An embedded server of superuser's rights, an application on a database of its own, and the command line."""

from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import httpx2
import pytest

from app import make_app
from db.database import Database
from db.embedded import Addresses, EmbeddedServer
from resolvers.identity.development import DevelopmentKeys
from schema.server.settings import ServerSettings
from tests.clinic import Clinic
from tests.isolation.scratch import Scratch, connected, embedded_server, scratch_database
from tests.operation.commands import Commands


@dataclass(frozen=True)
class House:
    """An application on a database that a test may break, and a clinic that is its client."""

    scratch: Scratch
    http: httpx2.AsyncClient
    clinic: Clinic


@pytest.fixture(scope="session")
async def embedded(addresses: Addresses, data_dir: Path) -> AsyncIterator[EmbeddedServer]:
    with embedded_server(data_dir, "operation") as running:
        await running.prepare()
        yield running


@pytest.fixture(scope="package")
async def scratch(embedded: EmbeddedServer) -> AsyncIterator[Scratch]:
    async with scratch_database(embedded) as database:
        yield database


@pytest.fixture
async def superuser(scratch: Scratch) -> AsyncIterator[asyncpg.Connection]:
    async with connected(scratch.superuser) as connection:
        yield connection


def replace_database(settings: ServerSettings, scratch: Scratch, pool_size: int) -> ServerSettings:
    """Return ``settings`` for an application on the database ``scratch``."""
    return replace(settings, database_url=scratch.server, database_pool_size=pool_size)


@asynccontextmanager
async def house_on(
    scratch: Scratch, settings: ServerSettings, keys: DevelopmentKeys, pool_size: int = 8
) -> AsyncIterator[House]:
    app, database = make_app(replace_database(settings, scratch, pool_size)), Database(scratch.server, pool_size=2)
    await database.open()
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=transport, base_url="http://clinic.test") as http,
    ):
        yield House(scratch, http, Clinic.new("house", http, keys, database))
    await database.close()


@pytest.fixture
async def house(scratch: Scratch, settings: ServerSettings, keys: DevelopmentKeys) -> AsyncIterator[House]:
    async with house_on(scratch, settings, keys) as house:
        yield house


@pytest.fixture(scope="package")
def commands() -> Iterator[Commands]:
    """The command line over a data directory that two commands have made at once."""
    with TemporaryDirectory(prefix="clinic-", ignore_cleanup_errors=True) as directory:
        commands = Commands(Path(directory))
        with ThreadPoolExecutor(2) as starts:
            commands.first.extend(starts.map(commands.run, ["migrate", "demo"]))
        yield commands
        commands.end()

"""One database and one application for the whole suite; a fresh pair of clinics for each test."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import asyncpg
import httpx2
import pytest
from starlette.applications import Starlette

from app import make_app
from db.database import Database
from db.embedded import Addresses, EmbeddedServer
from db.migrate import migrate, role_of
from resolvers.identity.development import DevelopmentKeys
from schema.server.settings import ServerSettings, read_settings
from tests.api import Api, GraphqlApi, RestApi
from tests.application import client_of
from tests.clinic import Clinic
from tests.figures import pytest_terminal_summary, record_figure

__all__ = ["pytest_terminal_summary", "record_figure"]  # what pytest finds here by name


@pytest.fixture(scope="session")
def data_dir() -> Iterator[Path]:
    with TemporaryDirectory(prefix="clinic-", ignore_cleanup_errors=True) as directory:
        yield Path(directory)


@pytest.fixture(scope="session")
def addresses(data_dir: Path) -> Iterator[Addresses]:
    """A migrated database: the one ``DATABASE_URL`` names, or an embedded one."""
    url = os.environ.get("DATABASE_URL")
    if url:
        addresses = Addresses(server=url, owner=os.environ.get("DATABASE_ADMIN_URL", url))
        asyncio.run(_migrated(addresses))
        yield addresses
        return
    with EmbeddedServer(data_dir / "postgres") as embedded:
        addresses = asyncio.run(embedded.prepare())
        asyncio.run(_hurried(embedded))
        asyncio.run(_migrated(addresses))
        yield addresses


async def _hurried(embedded: EmbeddedServer) -> None:
    """The suite commits thousands of times, and its database ends with it: the disk need not be waited for."""
    connection = await asyncpg.connect(embedded.url("postgres", "postgres"))
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        await connection.execute(f"alter system set {setting} = off")
    await connection.execute("select pg_reload_conf()")
    await connection.close()


async def _migrated(addresses: Addresses) -> None:
    await migrate(addresses.owner, await role_of(addresses.server))


@pytest.fixture(scope="session")
def settings(addresses: Addresses, data_dir: Path) -> ServerSettings:
    plain = read_settings({"DATA_DIR": str(data_dir)}, Path("no such file"))
    return plain.with_database(addresses.server, addresses.owner)


@pytest.fixture(scope="session")
def keys(data_dir: Path) -> DevelopmentKeys:
    return DevelopmentKeys.load_or_create(data_dir)


@pytest.fixture(scope="session")
async def app(settings: ServerSettings) -> AsyncIterator[Starlette]:
    app = make_app(settings)
    async with app.router.lifespan_context(app):
        yield app


@pytest.fixture(scope="session")
async def database(settings: ServerSettings) -> AsyncIterator[Database]:
    """A database client of the tests' own, beside the application's."""
    database = Database(settings.database_url, pool_size=4)
    await database.open()
    yield database
    await database.close()


@pytest.fixture(scope="session")
async def http(app: Starlette) -> AsyncIterator[httpx2.AsyncClient]:
    async with client_of(app) as client:
        yield client


@pytest.fixture
def north(http: httpx2.AsyncClient, keys: DevelopmentKeys, database: Database) -> Clinic:
    return Clinic.new("north", http, keys, database)


@pytest.fixture
def south(http: httpx2.AsyncClient, keys: DevelopmentKeys, database: Database) -> Clinic:
    return Clinic.new("south", http, keys, database)


@pytest.fixture(params=[RestApi, GraphqlApi], ids=["rest", "graphql"])
def api(request: pytest.FixtureRequest) -> Api:
    """One API of the server; a test that takes it runs on both."""
    api: Api = request.param()
    return api

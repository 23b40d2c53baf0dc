"""Raw connections of the server's role, and two organizations with a row in every table."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from db.embedded import Addresses, EmbeddedServer
from tests.isolation.rows import Side
from tests.isolation.scratch import Scratch, connected, embedded_server, scratch_database


@dataclass(frozen=True)
class Sides:
    own: Side
    foreign: Side


@pytest.fixture(scope="session")
async def server(addresses: Addresses) -> AsyncIterator[asyncpg.Connection]:
    """The server's role, on a connection of the tests' own."""
    if addresses.server == addresses.owner:
        pytest.skip(
            "DATABASE_ADMIN_URL names no owner beside the server's role, which row level security does not bind then"
        )
    async with connected(addresses.server) as connection:
        yield connection


@pytest.fixture(scope="session")
async def stranger(addresses: Addresses) -> AsyncIterator[asyncpg.Connection]:
    """The same role on a connection that never names a tenant."""
    async with connected(addresses.server) as connection:
        yield connection


@pytest.fixture(scope="session")
async def sides(server: asyncpg.Connection) -> Sides:
    return Sides(await Side.arranged(server), await Side.arranged(server))


@pytest.fixture(scope="session")
async def embedded(addresses: Addresses, data_dir: Path) -> AsyncIterator[EmbeddedServer]:
    with embedded_server(data_dir, "isolation") as running:
        await running.prepare()
        yield running


@pytest.fixture(scope="session")
async def scratch(embedded: EmbeddedServer) -> AsyncIterator[Scratch]:
    """A migrated database for tests that roll back what they break."""
    async with scratch_database(embedded) as database:
        yield database

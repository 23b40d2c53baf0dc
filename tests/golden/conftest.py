"""An application of its own whose every word to PostgreSQL is heard, and a clinic that never changes."""

from collections.abc import AsyncIterator

import httpx
import pytest

from app import make_app
from db.database import Database
from db.embedded import Addresses
from resolvers.identity.development import DevelopmentKeys
from schema.server.settings import Settings
from tests.clinic import Clinic
from tests.golden.wire import Wire
from tests.roster import arrange


@pytest.fixture(scope="session")
def wire() -> Wire:
    return Wire()


@pytest.fixture(scope="session")
async def heard(settings: Settings, wire: Wire) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application whose connections are listened to."""
    app = make_app(settings)
    with wire.tapped():
        async with app.router.lifespan_context(app):
            transport = httpx.ASGITransport(app)
            async with httpx.AsyncClient(transport=transport, base_url="http://clinic.test") as client:
                yield client


@pytest.fixture(scope="session")
async def library(heard: httpx.AsyncClient, keys: DevelopmentKeys, database: Database, addresses: Addresses) -> Clinic:
    """The whole roster, for operations that read."""
    return await _arranged("library", heard, keys, database, addresses)


@pytest.fixture
async def workshop(heard: httpx.AsyncClient, keys: DevelopmentKeys, database: Database, addresses: Addresses) -> Clinic:
    """The whole roster once more, for one operation that writes."""
    return await _arranged("workshop", heard, keys, database, addresses)


async def _arranged(
    name: str, http: httpx.AsyncClient, keys: DevelopmentKeys, database: Database, addresses: Addresses
) -> Clinic:
    clinic = Clinic.new(name, http, keys, database)
    await arrange(addresses.server, clinic)
    await clinic.admin.graphql("{ viewer { role } }")  # the organization is looked up once
    return clinic

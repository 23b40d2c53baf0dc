"""An application whose statements are recorded, and a clinic that never changes."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from db.database import Database
from resolvers.identity.development import DevelopmentKeys
from schema.server.settings import ServerSettings
from tests.application import run_application
from tests.clinic import Clinic
from tests.golden.wire import Wire
from tests.roster import arrange


@pytest.fixture(scope="session")
def wire() -> Wire:
    return Wire()


@pytest.fixture(scope="session")
async def recorded_http(settings: ServerSettings, wire: Wire) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of the application whose connections are listened to."""
    with wire.tapped():
        async with run_application(settings) as client:
            yield client


@pytest.fixture(scope="session")
async def library(recorded_http: httpx2.AsyncClient, keys: DevelopmentKeys, database: Database) -> Clinic:
    """The whole roster, for operations that read."""
    return await _arranged(Clinic.new("library", recorded_http, keys, database))


@pytest.fixture
async def workshop(recorded_http: httpx2.AsyncClient, keys: DevelopmentKeys, database: Database) -> Clinic:
    """The whole roster once more, for one operation that writes."""
    return await _arranged(Clinic.new("workshop", recorded_http, keys, database))


async def _arranged(clinic: Clinic) -> Clinic:
    await arrange(clinic)
    await clinic.admin.graphql("{ viewer { role } }")  # the organization is looked up once
    return clinic

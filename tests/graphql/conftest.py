"""A clinic that holds the roster, for tests that only read."""

import httpx
import pytest

from db.database import Database
from db.embedded import Addresses
from resolvers.identity.development import DevelopmentKeys
from tests.clinic import Clinic, Member
from tests.roster import ROSTER, arrange, small


@pytest.fixture(scope="session")
async def west(http: httpx.AsyncClient, keys: DevelopmentKeys, database: Database, addresses: Addresses) -> Clinic:
    """The first dozen of the roster's specialists; nobody writes to it."""
    clinic = Clinic.new("west", http, keys, database)
    await arrange(addresses.server, clinic, small(12))
    return clinic


@pytest.fixture(scope="session")
async def reader(http: httpx.AsyncClient, keys: DevelopmentKeys, database: Database, addresses: Addresses) -> Member:
    """Return the roster's own admin, in a clinic where nobody else signs in and becomes a user."""
    clinic = Clinic.new("lists", http, keys, database)
    await arrange(addresses.server, clinic, small(12))
    return next(clinic.member("admin", user["clerk_id"]) for user in ROSTER.users if user["role"] == "admin")

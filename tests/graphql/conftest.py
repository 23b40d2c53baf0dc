"""A clinic that holds the roster, for tests that only read."""

import httpx2
import pytest

from db.database import Database
from resolvers.identity.development import DevelopmentKeys
from tests.client import Member
from tests.clinic import Clinic
from tests.roster import ROSTER, arrange, small


@pytest.fixture(scope="session")
async def west(http: httpx2.AsyncClient, keys: DevelopmentKeys, database: Database) -> Clinic:
    """The first dozen of the roster's specialists; nobody writes to it."""
    return await arrange(Clinic.new("west", http, keys, database), small(12))


@pytest.fixture(scope="session")
async def reader(http: httpx2.AsyncClient, keys: DevelopmentKeys, database: Database) -> Member:
    """Return the roster's own admin, in a clinic where nobody else signs in and becomes a user."""
    clinic = await arrange(Clinic.new("lists", http, keys, database), small(12))
    return next(clinic.member("admin", user["clerk_id"]) for user in ROSTER.users if user["role"] == "admin")

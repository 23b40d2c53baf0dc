"""The roster's clinic, as the server has it and as the oracle has it."""

import httpx2
import pytest

from db.database import Database
from db.embedded import Addresses
from resolvers.identity.development import DevelopmentKeys
from tests.clinic import Clinic
from tests.fuzz.clinic_rows import read_clinic_rows
from tests.fuzz.oracle import Oracle
from tests.roster import arrange


@pytest.fixture(scope="session")
async def east(http: httpx2.AsyncClient, keys: DevelopmentKeys, database: Database) -> Clinic:
    """The whole roster; nobody writes to it."""
    clinic = await arrange(Clinic.new("east", http, keys, database))
    for member in (clinic.admin, clinic.specialist, clinic.patient):
        await member.signed_in()
    return clinic


@pytest.fixture(scope="session")
async def oracle(east: Clinic, addresses: Addresses) -> Oracle:
    return Oracle(await read_clinic_rows(addresses.owner, await east.organization_id()))

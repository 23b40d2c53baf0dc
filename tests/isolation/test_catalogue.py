"""The catalogue of the database that the suite runs on holds every claim."""

import asyncpg
import pytest

from db.embedded import Addresses
from tests.isolation.roles import CLAIMS


@pytest.mark.parametrize("sentence", CLAIMS)
async def test_the_catalogue_shows_that(sentence: str, addresses: Addresses, server: asyncpg.Connection) -> None:
    if addresses.server == addresses.owner:
        pytest.skip("DATABASE_ADMIN_URL names no owner beside the server's role")
    role = await server.fetchval("select current_user")

    assert await CLAIMS[sentence](server, role) == []

"""The catalogue of the database that the suite runs on holds every claim."""

import asyncpg
import pytest

from tests.isolation.roles import CLAIMS


@pytest.mark.parametrize("sentence", CLAIMS)
async def test_the_catalogue_shows_that(sentence: str, server: asyncpg.Connection) -> None:
    role = await server.fetchval("select current_user")

    assert await CLAIMS[sentence](server, role) == []

"""A client that can also say what good clients never do, and a server whose database has no tables."""

from collections.abc import AsyncIterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx2
import pytest

from resolvers.identity.development import DevelopmentKeys
from schema.server.settings import ServerSettings
from tests.application import run_application


class Remembering(DevelopmentKeys):
    """Signs each member's token once: signing is the slowest thing a test would do."""

    @cache  # noqa: B019 - there is one for the whole suite
    def token(self, **claims: Any) -> str:
        return super().token(**claims)


@pytest.fixture(scope="session")
def keys(data_dir: Path) -> DevelopmentKeys:
    return Remembering.load_or_create(data_dir)


@pytest.fixture(scope="session")
async def crashing_http(settings: ServerSettings) -> AsyncIterator[httpx2.AsyncClient]:
    """A server that was pointed at a database nobody migrated: what it asks for is not there."""
    assert settings.database_url is not None
    address = urlsplit(settings.database_url)._replace(path="/postgres").geturl()
    async with run_application(replace(settings, database_url=address)) as client:
        yield client

"""A client that can also say what good clients never do, and a server whose database has no tables."""

import json as json_
from collections.abc import AsyncIterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from starlette.applications import Starlette

from app import make_app
from resolvers.identity.development import DevelopmentKeys
from schema.server.settings import Settings

ADDRESS = "http://clinic.test"


class Escaping(httpx.AsyncClient):
    """Sends JSON in pure ASCII, so that a lone surrogate gets through."""

    def build_request(self, *args: Any, **options: Any) -> httpx.Request:
        body = options.pop("json", None)
        if body is not None:
            options["content"] = json_.dumps(body)
            options["headers"] = {"content-type": "application/json", **(options.get("headers") or {})}
        return super().build_request(*args, **options)


class Remembering(DevelopmentKeys):
    """Signs each member's token once: signing is the slowest thing a test would do."""

    @cache  # noqa: B019 - there is one for the whole suite
    def token(self, **claims: Any) -> str:
        return super().token(**claims)


@pytest.fixture(scope="session")
def keys(data_dir: Path) -> DevelopmentKeys:
    return Remembering.load_or_create(data_dir)


@pytest.fixture(scope="session")
async def http(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    async with Escaping(transport=_inside(app), base_url=ADDRESS) as client:
        yield client


@pytest.fixture(scope="session")
async def broken(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A server that was pointed at a database nobody migrated: what it asks for is not there."""
    assert settings.database_url is not None
    app = make_app(replace(settings, database_url=urlsplit(settings.database_url)._replace(path="/postgres").geturl()))
    async with app.router.lifespan_context(app), Escaping(transport=_inside(app), base_url=ADDRESS) as client:
        yield client


def _inside(app: Starlette) -> httpx.ASGITransport:
    return httpx.ASGITransport(app, raise_app_exceptions=False)

"""Run an application in this process and send it requests without a network."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette

from app import make_app
from schema.server.settings import ServerSettings


def client_of(app: Starlette) -> httpx.AsyncClient:
    """Return a client of ``app``; an exception that escapes the application is a 500, as a server makes it."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://clinic.test")


@asynccontextmanager
async def run_application(settings: ServerSettings) -> AsyncIterator[httpx.AsyncClient]:
    """Start an application under ``settings``, yield a client of it, and stop it."""
    app = make_app(settings)
    async with app.router.lifespan_context(app), client_of(app) as client:
        yield client

"""Run an application in this process and send it requests without a network."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
from starlette.applications import Starlette

from app import make_app
from schema.server.settings import ServerSettings


def client_of(app: Starlette) -> httpx2.AsyncClient:
    """Return a client of ``app``; an exception that escapes the application is a 500, as a server makes it."""
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    return httpx2.AsyncClient(transport=transport, base_url="http://clinic.test")


@asynccontextmanager
async def run_application(settings: ServerSettings) -> AsyncIterator[httpx2.AsyncClient]:
    """Start an application under ``settings``, yield a client of it, and stop it."""
    app = make_app(settings)
    async with app.router.lifespan_context(app), client_of(app) as client:
        yield client

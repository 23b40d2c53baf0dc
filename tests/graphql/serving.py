"""An application under settings of its own, on the suite's database."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from app import make_app
from schema.server.settings import Settings


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client of such an application while it is up."""
    app = make_app(settings)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=transport, base_url="http://clinic.test") as client,
    ):
        yield client

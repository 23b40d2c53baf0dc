"""Run an application in this process, and send it requests without a network or over a real socket."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx2
import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from app import make_app
from schema.http.http_protocol import HttpProtocol
from schema.http.request_context import SECURITY_HEADERS
from schema.server.settings import ServerSettings

COMMON_HEADERS = {name.decode() for name, _ in SECURITY_HEADERS} | {"x-request-id", "server-timing", "vary"}


def client_of(app: Starlette) -> httpx2.AsyncClient:
    """Return a client of ``app``, which checks each response: whatever a test reaches carries the headers of all.

    An exception that escapes the application is a 500, as a server makes it.
    """
    transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
    hooks = {"response": [check_headers]}
    return httpx2.AsyncClient(transport=transport, base_url="http://clinic.test", event_hooks=hooks)


async def check_headers(response: httpx2.Response) -> None:
    """Fail if ``response`` lacks a header that every response has."""
    assert set(response.headers) >= COMMON_HEADERS, (response.status_code, str(response.url))


@asynccontextmanager
async def run_application(settings: ServerSettings) -> AsyncIterator[httpx2.AsyncClient]:
    """Start an application under ``settings``, yield a client of it, and stop it."""
    app = make_app(settings)
    async with app.router.lifespan_context(app), client_of(app) as client:
        yield client


@asynccontextmanager
async def run_server(
    app: ASGIApp, protocol: type[HttpProtocol] = HttpProtocol, max_connections: int | None = None
) -> AsyncIterator[uvicorn.Server]:
    """Serve ``app``, which has started already, on a port of this machine."""
    config = uvicorn.Config(
        app, port=0, lifespan="off", log_config=None, ws="none", http=protocol, limit_concurrency=max_connections
    )
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - it tells in no other way
        await asyncio.sleep(0.001)
    try:
        yield server
    finally:
        server.should_exit = True
        await running


def port_of(server: uvicorn.Server) -> int:
    port: int = server.servers[0].sockets[0].getsockname()[1]
    return port

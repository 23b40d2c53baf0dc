"""A server on a real socket with the demo data, and the Chromium of this machine."""

import asyncio
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from playwright.async_api import Browser, ViewportSize, async_playwright, expect
from starlette.applications import Starlette
from starlette.routing import Route

from app import make_app
from db.database import Database
from db.demo.fill import fill_demo
from db.embedded import Addresses
from resolvers.identity.development import DEVELOPMENT_ISSUER, DevelopmentKeys
from resolvers.identity.issuer import Issuer
from schema.pages.assets import BUILD
from schema.pages.development_token import DevelopmentTokens
from schema.server.settings import ServerSettings
from tests.bench.server import pem
from tests.browser.visit import Visit
from tests.isolation.scratch import embedded_server, scratch_database

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE, PHONE = ViewportSize(width=1280, height=800), ViewportSize(width=390, height=844)
PATIENCE = 15_000  # milliseconds; only a page that is broken takes so long
TOKEN_SECONDS = 1  # and five more, by which the clocks of two machines may differ


@pytest.fixture(scope="session")
async def demo(addresses: Addresses, settings: ServerSettings, data_dir: Path) -> AsyncIterator[ServerSettings]:
    """The settings of a server whose database holds the demo clinics and nothing else."""
    with embedded_server(data_dir, "browser") as embedded:
        await embedded.prepare()
        async with scratch_database(embedded) as scratch:
            database = Database(scratch.server, pool_size=2)
            await database.open()
            await fill_demo(database)
            await database.close()
            yield replace(settings, database_url=scratch.server, database_admin_url=scratch.owner)


@asynccontextmanager
async def serving(app: Starlette) -> AsyncIterator[str]:
    """Serve ``app`` on a free port; the value is its address, where clients wait until the server has started."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(app, log_config=None))
        task = asyncio.create_task(server.serve([listening]))
        try:
            yield f"http://localhost:{listening.getsockname()[1]}"
        finally:
            server.should_exit = True
            await task


@pytest.fixture(scope="session")
async def site(demo: ServerSettings) -> AsyncIterator[str]:
    """The address of a development server whose tokens are short."""
    app = make_app(demo)
    tokens = DevelopmentTokens(demo, seconds=TOKEN_SECONDS)
    app.router.routes.insert(0, Route("/development/token", tokens.create, methods=["POST"]))
    async with serving(app) as address:
        yield address


@pytest.fixture(scope="session")
async def production(demo: ServerSettings) -> AsyncIterator[str]:
    """The address of a production server with GraphiQL, which takes tokens of the suite's key."""
    settings = replace(
        demo, environment="production", clerk_issuer=Issuer(DEVELOPMENT_ISSUER), clerk_jwt_key=pem(demo.data_dir)
    )
    async with serving(make_app(settings)) as address:
        yield address


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium")
    if not BUILD.is_dir():
        pytest.skip("the pages are not built: make pages")
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        await browser.close()


@asynccontextmanager
async def visiting(
    browser: Browser, address: str, viewport: ViewportSize = WIDE, *, dark: bool = False
) -> AsyncIterator[Visit]:
    """A page of a fresh profile; fails at the end if the page complained of anything."""
    context = await browser.new_context(viewport=viewport, color_scheme="dark" if dark else "light")
    context.set_default_timeout(PATIENCE)
    visit = Visit(await context.new_page(), address)
    await visit.listen()
    yield visit
    await context.close()
    assert visit.complaints == []


@pytest.fixture
async def visit(browser: Browser, site: str) -> AsyncIterator[Visit]:
    async with visiting(browser, site) as visit:
        yield visit


@pytest.fixture
def production_keys(keys: DevelopmentKeys) -> DevelopmentKeys:
    """The key that signs tokens for ``production``."""
    return keys

"""A browser that opens the address gets a page to ask from; nothing else does."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from app import make_app
from schema.settings import Settings, read_settings
from tests.clinic import Clinic

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PRODUCTION = {
    "ENVIRONMENT": "production",
    "DATABASE_URL": "postgresql://server@database.example/clinic",
    "CLERK_ISSUER": "https://clerk.clinic.example",
}


async def _opened(settings: Settings, accept: str = BROWSER) -> httpx.Response:
    transport = httpx.ASGITransport(make_app(settings))
    async with httpx.AsyncClient(transport=transport, base_url="http://clinic.test") as browser:
        return await browser.get("/graphql", headers={"accept": accept})


async def test_a_browser_gets_a_page_without_a_token(http: httpx.AsyncClient) -> None:
    response = await http.get("/graphql", headers={"accept": BROWSER})

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert "graphiql" in response.text.lower()


async def test_the_page_says_where_the_token_goes(http: httpx.AsyncClient) -> None:
    page = (await http.get("/graphql", headers={"accept": BROWSER})).text

    assert "Headers" in page
    assert "Authorization" in page
    assert "Bearer" in page
    assert "app.py token" in page


async def test_the_page_cannot_be_framed_and_may_not_send_elsewhere(http: httpx.AsyncClient) -> None:
    policy = (await http.get("/graphql", headers={"accept": BROWSER})).headers["content-security-policy"]

    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";") if rule.strip()}
    assert rules["default-src"] == ["'none'"]
    assert rules["connect-src"] == ["'self'"]
    assert rules["frame-ancestors"] == ["'none'"]


async def test_the_page_does_not_keep_the_token(http: httpx.AsyncClient) -> None:
    page = (await http.get("/graphql", headers={"accept": BROWSER})).text

    assert "shouldPersistHeaders: true" not in page
    assert "shouldPersistHeaders:!0" not in page


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/graphql-response+json", ""])
async def test_whoever_does_not_ask_for_html_gets_none(accept: str, http: httpx.AsyncClient) -> None:
    response = await http.get("/graphql", headers={"accept": accept})

    assert response.status_code in (400, 401)
    assert "json" in response.headers["content-type"]


async def test_a_query_in_the_address_is_answered_even_to_a_browser(west: Clinic) -> None:
    address = f"/graphql?{urlencode({'query': '{ viewer { role } }'})}"

    response = await west.http.get(address, headers=west.patient.headers | {"accept": BROWSER})

    assert response.json() == {"data": {"viewer": {"role": "patient"}}}


@pytest.mark.parametrize(
    ("given", "shown"),
    [({}, True), ({"GRAPHIQL": "off"}, False), (PRODUCTION, False), (PRODUCTION | {"GRAPHIQL": "on"}, True)],
)
async def test_the_page_is_off_in_production_unless_it_is_switched_on(
    given: dict[str, str], shown: bool, settings: Settings
) -> None:
    read = read_settings(given, Path("no such file"))

    response = await _opened(replace(read, database_url=settings.database_url, data_dir=settings.data_dir))

    assert response.headers["content-type"].startswith("text/html") is shown
    assert response.status_code == (200 if shown else 401)

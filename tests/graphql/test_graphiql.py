"""A browser that opens the address gets a page to ask from; nothing else does."""

from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import httpx2
import pytest

from app import make_app
from schema.server.settings import ServerSettings, read_settings
from tests.clinic import Clinic

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PRODUCTION = {
    "ENVIRONMENT": "production",
    "DATABASE_URL": "postgresql://server@database.example/clinic",
    "CLERK_ISSUER": "https://clerk.clinic.example",
}
QUERY = f"/graphql?{urlencode({'query': '{ viewer { role } }'})}"


async def _open(settings: ServerSettings, path: str = "/graphql") -> httpx2.Response:
    transport = httpx2.ASGITransport(make_app(settings))
    async with httpx2.AsyncClient(transport=transport, base_url="http://clinic.test") as browser:
        return await browser.get(path, headers={"accept": BROWSER})


@pytest.mark.parametrize("path", ["/graphql", QUERY])
async def test_a_browser_gets_a_page_without_a_token(path: str, http: httpx2.AsyncClient) -> None:
    response = await http.get(path, headers={"accept": BROWSER})

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/html")
    assert "accept" in {name.strip().lower() for name in response.headers["vary"].split(",")}
    assert "GraphQL" in response.text


async def test_the_page_runs_scripts_of_this_server_alone_and_cannot_be_framed(http: httpx2.AsyncClient) -> None:
    policy = (await http.get("/graphql", headers={"accept": BROWSER})).headers["content-security-policy"]

    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split(";")}
    sources = {source for name, values in rules.items() if name != "style-src" for source in values}
    assert rules["default-src"] == rules["frame-ancestors"] == rules["base-uri"] == rules["form-action"] == ["'none'"]
    assert rules["script-src"] == rules["connect-src"] == rules["worker-src"] == ["'self'"]
    assert sources == {"'none'", "'self'", "data:"}


async def test_the_style_is_open_on_this_one_page(http: httpx2.AsyncClient) -> None:
    for path in ("/", "/docs", "/assets/nothing.js", "/livez"):
        assert "'unsafe-inline'" not in (await http.get(path)).headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/graphql", QUERY])
@pytest.mark.parametrize(
    "accept", ["*/*", "application/json", "application/graphql-response+json", "application/json, text/html", ""]
)
async def test_whoever_does_not_ask_for_html_gets_none(path: str, accept: str, http: httpx2.AsyncClient) -> None:
    response = await http.get(path, headers={"accept": accept})

    assert response.status_code in (400, 401)
    assert "json" in response.headers["content-type"]


async def test_a_program_is_answered_at_the_address_that_opens_the_page_in_a_browser(west: Clinic) -> None:
    answer = await west.http.get(QUERY, headers=west.patient.headers | {"accept": "*/*"})

    assert answer.json() == {"data": {"viewer": {"role": "patient"}}}


async def test_a_link_to_a_mutation_writes_nothing_when_a_browser_opens_it(north: Clinic) -> None:
    mutation = 'mutation { createSpecialty(input: {title: "Linked", slug: "linked"}) { id } }'
    headers = north.admin.headers | {"accept": BROWSER}

    page = await north.http.get(f"/graphql?{urlencode({'query': mutation})}", headers=headers)

    assert page.headers["content-type"].startswith("text/html")
    answer = await north.admin.graphql("{ specialties { totalCount } }")
    assert answer["data"] == {"specialties": {"totalCount": 0}}


async def test_where_there_is_no_page_a_browser_is_answered_like_any_client(settings: ServerSettings) -> None:
    answer = await _open(replace(settings, graphiql=False), QUERY)

    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (401, "unauthorized")


@pytest.mark.parametrize(
    ("environment", "visible"),
    [({}, True), ({"GRAPHIQL": "off"}, False), (PRODUCTION, False), (PRODUCTION | {"GRAPHIQL": "on"}, True)],
)
async def test_the_page_is_off_in_production_unless_it_is_switched_on(
    environment: dict[str, str], visible: bool, settings: ServerSettings
) -> None:
    read = read_settings(environment, Path("no such file"))

    response = await _open(replace(read.with_database(settings.database_url), data_dir=settings.data_dir))

    assert response.headers["content-type"].startswith("text/html") is visible
    assert response.status_code == (200 if visible else 401)


async def test_without_a_build_the_page_says_how_to_make_one(
    settings: ServerSettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("schema.pages.assets.BUILD", tmp_path)

    response = await _open(settings)

    assert response.status_code == 200
    assert "run <code>make pages</code>" in response.text

"""A page of another origin on this machine, such as a frontend's: it may call in development, not in production."""

import json
from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import pytest
from playwright.async_api import Browser, Page
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route

from resolvers.identity.development import DevelopmentKeys
from tests.browser.conftest import serving

CREATE = "mutation($input: CreateSpecialistInput!) { createSpecialist(input: $input) { id slug } }"
FETCH = """async ([address, init]) => {
  try {
    const response = await fetch(address, init);
    return { status: response.status, body: await response.json(), headers: Object.fromEntries(response.headers) };
  } catch (error) {
    return { refused: error.message };
  }
}"""


@pytest.fixture
async def frontend(browser: Browser) -> AsyncIterator[Page]:
    """A page that another server of this machine serves."""
    app = Starlette(routes=[Route("/", lambda _: HTMLResponse("<!doctype html><title>Frontend</title>"))])
    async with serving(app) as address:
        context = await browser.new_context()
        page = await context.new_page()
        await page.goto(address)
        yield page
        await context.close()


@pytest.fixture
def authorization(keys: DevelopmentKeys) -> dict[str, str]:
    token = keys.demo_token("north", "admin")
    return {"authorization": f"Bearer {token}"}


async def fetch(page: Page, address: str, headers: dict[str, str], body: str | None = None) -> dict[str, Any]:
    """Return status, body and the readable headers as the script of ``page`` gets them, or why it gets nothing."""
    init = {"headers": headers, "method": "POST" if body else "GET", "body": body}
    answer: dict[str, Any] = await page.evaluate(FETCH, [address, init])
    return answer


async def graphql(page: Page, site: str, headers: dict[str, str], query: str, **variables: Any) -> dict[str, Any]:
    body = json.dumps({"query": query, "variables": variables})
    return await fetch(page, f"{site}/graphql", headers | {"content-type": "application/json"}, body)


async def test_in_development_it_queries_mutates_and_reads_headers(
    frontend: Page, site: str, authorization: dict[str, str]
) -> None:
    slug = f"ada-{uuid4().hex}"

    viewer = await graphql(frontend, site, authorization, "{ viewer { role } }")
    specialist = await graphql(frontend, site, authorization, CREATE, input={"name": "Ada", "slug": slug})
    number = specialist["body"]["data"]["createSpecialist"]["id"]
    record = await fetch(frontend, f"{site}/v1/specialists/{number}", authorization)

    assert viewer["body"] == {"data": {"viewer": {"role": "admin"}}}
    assert record["body"]["data"]["slug"] == slug
    assert {"etag", "server-timing", "x-request-id", "x-sql-statements"} <= record["headers"].keys()


async def test_it_gets_no_token_of_a_demo_person(frontend: Page, site: str) -> None:
    body = '{"clinic": "north", "role": "admin"}'

    answer = await fetch(frontend, f"{site}/development/token", {"content-type": "application/json"}, body)

    assert answer["status"] == 404


async def test_in_production_it_is_refused(frontend: Page, production: str, authorization: dict[str, str]) -> None:
    answers = [
        await graphql(frontend, production, authorization, "{ viewer { role } }"),
        await fetch(frontend, f"{production}/v1/specialists", authorization),
        await fetch(frontend, f"{production}/livez", {}),
    ]

    assert answers == [{"refused": "Failed to fetch"}] * 3

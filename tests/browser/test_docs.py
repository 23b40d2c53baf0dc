"""The REST documentation as a newcomer meets it: searched, tried out signed in, copied to a shell and to GraphiQL."""

import asyncio
import json
import os
import shutil
from dataclasses import replace

import pytest
from playwright.async_api import Browser, Locator, expect

from app import make_app
from resolvers.identity.development import DevelopmentKeys
from schema.server.demo_tokens import token_command
from schema.server.settings import ServerSettings
from tests.browser.conftest import PHONE, serving, visiting
from tests.browser.visit import Visit
from tests.openapi.document import OPERATIONS

FORBIDDEN = "console: Failed to load resource: the server responded with a status of 403 (Forbidden)"


async def test_a_search_leads_to_an_operation(visit: Visit) -> None:
    await visit.open("/docs")

    await visit.page.get_by_role("searchbox", name="Search").fill("out of active lists")

    contents = visit.page.get_by_role("navigation", name="Contents")
    await expect(contents.get_by_role("status")).to_have_text("1 result")
    await contents.get_by_role("link", name="Delete a specialist").click()
    await expect(visit.page.get_by_role("heading", name="Delete a specialist")).to_be_in_viewport()


async def test_every_read_can_be_sent_as_it_stands(visit: Visit) -> None:
    for name in (name for name, (_, method, _) in OPERATIONS.items() if method == "get"):
        operation = await opened(visit, name)
        await send(operation)

        await expect(operation.get_by_role("status")).to_contain_text("200 OK")
        await expect(operation.locator(".answer")).to_contain_text("X-Request-Id")
        assert json.loads(await operation.locator(".answer pre").inner_text())["data"]


async def test_an_admin_creates_and_a_patient_is_forbidden(visit: Visit) -> None:
    operation = await opened(visit, "createSpecialty")
    await send(operation)
    await expect(operation.get_by_role("status")).to_contain_text("201 Created")

    await visit.become("Patient")
    await expect(operation.get_by_role("heading", name="Example answer")).to_be_visible()  # the admin's is gone
    await send(operation)

    await expect(operation.get_by_role("status")).to_contain_text("403 Forbidden")
    await expect(operation.locator(".answer pre")).to_contain_text('"code": "forbidden"')
    assert visit.complaints == [FORBIDDEN]  # a browser logs each refusal by itself
    visit.complaints.clear()


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
async def test_the_command_that_is_copied_runs_in_a_shell(visit: Visit) -> None:
    await visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    operation = await opened(visit, "updateSpecialist")
    await operation.get_by_label("Body").fill('{"title": "Doctor\'s \\"doctor\\" $HOME"}')
    await send(operation)
    await expect(operation.get_by_role("status")).to_contain_text("200 OK")

    await operation.get_by_role("button", name="Copy curl").click()

    command = str(await visit.page.evaluate("navigator.clipboard.readText()"))
    answer = json.loads(await output_of(command, TOKEN=visit.tokens()[-1]))
    assert answer["data"]["title"] == 'Doctor\'s "doctor" $HOME'
    assert answer == json.loads(await operation.locator(".answer pre").inner_text())


async def test_the_twin_opens_in_graphiql_and_runs(visit: Visit) -> None:
    operation = await opened(visit, "getSpecialist")
    await operation.get_by_label("id required", exact=True).fill("10")
    await expect(operation.locator(".twin")).to_contain_text("As GET /v1/specialists/10")

    await operation.get_by_role("link", name="Open in GraphiQL").click()
    await visit.answer.wait_for()
    await visit.run()

    await expect(visit.operation).to_contain_text("query GetSpecialist")
    await expect(visit.answer).to_contain_text('"id": "10"')


async def test_every_operation_shows_its_twin(visit: Visit) -> None:
    await visit.open("/docs")
    await visit.page.locator("article .twin").first.wait_for()

    for name, (_, _, operation) in OPERATIONS.items():
        assert await visit.page.locator(f"#{name} .twin pre").first.inner_text() == operation["x-graphql"]["query"]


async def test_without_graphiql_nothing_leads_there(browser: Browser, demo: ServerSettings) -> None:
    async with serving(make_app(replace(demo, graphiql=False))) as address, visiting(browser, address) as visit:
        operation = await opened(visit, "getSpecialist")
        pages = visit.page.get_by_role("navigation", name="Pages").get_by_role("link")

        await expect(operation.locator(".twin")).to_contain_text("query GetSpecialist")
        await expect(pages).to_have_text(["REST"])
        await expect(operation.get_by_role("link", name="Open in GraphiQL")).to_have_count(0)


async def test_where_a_page_may_not_use_the_clipboard_no_button_copies(visit: Visit) -> None:
    await visit.page.add_init_script("delete Navigator.prototype.clipboard")
    buttons = visit.page.get_by_role("button")

    await opened(visit, "getSpecialist")
    assert await buttons.filter(has_text="Send").count() > 0
    assert await buttons.filter(has_text="Copy").count() == 0
    await visit.open_graphiql()
    await expect(visit.page.get_by_role("button", name="Prettify query")).to_be_visible()
    assert await visit.page.get_by_role("button", name="Copy").count() == 0


async def test_the_command_for_a_token_is_the_one_of_this_server(visit: Visit, demo: ServerSettings) -> None:
    await visit.open("/docs")
    await visit.become("Patient")

    command = f"TOKEN=$({token_command(demo)} --org north --role patient)"
    await expect(visit.page.locator("#sign-in pre")).to_have_text(command)


async def test_it_can_be_read_on_a_phone(browser: Browser, site: str) -> None:
    async with visiting(browser, site, PHONE) as visit:
        operation = await opened(visit, "listSpecialists")
        await send(operation)

        await expect(operation.get_by_role("status")).to_contain_text("200 OK")
        assert await visit.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


async def test_in_production_the_token_is_brought_by_hand(
    browser: Browser, production: str, production_keys: DevelopmentKeys
) -> None:
    token = production_keys.demo_token("north", "patient")
    async with visiting(browser, production) as visit:
        operation = await opened(visit, "getSpecialist")
        await visit.page.get_by_label("Session token").fill(token)
        await send(operation)

        await expect(operation.get_by_role("status")).to_contain_text("200 OK")
        await expect(operation.get_by_role("link", name="Open in GraphiQL")).to_be_visible()
        assert not await visit.page.locator("form.person").is_visible()
        assert await visit.page.evaluate("localStorage.length + sessionStorage.length") == 0
        assert "/development/token" not in visit.paths()


async def opened(visit: Visit, name: str) -> Locator:
    """Return the part of the page that is about the operation ``name``."""
    await visit.open(f"/docs#{name}")
    operation = visit.page.locator(f"article#{name}")
    await operation.wait_for()
    return operation


async def send(operation: Locator) -> None:
    await operation.get_by_role("button", name="Send").click()


async def output_of(command: str, **variables: str) -> bytes:
    pipe = asyncio.subprocess.PIPE
    shell = await asyncio.create_subprocess_shell(command, stdout=pipe, stderr=pipe, env={**os.environ, **variables})
    output, _ = await shell.communicate()
    return output

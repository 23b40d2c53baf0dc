"""GraphiQL as a newcomer meets it: signed in, two clicks from the index, with links that can be shared."""

import asyncio
from time import monotonic
from urllib.parse import urlencode

import httpx2
from playwright.async_api import Browser, expect

from resolvers.identity.development import DevelopmentKeys
from tests.browser.conftest import PHONE, visiting
from tests.browser.visit import Visit

JANE = "Dr. Jane Smith"


async def test_two_clicks_lead_from_the_index_to_names(visit: Visit) -> None:
    await visit.open("/")
    await visit.page.get_by_role("link").first.click()
    await expect(visit.answer).to_contain_text(JANE)  # the first example runs at first sight

    await visit.run()

    await expect(visit.answer).to_contain_text(JANE)
    await expect(visit.answer).to_contain_text("Cardiology")
    await expect(visit.status).to_contain_text("1 SQL statement · cost ")
    await expect(visit.status).to_contain_text("ms in the database")
    assert await visit.page.title() == "Clinic API: GraphQL"
    assert await visit.page.locator("form.person").is_visible()


async def test_an_admin_creates_and_a_patient_is_forbidden(visit: Visit) -> None:
    await visit.open_graphiql()
    await expect(visit.answer).to_contain_text(JANE)
    await visit.tab("CreateSpecialist")
    for _ in range(2):  # the second time with another slug, by itself
        await visit.run()
        await expect(visit.answer).to_contain_text("dr-ada-moreau-")
        await expect(visit.answer).not_to_contain_text("slug_exists")

    await visit.become("Patient")
    await expect(visit.answer).to_have_text("")
    await expect(visit.status).to_have_text("")
    await visit.run()

    await expect(visit.answer).to_contain_text('"code": "forbidden"')
    await visit.tab("Specialists")
    await expect(visit.answer).to_have_text("")  # what the admin saw is gone from every tab
    assert len({body for body in visit.operations() if "createSpecialist" in body}) == 3


async def test_a_page_outlives_its_token(visit: Visit) -> None:
    await visit.open_graphiql()
    await expect(visit.answer).to_contain_text(JANE)
    first, deadline = visit.tokens()[0], monotonic() + 15
    async with httpx2.AsyncClient(base_url=visit.address, headers={"authorization": f"Bearer {first}"}) as http:
        while (await http.get("/v1/specialists")).status_code != 401:
            assert monotonic() < deadline
            await asyncio.sleep(0.1)

    await visit.tab("Viewer")
    await visit.run()

    await expect(visit.answer).to_contain_text('"role": "admin"')
    assert visit.tokens()[-1] != first


async def test_a_reload_stays_signed_in_and_only_the_person_is_kept(visit: Visit) -> None:
    await visit.open_graphiql()
    await expect(visit.answer).to_contain_text(JANE)
    await visit.become("South")
    await visit.become("Patient")
    await visit.page.reload()
    await visit.tab("Viewer")
    await visit.run()

    await expect(visit.answer).to_contain_text('"role": "patient"')
    await expect(visit.answer).to_contain_text("patient@south.example.com")
    assert await visit.page.evaluate("({...localStorage})") == {"clinic-person": "south/patient"}
    assert await visit.page.evaluate("sessionStorage.length + document.cookie.length") == 0


async def test_a_link_shows_its_query_without_running_it_and_can_be_copied(visit: Visit) -> None:
    query, variables = "query Linked($id: ID!) { specialist(id: $id) { name } }", '{\n  "id": "7"\n}'
    await visit.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await visit.open_graphiql(f"/graphql?{urlencode({'query': query, 'variables': variables})}")
    await visit.await_schema()

    await visit.page.get_by_role("button", name="Copy link").click()

    await expect(visit.operation).to_contain_text("query Linked")
    await expect(visit.page.locator(".graphiql-editor-tool .view-lines").first).to_contain_text('"id": "7"')
    assert visit.operations() == []
    assert await visit.page.evaluate("navigator.clipboard.readText()") == visit.page.url


async def test_the_schema_is_there_at_once_and_can_be_searched(visit: Visit) -> None:
    await visit.open_graphiql()
    await visit.await_schema()

    await visit.page.get_by_role("combobox").fill("weekly")

    await expect(visit.page.get_by_role("option").first).to_contain_text("WeeklyHours")


async def test_it_can_be_used_on_a_phone(browser: Browser, site: str) -> None:
    async with visiting(browser, site, PHONE) as visit:
        await visit.open_graphiql()
        await visit.tab("NextPage")
        await visit.run()

        await expect(visit.answer).to_contain_text("cursor")
        boxes = [await part.bounding_box() for part in (visit.operation, visit.answer)]
        assert all(box and box["height"] > 150 for box in boxes), boxes
        assert await visit.page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
        await visit.await_schema()


async def test_in_production_the_token_is_brought_by_hand(
    browser: Browser, production: str, production_keys: DevelopmentKeys
) -> None:
    token = production_keys.demo_token("north", "patient")
    async with visiting(browser, production) as visit:
        await visit.open_graphiql()
        await visit.tab("Viewer")
        await visit.run()
        await expect(visit.answer).to_contain_text("A session token is needed")
        await visit.page.locator(".graphiql-editor-tool .monaco-editor:visible").click()
        await visit.page.keyboard.insert_text(f'{{"Authorization": "Bearer {token}"}}')
        await visit.run()

        await expect(visit.answer).to_contain_text('"role": "patient"')
        await visit.await_schema()
        assert not await visit.page.locator("form.person").is_visible()
        assert await visit.page.evaluate("localStorage.length + sessionStorage.length") == 0
        assert "/development/token" not in visit.paths()

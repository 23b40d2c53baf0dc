"""No serious or moderate finding of axe on the pages, but for the one that GraphiQL itself leaves."""

import pytest
from playwright.async_api import Browser, ViewportSize, expect

from schema.pages.assets import BUILD
from tests.browser.conftest import PHONE, WIDE, visiting

AXE = BUILD.parent / "node_modules" / "axe-core" / "axe.min.js"
RUN = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.flatMap(({ id, impact, nodes }) => nodes.map(({ html }) => [impact, id, html]));
}"""
LEFT_BY_GRAPHIQL = "nested-interactive", '<li aria-selected="'  # the button that closes a tab lies inside of the tab


@pytest.mark.parametrize("path", ["/", "/graphql", "/docs"])
@pytest.mark.parametrize(("scheme", "viewport"), [("light", WIDE), ("dark", PHONE)], ids=["light", "dark"])
async def test_axe_finds_nothing_of_our_own(
    browser: Browser, site: str, path: str, scheme: str, viewport: ViewportSize
) -> None:
    async with visiting(browser, site, viewport, dark=scheme == "dark") as visit:
        await visit.open(path)
        if path == "/graphql":
            await expect(visit.answer).to_contain_text('"totalCount"')
        if path == "/docs":
            await visit.page.get_by_role("heading", name="Schemas").wait_for()

        await visit.page.evaluate(AXE.read_text(encoding="utf-8"))
        findings = [(rule, html) for impact, rule, html in await visit.page.evaluate(RUN) if impact != "minor"]

    rule, element = LEFT_BY_GRAPHIQL
    assert [finding for finding in findings if finding[0] != rule or not finding[1].startswith(element)] == []

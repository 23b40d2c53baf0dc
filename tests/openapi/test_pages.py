"""The pages for people: whole, self-contained, escaped, and readable without a script."""

import json
import re
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser
from itertools import pairwise
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from starlette.responses import Response

from schema.pages.index_page import index_page
from schema.pages.markup import prose, tag

VOID = {"meta", "link", "img"}
PAGES = {"index": index_page(graphiql=True, host="localhost:8123", token_command="python app.py token")}
each_page = pytest.mark.parametrize("name", PAGES)


class Page(HTMLParser):
    """What a browser finds: tags with their attributes, headings, and whatever was not closed."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.html = bytes(response.body).decode()
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] or "" for _, attributes in self.tags if attribute in attributes]


@pytest.fixture
def page(name: str) -> Page:
    return Page(PAGES[name])


@each_page
def test_a_page_is_well_formed(page: Page) -> None:
    assert page.html.startswith("<!doctype html>\n<html lang=")
    assert page.open == []


@each_page
def test_a_page_has_no_script_and_loads_nothing_but_its_icon(page: Page) -> None:
    assert not {"script", "iframe", "object", "embed"} & {tag for tag, _ in page.tags}
    assert {*page.values("src"), *(of["href"] for name, of in page.tags if name == "link")} == {"/favicon.svg"}
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert "url(" not in page.html
    assert "@import" not in page.html


@each_page
def test_a_page_links_to_this_server_alone(page: Page) -> None:
    assert page.values("href")
    assert all(re.match(r"#|/(?!/)", href) for href in page.values("href"))


@each_page
def test_a_page_says_so_in_its_content_security_policy(name: str, page: Page) -> None:
    policy = PAGES[name].headers["content-security-policy"]
    style = re.search(r"<style>(.*?)</style>", page.html, re.DOTALL)

    assert style
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert b64encode(sha256(style[1].encode()).digest()).decode() in policy
    assert not page.values("style")


@each_page
def test_headings_skip_no_level(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]

    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@each_page
def test_every_id_is_given_once_and_every_anchor_leads_to_one(page: Page) -> None:
    ids = page.values("id")

    assert len(ids) == len(set(ids))
    assert {href[1:] for href in page.values("href") if href.startswith("#")} <= set(ids)


@pytest.mark.parametrize("name", ["index"])
@pytest.mark.parametrize("address", ["/docs", "/openapi.json", "/livez", "/readyz"])
def test_the_index_links_to(page: Page, address: str) -> None:
    assert address in page.values("href")


@pytest.mark.parametrize("name", ["index"])
def test_the_index_says_how_to_get_a_token_and_names_the_port_in_force(page: Page) -> None:
    assert "python app.py token --role patient" in page.html
    assert 'curl -s "http://localhost:8123/graphql"' in page.html


@pytest.mark.parametrize("name", ["index"])
def test_the_first_link_of_the_index_leads_to_a_query(page: Page) -> None:
    first = next(href for href in page.values("href") if not href.startswith("/favicon"))

    query = parse_qs(urlsplit(first).query)
    assert urlsplit(first).path == "/graphql"
    assert "specialties {" in query["query"][0]
    assert json.loads(query["variables"][0])


@pytest.mark.parametrize("host", ["$(reboot)", "a;b", "`id`", "<script>", "a b", "x" * 254, ""])
async def test_the_index_shows_no_host_that_a_shell_would_run(host: str, http: httpx2.AsyncClient) -> None:
    html = (await http.get("/", headers={"host": host})).text

    assert 'curl -s "http://localhost:8000/graphql"' in html


def test_text_never_becomes_markup() -> None:
    hostile = "</code><script>alert(1)</script>`<b>`"

    assert "<script" not in prose(hostile) + tag("p", prose(hostile))
    assert tag("a", href='"><script>') == '<a href="&quot;&gt;&lt;script&gt;"></a>'

"""The page at ``/docs``: what the server adds to the build, and what it says without one."""

from pathlib import Path

import pytest

from schema.openapi.page import docs_page

needs_build = pytest.mark.skipif("not built" in bytes(docs_page(sign_in=True).body).decode(), reason="make pages")


@needs_build
@pytest.mark.parametrize(("sign_in", "way"), [(True, "switch"), (False, "headers")])
def test_only_development_signs_in_by_itself(sign_in: bool, way: str) -> None:
    html = bytes(docs_page(sign_in=sign_in).body).decode()

    assert f'<meta name="sign-in" content="{way}">' in html


@needs_build
def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    page = docs_page(sign_in=True)
    policy = page.headers["content-security-policy"]

    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "<style" not in bytes(page.body).decode()


def test_without_a_build_the_page_says_how_to_make_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("schema.web.assets.BUILD", tmp_path)

    page = docs_page(sign_in=True)

    assert page.status_code == 200
    assert "<code>make pages</code>" in bytes(page.body).decode()

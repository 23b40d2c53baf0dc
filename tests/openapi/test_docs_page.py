"""The page at ``/docs``: what the server adds to the build, and what it says without one."""

import re
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest

from schema.pages.assets import BUILD
from schema.pages.docs_page import docs_page
from schema.server.demo_tokens import token_command
from schema.server.setting_values import Environment
from schema.server.settings import ServerSettings

needs_build = pytest.mark.skipif(not BUILD.is_dir(), reason="make pages")
META = re.compile(r'<meta name="([a-z-]+)" content="([^"]*)">')


def metas(settings: ServerSettings) -> dict[str, str]:
    """Return what the head of the page says, by name."""
    return {name: unescape(content) for name, content in META.findall(bytes(docs_page(settings).body).decode())}


@needs_build
def test_only_development_signs_in_by_itself(settings: ServerSettings) -> None:
    production = metas(replace(settings, environment="production"))

    assert metas(settings)["sign-in"] == "switch"
    assert production["sign-in"] == "headers"
    assert "token-command" not in production


@needs_build
@pytest.mark.parametrize("environment", ["development", "production"])
def test_the_page_knows_whether_there_is_graphiql(environment: Environment, settings: ServerSettings) -> None:
    in_environment = replace(settings, environment=environment)

    assert metas(replace(in_environment, graphiql=True))["graphiql"] == "on"
    assert metas(replace(in_environment, graphiql=False))["graphiql"] == "off"


@needs_build
def test_the_command_for_a_token_names_the_data_directory(settings: ServerSettings) -> None:
    elsewhere = replace(settings, data_dir=Path('/tmp/"my" <data>'))

    assert metas(elsewhere)["token-command"] == token_command(elsewhere)
    assert token_command(elsewhere).startswith("DATA_DIR='/tmp/\"my\" <data>' ")


@needs_build
def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere(settings: ServerSettings) -> None:
    page = docs_page(settings)
    policy = page.headers["content-security-policy"]

    assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
    assert "unsafe" not in policy
    assert "http" not in policy
    assert "<style" not in bytes(page.body).decode()


def test_without_a_build_the_page_says_how_to_make_one(
    settings: ServerSettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("schema.pages.assets.BUILD", tmp_path)

    page = docs_page(settings)

    assert page.status_code == 200
    assert "run <code>make pages</code>" in bytes(page.body).decode()

"""Run the clients that frontends and legacy programs use against a live server, and lint what they are made from."""

import pytest

from tests.clients.tools import npm, run

PYTHON_CLIENT = "rest/python_client.py"


def test_the_typescript_clients_speak_with_the_server(typescript: None, server: dict[str, str]) -> None:
    npm("test", **server)


def test_the_python_client_is_typed_strictly(python_client: dict[str, str]) -> None:
    run("mypy", "--strict", "--config-file=", "--no-incremental", PYTHON_CLIENT, **python_client)


def test_the_python_client_speaks_with_the_server(python_client: dict[str, str], server: dict[str, str]) -> None:
    settings = ("--noconftest", "-c", "/dev/null", "-p", "no:cacheprovider", "-p", "no:asyncio")

    run("pytest", *settings, PYTHON_CLIENT, **python_client, **server)


@pytest.mark.parametrize("linter", ["spectral", "redocly"])
def test_the_openapi_document_is_clean(packages: None, linter: str) -> None:
    npm(f"lint:{linter}")

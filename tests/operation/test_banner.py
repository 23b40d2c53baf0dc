"""What ``make run`` prints: every line of it works as it stands, at the second start too."""

import re
import shlex
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest

from schema.pages.graphiql_page import first_example_link
from schema.server.banner import banner, base_address
from schema.server.demo_tokens import token_command
from schema.server.settings import Settings, read_settings
from tests.operation.commands import PATIENCE, Commands


def lines(output: str, beginning: str) -> list[str]:
    return [line.strip() for line in output.splitlines() if line.strip().startswith(beginning)]


def shell(command: str, directory: Path) -> str:
    """What ``command`` prints in a shell without any setting."""
    answer = subprocess.run(
        ["/bin/sh", "-c", command], cwd=directory, capture_output=True, text=True, timeout=PATIENCE, check=True
    )
    return answer.stdout.strip()


def curl(line: str, token: str) -> httpx2.Response:
    """What curl would be answered."""
    words = iter(shlex.split(line.replace("$TOKEN", token))[1:])
    address, headers, data = "", {}, None
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-d":
            data = next(words)
        elif word != "-s":
            address = word
    return httpx2.request("POST" if data else "GET", address, headers=headers, content=data, timeout=PATIENCE)


def test_every_line_works_at_each_start(commands: Commands) -> None:
    for _ in range(2):
        with commands.serving():
            output = commands.output()
            (assignment,) = lines(output, "TOKEN=$(")
            token = shell(assignment[len("TOKEN=$(") : -1], commands.directory)
            answers = [curl(line, token) for line in lines(output, "curl ")]
            pages = [
                httpx2.get(address, timeout=PATIENCE)
                for address in re.findall(r"https?://\S+/docs$", output, re.MULTILINE)
            ]

        assert [answer.status_code for answer in answers] == [200, 200, 201]
        assert answers[0].json()["data"]["specialists"]["totalCount"] > 3
        assert len(answers[1].json()["data"]) == 2
        assert answers[2].json()["data"]["slug"].startswith("dr-ada-moreau-")
        assert [page.status_code for page in pages] == [200]


@pytest.fixture
def plain() -> Settings:
    return read_settings({}, Path("no such file"))


@pytest.mark.parametrize(
    ("changes", "address"),
    [
        ({}, "http://127.0.0.1:8000"),
        ({"port": 8_080}, "http://127.0.0.1:8080"),
        ({"host": "0.0.0.0"}, "http://127.0.0.1:8000"),
        ({"host": "::"}, "http://[::1]:8000"),
        ({"host": "clinic.internal"}, "http://clinic.internal:8000"),
    ],
)
def test_the_address_is_one_that_this_machine_reaches(plain: Settings, changes: dict[str, Any], address: str) -> None:
    settings = replace(plain, **changes)

    assert base_address(settings) == address
    assert set(re.findall(r"http://[^/\s]+", banner(settings))) == {address}


def test_the_data_directory_is_named_where_it_is_not_the_usual_one(plain: Settings) -> None:
    assert "DATA_DIR" not in banner(plain)
    assert token_command(replace(plain, data_dir=Path("/tmp/my data"))).startswith("DATA_DIR='/tmp/my data' ")


def test_a_shell_that_knows_patterns_takes_each_address_as_it_stands(plain: Settings) -> None:
    commands = lines(banner(replace(plain, host="::")), "curl ")

    assert len(commands) == 3
    assert all(" 'http://[::1]:8000/" in command for command in commands)


def test_no_token_is_printed(plain: Settings) -> None:
    assert "eyJ" not in banner(plain)


def test_a_link_leads_into_the_explorer_where_the_first_example_runs(plain: Settings) -> None:
    assert f" {base_address(plain)}{first_example_link()}\n" in banner(plain)
    assert "?query=" not in banner(replace(plain, graphiql=False))

"""The locale of the process that creates the embedded database changes no search."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.operation.commands import Commands, Running

SPECIALTIES = "/v1/specialties?search="


@pytest.fixture(scope="module")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    commands = Commands(tmp_path_factory.mktemp("locale"))
    yield commands
    commands.end()


@pytest.fixture(scope="module")
def running(commands: Commands) -> Iterator[Running]:
    with commands.serving(LC_ALL="C", LANG="C") as server:
        yield server


@pytest.mark.parametrize("search", ["ángela", "ÁNGELA", "Ángela"])
def test_a_database_made_under_the_c_locale_knows_the_case_of_every_letter(
    commands: Commands, running: Running, search: str
) -> None:
    token = commands.token()
    body = {"title": "Clinic of Ángela", "slug": f"angela-{search.encode().hex()}"}
    running.request("POST", "/v1/specialties", token, body)

    response = running.request("GET", SPECIALTIES + quote(search), token)

    assert "Clinic of Ángela" in [specialty["title"] for specialty in response.json()["data"]]

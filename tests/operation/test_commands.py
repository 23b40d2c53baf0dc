"""The commands: what they print, what they leave behind, and how they refuse."""

import re
from pathlib import Path

import httpx2
import pytest

from app import make_app
from db.embedded import SERVER, EmbeddedServer
from db.migrate import newest_revision
from resolvers.identity.development import DEVELOPMENT_ISSUER, DevelopmentKeys
from resolvers.identity.verifier import Verifier
from schema.server.command_line import main
from schema.server.export import stale_snapshots
from tests.isolation.scratch import Scratch
from tests.operation.commands import Commands

PRODUCTION = {"ENVIRONMENT": "production", "CLERK_ISSUER": "https://clerk.example.com"}
NO_DATABASE = {"DATABASE_URL": "postgresql://clinic_server@127.0.0.1:1/clinic"}
SENTENCE = re.compile(r"[A-Z_]+: [^\n]+\.")


class Shell:
    """The commands in this very process, under settings of their own."""

    def __init__(self, patch: pytest.MonkeyPatch, directory: Path) -> None:
        self.patch, self.directory = patch, directory
        patch.chdir(directory)
        for name in ("DATABASE_URL", "DATABASE_ADMIN_URL"):
            patch.delenv(name, raising=False)
        patch.setenv("DATA_DIR", str(directory / "data"))

    def run(self, *arguments: str, **settings: str) -> int | str:
        """What the process would exit with."""
        for name, value in settings.items():
            self.patch.setenv(name, value)
        return main(arguments, make_app)


@pytest.fixture
def shell(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shell:
    return Shell(monkeypatch, tmp_path)


def refusal(exit_code: int | str) -> str:
    """The one sentence of a command that says no."""
    assert isinstance(exit_code, str)
    assert SENTENCE.fullmatch(exit_code)
    return exit_code


async def test_token_prints_a_token_alone_that_passes_verification(commands: Commands) -> None:
    answer = commands.run("token", "--org", "south", "--role", "specialist", "--ttl", "60")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert re.fullmatch(r"[\w-]+\.[\w-]+\.[\w-]+\n", answer.stdout)
    verifier = Verifier(DEVELOPMENT_ISSUER, DevelopmentKeys.load_or_create(commands.data_dir).key_source())
    claims = await verifier.verify(answer.stdout.strip())
    organization = (claims.organization_id, claims.organization_slug, claims.organization_role)
    assert (claims.user_id, *organization) == (
        "user_demo_south_specialist",
        "org_demo_south",
        "south",
        "org:specialist",
    )


async def test_a_token_is_an_admins_of_north_and_the_server_takes_it(
    shell: Shell, data_dir: Path, http: httpx2.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shell.run("token", DATA_DIR=str(data_dir)) == 0
    token = capsys.readouterr().out.strip()

    query = {"query": "{ viewer { role organization { slug } } }"}
    response = await http.post("/graphql", headers={"authorization": f"Bearer {token}"}, json=query)

    assert response.json() == {"data": {"viewer": {"role": "admin", "organization": {"slug": "north"}}}}


def test_export_compares_and_names_what_is_stale(commands: Commands) -> None:
    answer, stale = commands.run("export", "--check"), stale_snapshots()

    assert (answer.returncode, answer.stdout) == (int(bool(stale)), "")
    assert [name for name in stale if name not in answer.stderr] == []


def test_two_first_commands_at_once_make_one_database_and_leave_no_postgres_behind(commands: Commands) -> None:
    migrated, demo = commands.first
    assert (migrated.returncode, migrated.stderr) == (0, "")
    assert migrated.stdout == f"at revision {newest_revision()}; the role {SERVER} may serve\n"
    assert (demo.returncode, demo.stderr) == (0, "")
    assert demo.stdout.startswith("filled the demo clinics north and south")
    assert commands.postgres() == []


def test_an_unknown_command_is_refused(shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as error:
        shell.run("fly")

    assert error.value.code == 2
    assert "fly" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["serve", "migrate", "demo"])
def test_a_database_that_is_not_there_is_told_in_a_sentence(command: str, shell: Shell) -> None:
    assert refusal(shell.run(command, **NO_DATABASE)).startswith("DATABASE_URL: ")


def test_a_migration_that_its_role_may_not_make_is_told_in_a_sentence(shell: Shell, embedded: EmbeddedServer) -> None:
    process = shell.run("migrate", DATABASE_URL=embedded.url("clinic_server", "postgres"))

    assert refusal(process).startswith("DATABASE_ADMIN_URL: permission denied for schema public; ")


@pytest.mark.parametrize("command", ["serve", "migrate"])
@pytest.mark.parametrize(
    ("settings", "fragment"),
    [
        ({}, "DATABASE_URL: production needs"),
        (NO_DATABASE, "DATABASE_URL: "),
        (NO_DATABASE | {"CLERK_ISSUER": DEVELOPMENT_ISSUER}, "CLERK_ISSUER: "),
    ],
)
def test_production_refuses_in_a_sentence(command: str, settings: dict[str, str], fragment: str, shell: Shell) -> None:
    assert refusal(shell.run(command, **PRODUCTION | settings)).startswith(fragment)


@pytest.mark.parametrize("name", ["DATABASE_URL", "DATABASE_READ_URL"])
def test_production_looks_at_the_role_of_each_address(name: str, shell: Shell, scratch: Scratch) -> None:
    process = shell.run(**PRODUCTION | {"DATABASE_URL": scratch.server, name: scratch.superuser})

    assert refusal(process) == f"{name}: the role postgres is a superuser; give the server a role of its own."


def test_a_refusal_is_all_that_is_printed_and_the_exit_code_is_one(commands: Commands) -> None:
    answer = commands.run(**PRODUCTION)

    assert (answer.returncode, answer.stdout) == (1, "")
    assert refusal(answer.stderr.removesuffix("\n")).startswith("DATABASE_URL: ")


def test_production_prints_no_development_token(shell: Shell) -> None:
    assert refusal(shell.run("token", **PRODUCTION | NO_DATABASE)).startswith("ENVIRONMENT: ")


def test_a_file_in_the_working_directory_is_read(shell: Shell) -> None:
    (shell.directory / ".env").write_text("LOG_FORMAT=xml\n")

    assert shell.run("token") == "LOG_FORMAT: 'xml' is not one of text, json."


def test_demo_clinics_are_not_made_among_real_ones(shell: Shell, scratch: Scratch) -> None:
    process = shell.run("demo", **PRODUCTION | {"DATABASE_URL": scratch.server})

    assert refusal(process) == "ENVIRONMENT: the demo clinics are for development only."


@pytest.mark.parametrize("ttl", ["0", "-5", "x", "1.5", ""])
def test_a_token_lives_for_a_while_or_is_not_made(ttl: str, shell: Shell, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as error:
        shell.run("token", "--ttl", ttl)

    assert error.value.code == 2
    assert "a whole number of at least 1" in capsys.readouterr().err

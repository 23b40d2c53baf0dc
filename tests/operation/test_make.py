"""``make dev`` on a copy of the source, and ``make clean`` beside a server."""

import os
import re
import shutil
import signal
import subprocess
import time
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from tests.operation.commands import APP, PATIENCE, Answer, Commands, Running

ROOT = APP.parent
LIVE = '{"status": "live"}'
OTHER_BODY = '{"status": "changed"}'


@pytest.fixture
def copy(commands: Commands, tmp_path: Path) -> Commands:
    """The commands of a copy that a test may change, over the same data."""
    for name in ("schema", "resolvers", "db"):
        shutil.copytree(
            ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules", "dist")
        )
    return replace(commands, app=Path(shutil.copy(APP, tmp_path)))


def edit(file: Path, before: str, after: str) -> None:
    """Replace what must be there; the time of the change is a later one, however coarse the clock of the disk."""
    text, seconds = file.read_text(), file.stat().st_mtime
    assert before in text
    file.write_text(text.replace(before, after))
    os.utime(file, (seconds + 1, seconds + 1))


def await_status(running: Running, status: str) -> None:
    """Return once ``/livez`` says so; a process that ends may drop the connection that it has just accepted."""
    deadline, answer = time.monotonic() + PATIENCE, ""
    while status not in answer:
        assert time.monotonic() < deadline, answer
        try:
            answer = running.request("GET", "/livez").text
        except httpx2.TransportError:
            time.sleep(0.05)


def test_it_starts_anew_when_the_source_changes_and_ends_as_a_whole(copy: Commands) -> None:
    probes, app = copy.app.parent / "schema" / "http" / "health.py", copy.app

    with copy.serving("serve", "--reload") as running:
        edit(probes, LIVE, OTHER_BODY)
        await_status(running, "changed")
        edit(app, "import gc", "import gc gc")
        copy.await_output("SyntaxError", 1)
        edit(app, "import gc gc", "import gc")
        edit(probes, OTHER_BODY, LIVE)
        await_status(running, "live")
        exit_code = running.end(signal.SIGINT, group=True)

    assert exit_code == 0
    assert copy.postgres() == []


def test_it_logs_a_line_a_request_without_what_was_asked_and_ends_with_the_terminal(copy: Commands) -> None:
    token = copy.token()

    with copy.serving("serve", "--reload") as running:
        running.request("GET", "/v1/specialists?search=secret-name", token)
        running.request("POST", "/graphql", token, {"query": "{ specialists { totalCount } } # secret-query"})
        running.request("GET", "/no%0Asuch%1b[31mplace")
        running.request("POST", "/v1/specialists", token, {"slug": "secret-body"})
        copy.await_output("clinic.requests", 5)
        exit_code = running.end(signal.SIGHUP)

    logged = re.findall(r"INFO    clinic\.requests  (.*)", copy.output())
    shapes = [re.sub(r"\d+\.\d ms", "N ms", line) for line in logged if "/livez" not in line]
    assert shapes == [
        "GET /v1/specialists 200 N ms 1 statement",
        "POST /graphql 200 N ms 1 statement",
        "GET /no%0Asuch%1B%5B31mplace 404 N ms 0 statements",
        "POST /v1/specialists 400 N ms 0 statements",
    ]
    assert "secret" not in copy.output()
    assert token not in copy.output()
    assert (exit_code, copy.postgres()) == (0, [])


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder that was set up, with nothing in it but what ``make clean`` removes."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    for name in (".venv", ".data"):
        (tmp_path / name).mkdir()
    return tmp_path


def clean(project: Path, **settings: str) -> Answer:
    environment = {"PATH": os.environ["PATH"], **settings}
    return subprocess.run(
        ["make", "clean"], cwd=project, env=environment, capture_output=True, text=True, timeout=PATIENCE, check=False
    )


def runs_postgres(data: Path, pid: int) -> None:
    (data / "postgres").mkdir(parents=True)
    (data / "postgres" / "postmaster.pid").write_text(f"{pid}\n{data}/postgres\n")


@pytest.mark.parametrize("data", [".data", "elsewhere", "in a file"])
def test_clean_refuses_while_a_server_runs_on_the_data(project: Path, data: str) -> None:
    runs_postgres(project / data, os.getpid())
    settings = {"DATA_DIR": "elsewhere"} if data == "elsewhere" else {}
    if data == "in a file":
        (project / ".env").write_text(f'PORT=8001\nDATA_DIR="{data}"\n')

    answer = clean(project, **settings)

    assert answer.returncode != 0
    assert f"A server runs on {data} (its PostgreSQL is process {os.getpid()}): stop it first.\n" in answer.stderr
    assert (project / ".venv").exists()
    assert (project / ".data").exists()


def test_clean_removes_what_was_set_up_and_no_data_elsewhere(project: Path) -> None:
    process = subprocess.Popen(["true"])
    process.wait(PATIENCE)
    runs_postgres(project / ".data", process.pid)
    runs_postgres(project / "elsewhere", process.pid)

    answer = clean(project, DATA_DIR="elsewhere")

    assert (answer.returncode, answer.stderr) == (0, "")
    assert sorted(path.name for path in project.iterdir()) == ["Makefile", "elsewhere"]

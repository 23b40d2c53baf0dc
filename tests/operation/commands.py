"""``python app.py ..`` as people run it: real processes, a data directory, a real socket."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout, suppress
from dataclasses import dataclass, field
from io import StringIO
from pathlib import Path
from random import sample
from unittest.mock import patch

import httpx2
import psutil  # type: ignore[import-untyped]

from app import make_app
from schema.server.command_line import main
from schema.server.demo_tokens import development_token
from schema.server.settings import read_settings

APP = Path(__file__).parents[2] / "app.py"
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
PORTS = iter(sample(range(20_000 + 1_000 * WORKER, 21_000 + 1_000 * WORKER), 1_000))  # another suite may run, too
PATIENCE = 60.0  # seconds; only a server that hangs takes so long
Answer = subprocess.CompletedProcess[str]


def free_port() -> int:
    """Return a port that nobody listens on, and that no other process of the suite is given.

    The ports lie below those that the system takes for outgoing connections, a range for each process.
    """
    for port in PORTS:
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("every port of this process has been used")


@dataclass(frozen=True)
class Running:
    """A server that answers at ``address``."""

    process: subprocess.Popen[str]
    address: str

    def request(self, method: str, path: str, token: str = "", body: object = None) -> httpx2.Response:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return httpx2.request(method, self.address + path, headers=headers, json=body, timeout=PATIENCE)

    def await_life(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if self.request("GET", "/livez").status_code == 200:
                    return
            except httpx2.TransportError:
                time.sleep(0.05)
        raise AssertionError(f"the server does not answer; it ended with {self.process.poll()}")

    def end(self, sign: signal.Signals, *, group: bool = False) -> int:
        """Its exit code after the signal, which a Ctrl-C sends to the whole group."""
        (os.killpg if group else os.kill)(self.process.pid, sign)
        return self.process.wait(PATIENCE)


@dataclass(frozen=True)
class Commands:
    """The commands over one data directory, in a working directory without a ``.env``.

    ``first`` are the answers of those that made the database; ``app`` is the script that runs.
    """

    directory: Path
    first: list[Answer] = field(default_factory=list)
    app: Path = APP

    @property
    def data_dir(self) -> Path:
        return self.directory / "data"

    def environment(self, settings: dict[str, str]) -> dict[str, str]:
        environment = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
        return environment | {"DATA_DIR": str(self.data_dir)} | settings

    def run(self, *arguments: str, **settings: str) -> Answer:
        """The finished command."""
        return subprocess.run(
            [sys.executable, str(self.app), *arguments],
            env=self.environment(settings),
            cwd=self.directory,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def call(self, *arguments: str, **settings: str) -> Answer:
        """Return the answer of the command, which runs in this process: starting one takes a second."""
        handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
        output, errors = StringIO(), StringIO()
        with (
            patch.dict(os.environ, self.environment(settings), clear=True),
            chdir(self.directory),
            redirect_stdout(output),
            redirect_stderr(errors),
        ):
            result = main(arguments or ("serve",), make_app)
        for number, handler in handlers.items():
            signal.signal(number, handler)
        if isinstance(result, str):  # what sys.exit() makes of a sentence
            return Answer(arguments, 1, output.getvalue(), f"{errors.getvalue()}{result}\n")
        return Answer(arguments, result, output.getvalue(), errors.getvalue())

    def shell(self, script: str) -> str:
        """Return what ``script`` prints under the settings of these commands."""
        shell = subprocess.run(
            ["bash", "-c", script],
            env=self.environment({}),
            cwd=self.directory,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        return shell.stdout

    def token(self, slug: str = "north") -> str:
        """Return what ``token --org SLUG`` prints, without waiting for it."""
        settings = read_settings({"DATA_DIR": str(self.data_dir)}, Path("no such file"))
        return development_token(settings, "admin", slug)

    @contextmanager
    def serving(self, *arguments: str, **settings: str) -> Iterator[Running]:
        """A server; its output goes to ``output`` in the working directory."""
        port = settings.setdefault("PORT", str(free_port()))
        with (self.directory / "output").open("w") as output:
            process = subprocess.Popen(
                [sys.executable, str(self.app), *arguments],
                env=self.environment(settings),
                cwd=self.directory,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        running = Running(process, f"http://127.0.0.1:{port}")
        try:
            try:
                running.await_life()
            except AssertionError as error:
                raise AssertionError(f"{error}\n{self.output()}") from None
            yield running
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                process.wait(PATIENCE)

    def output(self) -> str:
        return (self.directory / "output").read_text()

    def await_output(self, words: str, times: int) -> None:
        """Return once the server has said ``words`` so many times."""
        deadline = time.monotonic() + PATIENCE
        while self.output().count(words) < times:
            assert time.monotonic() < deadline, self.output()
            time.sleep(0.05)

    def postgres(self) -> list[psutil.Process]:
        """The PostgreSQL that runs on the data directory: none, or its first process."""
        marks = ("-D", str(self.data_dir.resolve() / "postgres"))
        return [process for process in psutil.process_iter() if set(marks) <= set(command_line(process))]

    def end(self) -> None:
        """Stop what a failed test has left."""
        for postgre in self.postgres():
            postgre.send_signal(signal.SIGINT)


def command_line(process: psutil.Process) -> list[str]:
    """The words that started ``process``; none if it has ended."""
    try:
        command_line: list[str] = process.cmdline()
    except psutil.Error:
        return []
    return command_line

"""Subjects as processes: each on a port of its own, stopped by its process id."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.wrk import BenchmarkError

ROOT = Path(__file__).parents[2]
START_SECONDS, STOP_SECONDS = 30, 5


@dataclass(frozen=True, slots=True)
class Subject:
    """A running subject."""

    name: str
    pid: int
    port: int

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def resident_megabytes(self) -> float:
        output = subprocess.run(["ps", "-o", "rss=", "-p", str(self.pid)], capture_output=True, check=True).stdout
        return int(output) / 1024


@contextmanager
def running(name: str, url: str, directory: Path) -> Iterator[Subject]:
    """Start the subject ``name`` on the database at ``url``; stop it at the end, whatever happens.

    What it has to say goes to a file of its name in ``directory``.
    """
    port, log = _free_port(), directory / f"{name}.log"
    command = [sys.executable, "-m", "tests.bench.serve", name, url, str(directory), str(port)]
    # a session of its own: Ctrl-C is for the parent, which then stops this one
    with log.open("ab") as errors:
        process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stderr=errors, start_new_session=True)
    try:
        _wait(process, log, port)
        yield Subject(name, process.pid, port)
    finally:
        _stop(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait(process: subprocess.Popen[bytes], log: Path, port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise BenchmarkError(f"{log.stem} did not start: {log.read_text()[-500:]}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    if process.stdin:
        process.stdin.close()

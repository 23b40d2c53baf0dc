"""The load generator: wrk, sixteen connections, for some seconds."""

import json
import re
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.request import NUMBER, BenchRequest

CONNECTIONS = 16
SCRIPT = Path(__file__).parent / "cycle.lua"
RESULT_LINE = re.compile(r"^measured (\d+) (\d+) (\d+) (\d+) (\d+)$", re.MULTILINE)


class MissingToolError(Exception):
    """Something the benchmark needs is not on this machine; the message is the sentence to show."""


class BenchmarkError(Exception):
    """A subject gave errors under load, so its numbers mean nothing."""


@dataclass(frozen=True, slots=True)
class Load:
    """What one subject did in one round."""

    requests_per_second: float
    median_ms: float = 0
    p99_ms: float = 0


def find_wrk() -> str:
    """Where wrk is; installed first if that can be done without bench_request."""
    if shutil.which("wrk") is None and shutil.which("apt-get"):
        subprocess.run(["apt-get", "install", "--yes", "--quiet", "wrk"], capture_output=True, check=False)
    path = shutil.which("wrk")
    if path is None:
        raise MissingToolError(
            "wrk is needed to generate load: install it (apt-get install wrk, brew install wrk) and try again."
        )
    return path


def write_cycle(path: Path, cycle: Sequence[BenchRequest], *, checked: bool) -> None:
    """The requests as the Lua script reads them; JSON's strings are Lua's as long as they are ASCII."""
    raw = [bench_request.raw() for bench_request in cycle]
    flags = {"checked": checked, "numbered": NUMBER in raw[0]}
    settings = [f"{name} = {str(value).lower()}" for name, value in flags.items()]
    path.write_text("return {" + ",\n".join([*settings, *map(json.dumps, raw)]) + "}\n", "ascii")


def run_wrk(address: str, cycle: Path, seconds: float, number: int = 0) -> Load:
    """Put load on ``address``, marks numbered from ``number``; ``BenchmarkError`` unless every answer is good."""
    options = ["--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{seconds:.0f}s"]
    options += ["--timeout", "10s", "--script", str(SCRIPT)]
    command = [find_wrk(), *options, address, "--", str(cycle), str(number)]
    process = subprocess.run(command, capture_output=True, check=False, text=True, timeout=seconds + 60)
    return parse(process.stdout + process.stderr)


def parse(output: str) -> Load:
    match = RESULT_LINE.search(output)
    if match is None:
        raise BenchmarkError(f"wrk said nothing that can be read: {output[-500:]}")
    requests, microseconds, failures, median, p99 = map(int, match.groups())
    if failures or not requests:
        raise BenchmarkError(f"{failures} of {requests} answers were errors")
    return Load(requests / microseconds * 1e6, median / 1e3, p99 / 1e3)

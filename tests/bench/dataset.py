"""The organizations that are measured: made once, kept under the data directory."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import asyncpg

from db.embedded import OWNER, SERVER, EmbeddedServer
from db.migrate import migrate
from tests.bench.subjects import ROOT

REVISIONS = ROOT / "db" / "migrations" / "versions"
FILL = (Path(__file__).parent / "fill.sql").read_text("utf-8")


@dataclass(frozen=True, slots=True)
class Group:
    """Organizations of one size, by number; ``busy`` ones have users, weekly hours and overrides, too."""

    first: int
    last: int
    specialists: int
    busy: bool = True


@dataclass(frozen=True, slots=True)
class Dataset:
    """A database and what it holds."""

    name: str
    groups: tuple[Group, ...]

    @property
    def mark(self) -> str:
        """Changes with all that the rows are made from."""
        sources = repr((FILL, self.groups, [path.read_text("utf-8") for path in sorted(REVISIONS.glob("*.py"))]))
        return blake2b(sources.encode(), digest_size=9).hexdigest()


CROWD = 500  # specialists of an organization that is measured
DEEP, LITTLE = 101, 102  # the organization with many pages to go through, and the first of the small ones
SMALL = Dataset("bench_small", (Group(1, 10, CROWD),))
LARGE = Dataset(
    "bench_large",
    (Group(1, 100, CROWD), Group(DEEP, DEEP, 200_000, busy=False), Group(LITTLE, LITTLE + 9_999, 5)),
)
WRITES = "bench_writes"


async def fill(url: str, groups: Sequence[Group]) -> None:
    """Fill through the server's own role, which can do no more than an admin of each organization."""
    connection = await asyncpg.connect(url)
    try:
        for group in groups:
            await connection.execute(_settings(group) + FILL)
    finally:
        await connection.close()


def _settings(group: Group) -> str:
    values = {name: getattr(group, name) for name in Group.__slots__}
    return "".join(f"set bench.{name} = '{value}';" for name, value in values.items())


async def ensure(server: EmbeddedServer, dataset: Dataset, *, fresh: bool = False) -> None:
    """Make ``dataset`` unless it is there; one that was not finished, or made from older rules, is made anew."""
    await server.prepare()
    postgres = await asyncpg.connect(server.url("postgres", "postgres"))
    try:
        if not fresh and await postgres.fetchval(MARK, dataset.name) == dataset.mark:
            return
        await _create(postgres, dataset.name, f"owner {OWNER}")
        await migrate(server.url(OWNER, dataset.name), SERVER)
        await fill(server.url(SERVER, dataset.name), dataset.groups)
        await vacuum(server.url(OWNER, dataset.name))
        await postgres.execute("checkpoint")  # or it would come while something is measured
        await postgres.execute(f"comment on database {dataset.name} is '{dataset.mark}'")
    finally:
        await postgres.close()


MARK = "select shobj_description(oid, 'pg_database') from pg_database where datname = $1"


async def copy(server: EmbeddedServer, original: Dataset, name: str) -> None:
    """A copy that may be written to; nobody may be connected to ``original``."""
    postgres = await asyncpg.connect(server.url("postgres", "postgres"))
    try:
        await _create(postgres, name, f"template {original.name} owner {OWNER}")
    finally:
        await postgres.close()


async def version_of(url: str) -> str:
    """The version of the PostgreSQL at ``url``."""
    connection = await asyncpg.connect(url)
    try:
        version: str = await connection.fetchval("show server_version")
    finally:
        await connection.close()
    return version


async def vacuum(url: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute("vacuum analyze")
    finally:
        await connection.close()


async def _create(postgres: asyncpg.Connection, name: str, how: str) -> None:
    await postgres.execute(f"drop database if exists {name} with (force)")
    await postgres.execute(f"create database {name} {how}")

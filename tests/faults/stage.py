"""A server in processes of its own on a PostgreSQL of its own, and what has to hold after each fault."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractContextManager, asynccontextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from db.demo.ids import DEMO_CLINICS
from db.embedded import OWNER, SERVER
from resolvers.identity.development import DevelopmentKeys
from tests.faults.cluster import Cluster, new_directory
from tests.faults.load import MIN_WRITES, Journal, under_load
from tests.isolation.scratch import SUPERUSER, connected, run_sql
from tests.operation.commands import Commands, Running

Entered = TypeVar("Entered")
Record = Callable[[str, object, str], None]
TOKEN_SECONDS, MAX_RECOVERY_SECONDS = 3_600, 1.0
# Two rows of one key would break this constraint first; without it the keys alone prevent them.
FREE_SLUGS = "alter table specialists drop constraint if exists specialists_organization_id_slug_key"
ROWS = "select id, name, title, created_at from specialists where name like $1 || '-%'"


@dataclass(frozen=True)
class Stage:
    """A server, and the PostgreSQL that it has to do with now."""

    running: Running
    workers: int
    keys: DevelopmentKeys
    cluster: Cluster

    @property
    def tokens(self) -> dict[str, str]:
        """Return the tokens of an admin of each demo clinic."""
        return {slug: self.keys.demo_token(slug, "admin", TOKEN_SECONDS) for slug in DEMO_CLINICS}


@dataclass
class Outcome:
    """What one or several runs under load have shown."""

    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    duplicates: list[str] = field(default_factory=list)
    retried: int = 0
    repeated: int = 0  # retried keys whose first attempt was committed, though nobody was told so
    wrong: list[str] = field(default_factory=list)
    statuses: set[int] = field(default_factory=set)
    seconds: list[float] = field(default_factory=list)
    dead: int = 0
    ready: set[int] = field(default_factory=set)
    last_ready: list[int] = field(default_factory=list)

    async def add(self, journal: Journal, cluster: Cluster, seconds: float) -> None:
        """Compare what was acknowledged with what is stored."""
        async with connected(cluster.url(SUPERUSER)) as superuser:
            rows = await superuser.fetch(ROWS, journal.mark)
        stored, names = {row["id"]: row for row in rows}, [row["name"] for row in rows]
        self.acknowledged += journal.acknowledged
        self.lost += [key for key, id_ in journal.created.items() if id_ not in stored or stored[id_]["name"] != key]
        self.lost += [f"{id_}: {title}" for id_, title in journal.titles.items() if stored[id_]["title"] != title]
        self.duplicates += [name for name in names if names.count(name) > 1 or name not in journal.created]
        self.retried += len(journal.retried)
        created = {row["name"]: row["created_at"].timestamp() for row in rows}
        self.repeated += sum(created[key] < moment for key, moment in journal.retried.items())
        self.wrong += journal.wrong
        self.statuses |= set(journal.statuses)
        self.seconds.append(seconds)
        self.dead += sum(status != 200 for status in journal.probes["/livez"])
        self.ready |= set(journal.probes["/readyz"])
        self.last_ready.append(journal.probes["/readyz"][-1])


Fault = Callable[[Stage], Awaitable[float]]


async def endure(stage: Stage, fault: Fault, outcome: Outcome, cluster: Cluster | None = None) -> None:
    """Let ``fault`` happen under load; it returns the moment from which PostgreSQL accepts again, in ``cluster``."""
    await run_sql(stage.cluster.url(SUPERUSER), FREE_SLUGS)
    async with under_load(stage.running.address, stage.tokens) as journal:
        seconds = await journal.recover(await fault(stage))
        await journal.await_acknowledged(MIN_WRITES)
    await outcome.add(journal, cluster or stage.cluster, seconds)


def check(outcome: Outcome, what: str, record_figure: Record, max_seconds: float = MAX_RECOVERY_SECONDS) -> None:
    """Record the figures and hold them against the bars."""
    slowest = max(outcome.seconds)
    figure = (
        f"{outcome.acknowledged:,} acknowledged, {len(outcome.lost)} lost; {outcome.retried} keys retried, "
        f"{outcome.repeated} of them committed before, {len(outcome.duplicates)} duplicates; "
        f"statuses {', '.join(map(str, sorted(outcome.statuses)))}, {len(outcome.wrong)} wrong answers; "
        f"first success after {slowest:.2f} s"
    )
    record_figure(what, figure, f"0 lost, 0 duplicates, 0 wrong, {max_seconds:g} s")
    assert outcome.lost == []
    assert outcome.duplicates == []
    assert outcome.wrong == []
    assert outcome.dead == 0, "/livez"
    assert set(outcome.last_ready) == {200}
    assert slowest <= max_seconds, outcome.seconds


@asynccontextmanager
async def in_thread(manager: AbstractContextManager[Entered]) -> AsyncIterator[Entered]:
    """Enter and leave ``manager``, which blocks, while the event loop of the tests runs on."""
    value = await asyncio.to_thread(manager.__enter__)
    try:
        yield value
    finally:
        await asyncio.to_thread(manager.__exit__, None, None, None)


@asynccontextmanager
async def serve(
    cluster: Cluster, workers: int, *, url: str = "", port: int = 0, **settings: str
) -> AsyncIterator[Stage]:
    """Start a server on ``cluster``, under the address ``url`` or through ``port``; the database is made here."""
    await cluster.create_database()
    with new_directory() as directory:
        commands = Commands(directory)
        addresses = {"DATABASE_URL": url or cluster.url(SERVER, port=port), "DATABASE_ADMIN_URL": cluster.url(OWNER)}
        async with in_thread(commands.serving(**settings, WORKERS=str(workers), **addresses)) as running:
            await asyncio.to_thread(commands.await_output, "Application startup complete", workers)
            yield Stage(running, workers, DevelopmentKeys.load_or_create(commands.data_dir), cluster)

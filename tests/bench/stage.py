"""All that a run needs: database, cast, subjects; started when first asked for, stopped at the end."""

import asyncio
import signal
import sys
from contextlib import ExitStack
from functools import cache
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from urllib.parse import unquote

from db.embedded import SERVER, EmbeddedServer
from resolvers.identity.development import DevelopmentKeys
from tests.bench import dataset
from tests.bench.dataset import LARGE, SMALL, WRITES
from tests.bench.operations import Operation
from tests.bench.organizations import Organization, load_organizations
from tests.bench.pgbench import scripts
from tests.bench.subjects import ROOT, Subject, running
from tests.bench.wrk import write_cycle

DIRECTORY = ROOT / ".data" / "bench"
ORGANIZATIONS = {LARGE.name: range(1, 101), SMALL.name: range(1, 11), WRITES: range(1, 11)}
APART = 1_000_000  # more numbers than one round can use


def say(text: str) -> None:
    """Progress, beside the table."""
    sys.stderr.write(text + "\n")


class Stage:
    """A context: what was started inside is stopped when it is left, by Ctrl-C or failure, too."""

    def __init__(self, *, fresh: bool = False) -> None:
        self._fresh = fresh
        self._open = ExitStack()
        self._subjects: dict[tuple[str, str], Subject] = {}
        self._numbers = count(APART, APART)
        self.cast = cache(self._cast)
        self.cycle = cache(self._cycle)
        self.scripts = cache(self._scripts)

    def __enter__(self) -> "Stage":
        try:
            self.directory = Path(self._open.enter_context(TemporaryDirectory(prefix="bench-")))
            self.postgres = self._open.enter_context(EmbeddedServer(DIRECTORY / "postgres"))
            self.keys = DevelopmentKeys.load_or_create(DIRECTORY)
            for log in DIRECTORY.glob("*.log"):
                log.unlink()
            for group in (SMALL, LARGE):
                say(f"data set {group.name}")
                asyncio.run(dataset.ensure(self.postgres, group, fresh=self._fresh))
            asyncio.run(dataset.copy(self.postgres, SMALL, WRITES))
        except BaseException:
            self._open.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C must not leave anything running
        self._open.close()

    def url(self, database: str) -> str:
        return self.postgres.url(SERVER, database)

    @property
    def host(self) -> str:
        """The directory of the database's socket."""
        return unquote(self.url("postgres").partition("host=")[2])

    def subject(self, name: str, database: str) -> Subject:
        """The subject ``name`` on ``database``, one for the whole run."""
        if (name, database) not in self._subjects:
            say(f"starts {name} on {database}")
            server = running(name, self.url(database), DIRECTORY)
            self._subjects[name, database] = self._open.enter_context(server)
        return self._subjects[name, database]

    def organization(self, number: int) -> Organization:
        """One of the large database."""
        (organization,) = asyncio.run(load_organizations(self.url(LARGE.name), self.keys, (number,)))
        return organization

    def number(self) -> int:
        """The first of numbers that no other round uses."""
        return next(self._numbers)

    def _cast(self, database: str) -> list[Organization]:
        return asyncio.run(load_organizations(self.url(database), self.keys, ORGANIZATIONS[database]))

    def _cycle(self, operation: Operation) -> Path:
        path = self.directory / f"{operation.name}.lua"
        write_cycle(path, operation.cycle(self.cast(database_of(operation))), checked=operation.checked)
        return path

    def _scripts(self, operation: Operation) -> list[Path]:
        database = database_of(operation)
        texts = asyncio.run(scripts(self.url(database), operation.cycle(self.cast(database))))
        paths = [self.directory / f"{operation.name}-{i}.sql" for i in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, "utf-8")
        return paths


def database_of(operation: Operation) -> str:
    return WRITES if operation.writes else LARGE.name

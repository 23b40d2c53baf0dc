"""The table: a row for each thing measured, with every bar met or missed."""

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version

PACKAGES = ("strawberry-graphql", "graphql-core", "starlette", "uvicorn", "uvloop", "asyncpg", "sqlalchemy")
COLUMNS = ("server", "floor", "conventional", "postgres")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One bar: what was found, what is wanted, whether that holds."""

    found: str
    bar: str
    met: bool


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured, a figure for each subject, and the bars."""

    title: str
    figures: Mapping[str, str]
    verdicts: Sequence[Verdict]

    def lines(self) -> list[list[str]]:
        figures = [self.title, *(self.figures.get(name, "") for name in COLUMNS)]
        starts = [figures, *([""] * len(figures) for _ in self.verdicts[1:])]
        return [
            [*start, verdict.found, verdict.bar, "met" if verdict.met else "MISSED"]
            for start, verdict in zip(starts, self.verdicts, strict=True)
        ]


def table(rows: Sequence[Row]) -> str:
    """``rows`` as Markdown, aligned for the eye."""
    lines = [["operation", *COLUMNS, "found", "bar", ""], *(line for row in rows for line in row.lines())]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, ["-" * width for width in widths])
    return "\n".join(f"| {' | '.join(map(str.ljust, line, widths))} |" for line in lines)


def machine(postgres: str) -> str:
    """When and where this was measured, and with which versions."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    day = datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
    cores = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    return f"{day}, {cores}, Python {platform.python_version()}, PostgreSQL {postgres}, {packages}"

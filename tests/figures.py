"""Print what tests measure as a table at the end of a long run, which the README quotes."""

import os
from collections.abc import Callable, Iterable
from typing import TypeAlias

import pytest

LONG_RUN = bool(os.environ.get("FAULTS") or os.environ.get("FUZZ"))
FIGURE = "figure"
Figure = tuple[str, str, str]
RecordFigure: TypeAlias = Callable[[str, object, str], None]


@pytest.fixture
def record_figure(request: pytest.FixtureRequest) -> RecordFigure:
    """Return a function that notes a line of the table: what was measured, the figure seen and its bar.

    Call it before the assertion, so that a figure that misses its bar is in the table, too.
    """

    def record(what: str, figure: object, bar: str) -> None:
        request.node.user_properties.append((FIGURE, (what, str(figure), bar)))

    return record


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures as a table in Markdown."""
    if LONG_RUN and (figures := list(_figures(terminalreporter))):
        terminalreporter.section("figures")
        for cells in (("what", "figure", "bar"), ("---",) * 3, *figures):
            terminalreporter.write_line(f"| {' | '.join(cells)} |")


def _figures(terminalreporter: pytest.TerminalReporter) -> Iterable[Figure]:
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    for report in sorted(reports, key=lambda report: report.nodeid):
        if report.when == "call":
            yield from (value for name, value in report.user_properties if name == FIGURE)

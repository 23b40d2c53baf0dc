"""Long runs are skipped unless ``FAULTS=1``; what tests measure is printed as a table at the end of such a run."""

import os
from collections.abc import Callable, Iterable

import pytest

LONG_RUN = bool(os.environ.get("FAULTS"))
FIGURE = "figure"
Figure = tuple[str, str, str]


def pytest_collection_modifyitems(items: Iterable[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("long") and not LONG_RUN:
            item.add_marker(pytest.mark.skip(reason="a long run: make faults"))


@pytest.fixture
def record_figure(request: pytest.FixtureRequest) -> Callable[[str, object, str], None]:
    """Return a function that notes a line of the table: what was measured, the figure seen and its bar.

    Call it before the assertion, so that a figure that misses its bar is in the table, too.
    """

    def record(what: str, figure: object, bar: str) -> None:
        request.node.user_properties.append((FIGURE, (what, str(figure), bar)))

    return record


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures as a table in Markdown, which the README quotes."""
    if LONG_RUN and (figures := list(_figures(terminalreporter))):
        terminalreporter.section("figures")
        for cells in (("what", "figure", "bar"), ("---",) * 3, *figures):
            terminalreporter.write_line(f"| {' | '.join(cells)} |")


def _figures(terminalreporter: pytest.TerminalReporter) -> Iterable[Figure]:
    reports = [report for kind in ("passed", "failed") for report in terminalreporter.getreports(kind)]
    for report in sorted(reports, key=lambda report: report.nodeid):
        if report.when == "call":
            yield from (value for name, value in report.user_properties if name == FIGURE)

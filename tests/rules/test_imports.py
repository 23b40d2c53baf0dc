"""Imports point down, which pyproject.toml declares; nothing imports itself, and SQL runs in few modules."""

import subprocess
import sys
from graphlib import TopologicalSorter
from pathlib import Path

from tests.rules.sources import ROOT, graph, server_modules

LINTER = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo"]
SQL_RUNS_IN = {"db.database", "db.guard", "db.migrate", "db.embedded"}
RUNS_SQL = {"execute", "executemany", "fetch", "fetchrow", "fetchval", "copy_from_query"}


def test_the_contracts_of_imports_are_kept() -> None:
    result = subprocess.run(LINTER, cwd=ROOT, capture_output=True, text=True, check=False)

    assert result.returncode == 0, result.stdout + result.stderr
    assert "0 kept" not in result.stdout


def test_no_modules_import_each_other_in_a_circle() -> None:
    TopologicalSorter(graph()).prepare()  # raises CycleError, which names the circle


def test_imports_are_absolute_and_at_the_top() -> None:
    """What is imported late hides a circle; the entry point alone waits until it knows that it is run."""
    assert [module.name for module in server_modules() if module.late_imports() and module.name != "app"] == []
    assert [module.name for module in server_modules() if module.relative_imports()] == []


def test_few_modules_run_sql() -> None:
    modules = [module for module in server_modules() if module.name not in SQL_RUNS_IN]
    calls = {module.name: RUNS_SQL & set(module.called()) for module in modules}

    assert {name for name, methods in calls.items() if methods and not name.startswith("db.migrations.")} == set()

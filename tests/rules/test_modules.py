"""How modules look: short, opened by a sentence, each in a package. Each test names the offenders."""

import ast
from statistics import median

from tests.rules.sources import Module, modules, rooms

LONGEST, MEDIAN = 250, 80
EVERY = list(modules().values())


def lines(module: Module) -> int:
    return len(module.text.splitlines())


def opening(module: Module) -> str:
    return (ast.get_docstring(module.tree) or "").partition("\n")[0]


def is_in_a_package(module: Module) -> bool:
    """The entry point stands alone, and alembic reads the revisions by their path."""
    return (
        (module.path.parent / "__init__.py").exists()
        or module.name == "app"
        or module.name.startswith("db.migrations.versions.")
    )


def test_no_module_is_long() -> None:
    assert {module.name: lines(module) for module in EVERY if lines(module) > LONGEST} == {}


def test_half_of_the_modules_are_short() -> None:
    assert median(lines(module) for module in rooms()) <= MEDIAN


def test_every_module_opens_with_what_it_is_for() -> None:
    assert [module.name for module in EVERY if len(opening(module)) < 10] == []


def test_every_module_lies_in_a_package() -> None:
    assert [module.name for module in EVERY if not is_in_a_package(module)] == []


def test_every_room_is_looked_at() -> None:
    assert {module.room for module in EVERY} == {"app", "schema", "resolvers", "db", "tests"}
    assert len(EVERY) > 200

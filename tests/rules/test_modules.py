"""How modules look: short, opened by a sentence, each in a package. Each test names the offenders."""

import ast
from collections.abc import Iterator

from tests.rules.sources import ROOT, Module, modules, server_modules

MAX_MODULE_LINES, MAX_TEST_MODULE_LINES, MAX_FUNCTION_LINES = 300, 250, 40
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


def long_functions(module: Module) -> Iterator[str]:
    """Yield the server's functions of more than ``MAX_FUNCTION_LINES``, decorators left out."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > MAX_FUNCTION_LINES:
                yield f"{module.path.relative_to(ROOT)}:{node.lineno}: {node.name} ({length} lines)"


def test_no_module_is_long() -> None:
    limits = {True: MAX_TEST_MODULE_LINES, False: MAX_MODULE_LINES}

    assert {module.name: lines(module) for module in EVERY if lines(module) > limits[module.is_test]} == {}


def test_no_function_is_long() -> None:
    assert [place for module in server_modules() for place in long_functions(module)] == []


def test_every_module_opens_with_what_it_is_for() -> None:
    assert [module.name for module in EVERY if len(opening(module)) < 10] == []


def test_every_module_lies_in_a_package() -> None:
    assert [module.name for module in EVERY if not is_in_a_package(module)] == []


def test_every_package_is_looked_at() -> None:
    assert {module.package for module in EVERY} == {"app", "schema", "resolvers", "db", "tests"}
    assert len(EVERY) > 200

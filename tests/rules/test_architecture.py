"""ARCHITECTURE.md is true: it has every module of the server, and all that it names exists."""

import ast
import re
from collections.abc import Iterator
from functools import cache

from schema.server.settings import SETTING_NAMES
from tests.rules.sources import ROOT, Module, server_modules

DOCUMENT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
QUOTED = sorted(set(re.findall(r"`([^`\n]+)`", DOCUMENT)))
PATHS = [text for text in QUOTED if re.fullmatch(r"\w[\w/]*(\.py|/)", text)]
FUNCTIONS = [text.removesuffix("()") for text in QUOTED if re.fullmatch(r"\w+(\.\w+)?\(\)", text)]
NAMES = [text for text in QUOTED if re.fullmatch(r"[A-Z]\w*", text)]
NUMBERS = re.findall(r"([\d,]+) \(`([A-Z_]+)`\)", DOCUMENT)
FUNCTION_KINDS = (ast.FunctionDef, ast.AsyncFunctionDef)
SKIPPED = ("__init__.py", "db/migrations/versions/", "db/demo/")


def described_modules() -> Iterator[str]:
    for module in server_modules():
        path = module.path.relative_to(ROOT).as_posix()
        if not path.endswith(SKIPPED) and not path.startswith(SKIPPED):
            yield path


def definitions_of(module: Module) -> Iterator[tuple[str, ast.AST]]:
    """Yield what the module and its classes define: functions, ``Class.method``, classes and assigned names."""
    for node in module.tree.body:
        yield from ((name, node) for name in _names(node))
        if isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{name}", member) for member in node.body for name in _names(member))


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        return [node.name]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    return [target.id for target in targets if isinstance(target, ast.Name)]


@cache
def definitions() -> dict[str, list[ast.AST]]:
    nodes: dict[str, list[ast.AST]] = {}
    for module in server_modules():
        for name, node in definitions_of(module):
            nodes.setdefault(name, []).append(node)
    return nodes


def values_of(name: str) -> list[object]:
    values = [node.value for node in definitions()[name] if isinstance(node, ast.Assign)]
    return [value.value for value in values if isinstance(value, ast.Constant)]


def test_every_module_is_in_the_document() -> None:
    paths = list(described_modules())

    assert len(paths) > 100
    assert [path for path in paths if f"- `{path}` " not in DOCUMENT] == []


def test_every_path_in_the_document_exists() -> None:
    assert len(PATHS) > 100
    assert [path for path in PATHS if not (ROOT / path).exists()] == []


def test_every_function_in_the_document_exists() -> None:
    assert len(FUNCTIONS) > 50
    assert [
        name for name in FUNCTIONS if not any(isinstance(node, FUNCTION_KINDS) for node in definitions().get(name, ()))
    ] == []


def test_every_class_and_constant_in_the_document_exists() -> None:
    assert len(NAMES) > 30
    assert set(NAMES) - definitions().keys() - set(SETTING_NAMES) == set()


def test_every_number_in_the_document_is_that_of_its_constant() -> None:
    assert len(NUMBERS) > 5
    assert [number for number, name in NUMBERS if int(number.replace(",", "")) not in values_of(name)] == []

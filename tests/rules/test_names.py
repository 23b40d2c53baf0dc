"""Values are named by nouns: names such as ``found`` or ``given`` say nothing about what they hold.

``python -m tests.rules.test_names`` lists those that are left.
"""

import ast
import sys
from collections.abc import Iterator

from tests.rules.sources import PACKAGES, ROOT, Module, modules

MAX_VAGUE_NAMES = 14
# Participles, and words as empty as they are. Terms of HTTP, JSON Schema, SQL or the API stay:
# accept, constraint, deleted, encoded, expected, included, locked, nested, pending, related, required, timeout.
WORDS = """
added aimed allowed announced answered applied asked begun below beside bought broken brought built called
carried caught changed checked chosen coerced collected coming compared counted covered cut dealt decided
declared described done drawn dropped each ended failed filled folded found gathered given gone got had handed
heard held introspected joined kept known laid learned left listed looked lost made marked matched meant
measured met missed mixed named noted numbered offered opened ordered owed packed paid passed picked placed
promised proved put quoted reached received refused rejected remaining remembered removed replaced returned said
seen sent served shown signed sorted spelled spent spoken started stored stripped taken taught things thought
tied told tried turned typed understood used visited waited wanted weighed withheld won worked written
"""
VAGUE = frozenset(WORDS.split())


def bindings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield the line and the name of every variable, parameter, attribute and alias that ``tree`` binds."""
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name
            case ast.arg(arg=name):
                yield node.lineno, name
            case (
                ast.ExceptHandler(name=str(name))
                | ast.MatchAs(name=str(name))
                | ast.MatchStar(name=str(name))
                | ast.MatchMapping(rest=str(name))
            ):
                yield node.lineno, name


def is_vague(name: str) -> bool:
    return name.strip("_").lower() in VAGUE


def vague_names() -> list[str]:
    """List the vague names of the server's own modules, each with its file and line."""
    return sorted({place for module in modules().values() if module.package in PACKAGES for place in _of(module)})


def _of(module: Module) -> Iterator[str]:
    for line, name in bindings(module.tree):
        if is_vague(name):
            yield f"{module.path.relative_to(ROOT)}:{line}: {name}"


def test_values_are_named_by_nouns() -> None:
    names = vague_names()

    assert len(names) <= MAX_VAGUE_NAMES, names


def test_every_kind_of_binding_is_looked_at() -> None:
    source = """
def answer(given, /, told=1, *named, seen, **passed):
    kept: int = (joined := 1)
    for listed, (counted, *stored) in [turned for turned in given]:
        self.held = lambda asked: asked
    with open(told) as shown:
        pass
    try:
        pass
    except OSError as made:
        pass
    match given:
        case {"a": wanted, **known} | [wanted, *known]:
            pass
class Row:
    found: int
    _each_ = 2
"""
    names = "given told named seen passed kept joined listed counted stored turned held asked shown made wanted known"

    assert {name for _, name in bindings(ast.parse(source)) if is_vague(name)} == {*names.split(), "found", "_each_"}


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in (*vague_names(), len(vague_names())))

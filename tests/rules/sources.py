"""The files of the repository, and what each module imports."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("app", "schema", "resolvers", "db")  # each may import those that follow


@cache
def files() -> tuple[Path, ...]:
    """Every file that belongs to the repository: what ``.gitignore`` names is left out."""
    ignored = {line.strip("/") for line in (ROOT / ".gitignore").read_text().split() if not line.startswith("#")}
    return tuple(sorted(_walk(ROOT, ignored | {".git"})))


def _walk(directory: Path, ignored: set[str]) -> Iterator[Path]:
    for path in directory.iterdir():
        if not any(path.match(each) for each in ignored):
            if path.is_dir():
                yield from _walk(path, ignored)
            elif path.is_file():
                yield path


@dataclass(frozen=True)
class Module:
    name: str
    path: Path

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def package(self) -> str:
        return self.name.partition(".")[0]

    @property
    def is_test(self) -> bool:
        return self.package == "tests"

    def imports(self) -> Iterator[str]:
        """What it imports, wherever in the module: the modules, or ``module.name`` for a name taken from one."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (each.name for each in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{self._source(node)}.{each.name}" for each in node.names)

    def late_imports(self) -> list[ast.stmt]:
        """Imports within a function or a branch, but for those that only the type checker sees."""
        tree, kinds = self.tree, (ast.Import, ast.ImportFrom)
        top = {id(node) for node in tree.body}
        for node in tree.body:
            if isinstance(node, ast.If | ast.With):  # ``if TYPE_CHECKING:``, ``with warnings.catch_warnings():``
                top |= {id(each) for each in node.body}
        return [node for node in ast.walk(tree) if isinstance(node, kinds) and id(node) not in top]

    def relative_imports(self) -> list[int]:
        return [node.lineno for node in ast.walk(self.tree) if isinstance(node, ast.ImportFrom) and node.level]

    def called(self) -> Iterator[str]:
        """The names of the methods that are called."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                yield node.func.attr

    def _source(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        package = self.name.split(".") if self.path.name == "__init__.py" else self.name.split(".")[:-1]
        base = package[: len(package) - node.level + 1]
        return ".".join([*base, *([node.module] if node.module else [])])


@cache
def modules() -> dict[str, Module]:
    """Every Python module, by name."""
    found = {}
    for path in files():
        if path.suffix == ".py":
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            found[name] = Module(name, path)
    return found


def server_modules() -> list[Module]:
    """The modules of the server itself."""
    return [module for module in modules().values() if module.package in PACKAGES]


@cache
def graph() -> dict[str, frozenset[str]]:
    """Of every module, our own modules that it imports."""
    known = modules()
    found = {}
    for name, module in known.items():
        named = (each if each in known else each.rpartition(".")[0] for each in module.imports())
        found[name] = frozenset(each for each in named if each in known and each != name)
    return found

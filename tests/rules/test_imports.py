"""Imports point down, the lower rooms know nothing of the web, and nothing imports itself."""

from collections.abc import Iterator

from tests.rules.sources import ROOMS, Module, graph, rooms

WEB = {"starlette", "strawberry", "graphql", "uvicorn", "httptools", "multipart"}
FOREIGN = {"resolvers": WEB, "db": WEB | {"httpx", "jwt", "cryptography"}}
SQL_RUNS_IN = {"db.database", "db.guard", "db.migrate", "db.embedded"}
RUNS_SQL = {"execute", "executemany", "fetch", "fetchrow", "fetchval", "copy_from_query"}


def cycles() -> Iterator[list[str]]:
    """Each set of modules that import each other in a circle (Tarjan's strongly connected components)."""
    edges, index, low, stack = graph(), dict[str, int](), dict[str, int](), list[str]()

    def visit(name: str) -> Iterator[list[str]]:
        index[name] = low[name] = len(index)
        stack.append(name)
        for each in sorted(edges[name]):
            if each not in index:
                yield from visit(each)
                low[name] = min(low[name], low[each])
            elif each in stack:
                low[name] = min(low[name], index[each])
        if low[name] == index[name]:
            component = stack[stack.index(name) :]
            del stack[stack.index(name) :]
            if len(component) > 1:
                yield sorted(component)

    for name in sorted(edges):
        if name not in index:
            yield from visit(name)


def imported(module: Module, rooms_or_libraries: set[str]) -> list[str]:
    """What ``module`` imports from any of these."""
    return [f"{module.name}: {each}" for each in module.imports() if each.partition(".")[0] in rooms_or_libraries]


def test_imports_point_down() -> None:
    above = {room: {*ROOMS[:place], "tests"} for place, room in enumerate(ROOMS)}

    assert [each for module in rooms() for each in imported(module, above[module.room])] == []


def test_the_lower_rooms_know_nothing_of_the_web() -> None:
    assert [each for module in rooms() for each in imported(module, FOREIGN.get(module.room, set()))] == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    assert list(cycles()) == []


def test_imports_are_absolute_and_at_the_top() -> None:
    """What is imported late hides a circle; the entry point alone waits until it knows that it is run."""
    assert [module.name for module in rooms() if module.late_imports() and module.name != "app"] == []
    assert [module.name for module in rooms() if module.relative_imports()] == []


def test_sql_runs_behind_one_door() -> None:
    elsewhere = [
        module for module in rooms() if module.name not in SQL_RUNS_IN and not module.name.startswith("db.migrations.")
    ]

    assert [f"{module.name}: {name}" for module in elsewhere for name in module.called() if name in RUNS_SQL] == []

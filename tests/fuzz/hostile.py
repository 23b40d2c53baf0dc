"""Build hostile GraphQL requests: documents, variables and batches."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from tests.fuzz.hostile_documents import CLASSES

Body: TypeAlias = dict[str, Any] | list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class HostileRequest:
    """The body of a POST to ``/graphql``; ``name`` is the class of the attack and its size."""

    name: str
    body: Body

    def variant(self, number: int) -> Body:
        """Return the same body with a comment in its documents, so that no cache has it."""
        if isinstance(self.body, list):
            return [_with_comment(operation, f"{number}.{place}") for place, operation in enumerate(self.body)]
        return _with_comment(self.body, str(number))


def _with_comment(operation: dict[str, Any], comment: str) -> dict[str, Any]:
    return operation | {"query": f"{operation['query']}\n#{comment}"}


def _with_variables(count: int) -> Iterator[tuple[str, Body]]:
    """Yield requests whose variables are large."""
    lists = "query ($v: [SpecialistSort!]) { specialists(sort: $v) { totalCount } }"
    filters = "query ($v: SpecialistFilter) { specialists(filter: $v) { totalCount } }"
    overrides = "mutation ($v: [OverrideInput!]!) { setOverrides(specialistId: 1, overrides: $v) { id } }"
    override = {"date": "2026-01-01", "isAvailable": False, "reason": "x"}
    values: dict[str, tuple[str, Any]] = {
        "a list": (lists, ["NAME_ASC"] * count),
        "an invalid list": (lists, ["X"] * count),
        "a list of lists": (lists, [["NAME_ASC"]] * count),
        "unknown inputs": (filters, {f"x{number}": 1 for number in range(count)}),
        "a long search": (filters, {"search": "x " * count}),
        "objects": (overrides, [override] * count),
        "invalid objects": (overrides, [{"x": 1}] * count),
        "a value for no variable": ("{ viewer { role } }", list(range(count))),
    }
    for name, (query, value) in values.items():
        yield f"{name} in a variable", {"query": query, "variables": {"v": value}}


def _batches() -> Iterator[HostileRequest]:
    """Yield batches of documents that are hostile each."""
    for name, (builder, sizes) in CLASSES.items():
        if name.startswith(("overlapping", "aliases", "introspect")):
            yield HostileRequest(f"batch of {name}", [{"query": builder(sizes[len(sizes) // 2])}] * 10)


def hostile_requests() -> Iterator[HostileRequest]:
    """Yield every class of attack in each of its sizes."""
    for name, (builder, sizes) in CLASSES.items():
        for size in sizes:
            yield HostileRequest(f"{name}: {size:,}", {"query": builder(size), "variables": {"v": True}})
    for size in (100, 1_000, 5_000, 20_000):
        for name, body in _with_variables(size):
            yield HostileRequest(f"{name}: {size:,}", body)
    yield from _batches()

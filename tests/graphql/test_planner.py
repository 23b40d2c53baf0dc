"""What is kept of documents and plans stays within bounds, whatever the documents are blown up with."""

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import product

import pytest

from schema.graphql.errors import RequestFailedError
from schema.graphql.plan import Planner

CACHE = 1 << 18  # bytes of each of the three
BOUND = 3 * CACHE  # both full, and what is not counted
LONG = 10_000
TOOTH = "\U0001f9b7"  # makes every character of its text take four bytes of memory


@contextmanager
def allocated() -> Iterator[Callable[[], int]]:
    """Yield what tells how many bytes are in use that were not at the beginning."""

    def memory() -> int:
        gc.collect()  # the tokens of a document refer to each other
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        yield memory
    finally:
        tracemalloc.stop()


@pytest.fixture
def planner() -> Planner:
    return Planner(document_bytes=CACHE, plan_bytes=CACHE, refusal_bytes=CACHE)


BLOWN_UP: dict[str, Callable[[int], tuple[str, str | None]]] = {
    "a comment": lambda n: (f"#{n}{'x' * LONG}\n{{ viewer {{ role }} }}", None),
    "a comment of teeth": lambda n: (f"#{n}{TOOTH * (LONG // 4)}\n{{ viewer {{ role }} }}", None),
    "commas": lambda n: (f"{{ viewer {{ role {',' * (LONG + n)} }} }}", None),
    "the name of the operation": lambda n: (
        f"query N{n}{'x' * LONG} {{ viewer {{ role }} }}",
        f"N{n}{'x' * LONG}",
    ),
    "an alias": lambda n: (f"{{ viewer {{ a{n}{'x' * LONG}: role }} }}", None),
    "a string": lambda n: (f'{{ specialists(filter: {{search: "{n}{"x" * LONG}"}}) {{ totalCount }} }}', None),
}


@pytest.mark.parametrize("case", BLOWN_UP)
def test_long_documents_do_not_add_up(case: str, planner: Planner) -> None:
    with allocated() as memory:
        for number in range(60):
            planner.plan(*BLOWN_UP[case](number), {})

        assert memory() < BOUND


def test_short_documents_do_not_add_up(planner: Planner) -> None:
    with allocated() as memory:
        for number in range(200):
            planner.plan(f"query Q{number} {{ viewer {{ role organization {{ id slug name }} }} }}", None, {})

        assert memory() < BOUND


def test_the_plans_of_one_document_do_not_add_up(planner: Planner) -> None:
    names = [f"v{number}" for number in range(7)]
    declarations = ", ".join(f"${name}: Boolean!" for name in names)
    fields = " ".join(f"a{name}: role @include(if: ${name})" for name in names)
    document = f"query ({declarations}) {{ viewer {{ {fields} }} }}"

    with allocated() as memory:
        for values in product([True, False], repeat=len(names)):
            planner.plan(document, None, dict(zip(names, values, strict=True)))

        assert memory() < BOUND


def test_a_document_of_usual_size_is_planned_once(planner: Planner) -> None:
    document = "query ($n: Int) { specialists(first: $n) { nodes { id name } } }"

    plans = [planner.plan(document, None, {"n": number})[0] for number in range(3)]

    assert plans[0] is plans[1] is plans[2]


def test_refusals_do_not_add_up(planner: Planner) -> None:
    with allocated() as memory:
        for number in range(60):
            with pytest.raises(RequestFailedError):
                planner.plan(f"#{number}{'x' * LONG}\n{{ viewer {{ nothing }} }}", None, {})

        assert memory() < BOUND

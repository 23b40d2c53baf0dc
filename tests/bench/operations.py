"""What is measured: operations, each with a fixed cycle of requests and the bars it must meet."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench.documents import CREATE, LIST_25, LIST_100, ONE, UPDATE
from tests.bench.organizations import Organization
from tests.bench.request import NUMBER, BenchRequest

CYCLE = 100
Values = Callable[[Organization, int], dict[str, Any]]


@dataclass(frozen=True, slots=True, eq=False)
class Operation:
    """``bars``: how many times a subject's requests a second this server must serve at least.

    ``values`` are those of the n-th request of the cycle. An answer to a ``checked`` operation
    can be an error in spite of its status, so the load generator reads it. ``fresh`` are keys
    that no two answers share.
    """

    name: str
    title: str
    bars: Mapping[str, float]
    values: Values
    document: str | None = None
    writes: bool = False
    checked: bool = False
    fresh: tuple[str, ...] = ()
    subjects: Sequence[str] = ("server", "floor", "conventional")

    def cycle(self, cast: Sequence[Organization]) -> list[BenchRequest]:
        """The same requests in the same order for whoever is measured."""
        requests = []
        for n in range(CYCLE):
            organization = cast[n % len(cast)]
            requests.append(BenchRequest(organization, self.name, self.values(organization, n), self.document))
        return requests


def _id(organization: Organization, n: int) -> str:
    return str(organization.specialists[n % len(organization.specialists)])


def _create(organization: Organization, n: int) -> dict[str, Any]:
    first = n % (len(organization.specialties) - 1)
    return {
        "input": {
            "name": "Dr. Ada Moreau",
            "title": "Consultant",
            "slug": f"made-{NUMBER}",
            "userId": str(organization.users[n % len(organization.users)]),
            "specialtyIds": [str(specialty) for specialty in organization.specialties[first : first + 2]],
        }
    }


def _update(organization: Organization, n: int) -> dict[str, Any]:
    return {"id": _id(organization, n), "input": {"title": f"Consultant {NUMBER}"}}


OPERATIONS = (
    Operation(
        "list25",
        "GraphQL, 25 specialists + specialties + user + total",
        {"floor": 0.85, "conventional": 15},
        lambda _, n: {"page": 1 + n // 10},
        LIST_25,
    ),
    Operation(
        "list100",
        "GraphQL, 100 specialists, every field, all four includes",
        {"floor": 0.90, "conventional": 25},
        lambda _, n: {"page": 1 + n // 25},
        LIST_100,
    ),
    Operation(
        "one",
        "GraphQL, one specialist by id with includes",
        {"floor": 0.75},
        lambda organization, n: {"id": _id(organization, n)},
        ONE,
        checked=True,
    ),
    Operation(
        "rest25",
        "REST, list of 25 with include=specialties,user",
        {"floor": 0.85},
        lambda _, n: {"page": 1 + n // 10, "include": "specialties,user"},
        subjects=("server", "floor"),
    ),
    Operation(
        "create",
        "GraphQL, create a specialist",
        {"floor": 0.70},
        _create,
        CREATE,
        writes=True,
        checked=True,
        fresh=("id", "slug"),
    ),
    Operation("update", "GraphQL, update a specialist", {"floor": 0.70}, _update, UPDATE, writes=True, checked=True),
)

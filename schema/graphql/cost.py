"""The cost of a GraphQL request, counted before anything runs: a short document can ask for very much."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from db.query import PageQuery
from db.selection import Read, Selection
from resolvers.cost import LIST_WEIGHT, MAX_COST, ROOT_LISTS, data_weight, list_count, to_cost
from resolvers.errors.request import GraphqlValidationFailed
from schema.graphql.errors import LocatedProblem, RequestFailedError
from schema.graphql.limits import MAX_DEPTH, MAX_TOKENS

WEIGHTS: Mapping[str, int] = {
    "documents": 1_000,  # a token: to parse and validate it, which the caches do not always save
    "data": 1,  # a byte of records, see resolvers.weights
    "lists": LIST_WEIGHT,
    "conditions": 53_000,  # of lists: PostgreSQL plans each
    "fields": 4_000,  # selections, after fragments were spread: to select and compile one
    "introspection": 1_600,  # a value of it, which takes the library about 8 microseconds
}
TOO_EXPENSIVE = "The operations of a request may cost {:,} in all, and come to {:,}, most of it for {}"
TOO_DEEP = f"The operation is nested more than {MAX_DEPTH} levels deep"


@dataclass(slots=True)
class CostCounter:
    """A counter of the cost of one operation, or of one request with all operations of its batch.

    ``weights`` are by kind of work; the cost is their sum.
    """

    weights: dict[str, int] = field(default_factory=lambda: dict.fromkeys(WEIGHTS, 0))

    @property
    def total(self) -> int:
        return to_cost(sum(self.weights.values()))

    def amount(self, kind: str) -> int:
        """Return how much of one kind of work was counted."""
        return self.weights[kind] // WEIGHTS[kind]

    def add(self, **amounts: int) -> None:
        """Add ``amounts``; raise ``RequestFailedError``, and add none of them, where the cost exceeds its limit."""
        self.weights = self._check(amounts)

    def check(self, **amounts: int) -> None:
        """Raise ``RequestFailedError`` where the cost with ``amounts`` exceeds its limit."""
        self._check(amounts)

    def _check(self, amounts: Mapping[str, int]) -> dict[str, int]:
        """Return the weights with ``amounts`` added."""
        weights = self.weights | {kind: self.weights[kind] + n * WEIGHTS[kind] for kind, n in amounts.items()}
        cost = to_cost(sum(weights.values()))
        if cost > MAX_COST:
            largest = max(weights, key=lambda kind: weights[kind])
            problem = GraphqlValidationFailed(TOO_EXPENSIVE.format(MAX_COST, cost, largest))
            raise RequestFailedError([LocatedProblem(problem, extensions={"cost": cost, "limit": MAX_COST})])
        return weights

    def add_refusal(self, text: str) -> None:
        """Add the document ``text``, which was refused: so many tokens, at most, were looked at."""
        self.weights["documents"] += min(len(text), MAX_TOKENS) * WEIGHTS["documents"]

    def add_selections(self, count: int, lists: int, depth: int) -> None:
        """Add ``count`` selections of an object that is ``depth`` levels down, ``lists`` of them with others below."""
        if depth > MAX_DEPTH:
            raise RequestFailedError.from_problem(GraphqlValidationFailed(TOO_DEEP))
        self.add(fields=count, lists=lists)

    def add_reads(self, reads: Sequence[Read], fields: int) -> None:
        """Add what the database reads for an operation of so many ``fields``; raise as ``add`` does."""
        data = lists = conditions = 0
        for read in reads:
            data += data_weight(read)
            lists += list_count(read)
            if isinstance(read.query, PageQuery):
                conditions += len(read.query.filters)
        self.add(data=data, lists=lists, conditions=conditions, fields=fields)

    def add_writes(self, selections: Iterable[Selection], roots: int, fields: int) -> None:
        """Add what ``roots`` fields of a mutation write, and read back with ``selections``; raise as ``add`` does."""
        data, lists = 0, ROOT_LISTS * roots
        for selection in selections:
            data += selection.weight
            lists += selection.lists
        self.add(data=data, lists=lists, fields=fields)

    def render(self) -> dict[str, int]:
        """Return the cost, its limit, and what each kind of work adds to it, as clients see it on request."""
        parts = {kind: to_cost(weight) for kind, weight in self.weights.items()}
        return {"cost": self.total, "limit": MAX_COST, **parts}

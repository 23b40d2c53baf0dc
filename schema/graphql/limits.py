"""Limits on what a request may ask for: a document that is short on the wire can have a very large response."""

from collections.abc import Sequence

from db.query import PageQuery
from db.selection import Read
from resolvers.errors.request import GraphqlValidationFailed
from schema.graphql.errors import RequestFailedError

MAX_TOKENS = 2_000
MAX_ERRORS = 5  # in one response
MAX_DEPTH = 15
MAX_FIELDS = 5_000
MAX_CONDITIONS = 300  # of all lists of an operation: planning them takes PostgreSQL's time
MAX_RECORDS = 100_000
MAX_VALUES = 10_000  # of introspection: each takes the library about 8 microseconds
MAX_OPERATIONS = 10  # in one batch
LIST_RECORDS = 5  # what a list without pages counts for: a specialist has about so many of anything

LIMITS: dict[str, tuple[int, str]] = {
    "fields": (MAX_FIELDS, "The operations of a request may ask for {:,} fields in all"),
    "values": (MAX_VALUES, "The introspection of a request may come to {:,} values in all"),
    "conditions": (MAX_CONDITIONS, "The lists of a request may have {:,} conditions in all"),
    "records": (MAX_RECORDS, "The pages of a request may come to {:,} records in all"),
}
TOO_MANY_SELECTIONS = (
    f"The operation is nested more than {MAX_DEPTH} levels deep or asks for more than {MAX_FIELDS:,} fields"
)


class CostCounter:
    """A counter of what one operation asks for, or one request with all operations of its batch."""

    def __init__(self) -> None:
        self.amounts: dict[str, int] = {}

    def add(self, **amounts: int) -> None:
        """Add ``amounts``; raise ``GraphqlValidationFailed``, and add none of them, where one exceeds its limit."""
        self.amounts |= self.check(**amounts)

    def check(self, **amounts: int) -> dict[str, int]:
        """Return the totals with ``amounts``; raise ``GraphqlValidationFailed`` where one exceeds its limit."""
        totals = {name: self.amounts.get(name, 0) + amount for name, amount in amounts.items()}
        for name, total in totals.items():
            limit, sentence = LIMITS[name]
            if total > limit:
                raise GraphqlValidationFailed(sentence.format(limit))
        return totals

    def add_selections(self, count: int, depth: int) -> None:
        """Add ``count`` selections of one operation as fields; raise ``RequestFailedError`` if too many or too deep."""
        self.amounts["fields"] = total = self.amounts.get("fields", 0) + count
        if depth > MAX_DEPTH or total > MAX_FIELDS:
            raise RequestFailedError.from_problem(GraphqlValidationFailed(TOO_MANY_SELECTIONS))

    def add_reads(self, reads: Sequence[Read]) -> None:
        """Add the conditions and records that the database handles for ``reads``; raise as ``add`` does."""
        conditions = records = 0
        for read in reads:
            rows = 1
            if isinstance(read.query, PageQuery):
                rows = read.query.size
                conditions += len(read.query.filters)
            records += rows * read.selection.records
        self.add(conditions=conditions, records=records)

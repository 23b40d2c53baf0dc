"""How much one document may ask for: what is small on the wire can be very large in the answer."""

from collections.abc import Sequence

from db.query import PageQuery
from db.selection import Read
from resolvers.errors.request import GraphqlValidationFailed
from schema.graphql.failure import Failure, RequestFailed

MAX_TOKENS = 2_000
MAX_ERRORS = 5  # that one answer tells
DEEPEST = 15
MAX_FIELDS = 5_000
MAX_CONDITIONS = 300  # of all lists of an operation: planning them takes PostgreSQL's time
MAX_RECORDS = 100_000
MAX_VALUES = 10_000  # of introspection: each takes the library about 8 microseconds
MAX_OPERATIONS = 10  # in one batch
LIST = 5  # records that a list without pages counts for: what a specialist has of anything

LIMITS: dict[str, tuple[int, str]] = {
    "fields": (MAX_FIELDS, "The operations of a request may ask for {:,} fields in all"),
    "values": (MAX_VALUES, "The introspection of a request may come to {:,} values in all"),
    "conditions": (MAX_CONDITIONS, "The lists of a request may have {:,} conditions in all"),
    "records": (MAX_RECORDS, "The pages of a request may come to {:,} records in all"),
}


class Fields:
    """How many fields one operation has asked for so far, whichever of its roots."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, fields: int, depth: int) -> None:
        """Raise ``RequestFailed`` where that is too many, or too deep."""
        self.count += fields
        if depth <= DEEPEST and self.count <= MAX_FIELDS:
            return
        sentence = (
            f"The operation is nested more than {DEEPEST} levels deep or asks for more than {MAX_FIELDS:,} fields"
        )
        raise RequestFailed([Failure(GraphqlValidationFailed(sentence))])


class Budget:
    """What one request may ask for: a single operation, or all those of a batch together."""

    def __init__(self) -> None:
        self.spent: dict[str, int] = {}

    def spend(self, **amounts: int) -> None:
        """Add ``amounts``; raise ``GraphqlValidationFailed``, and add none of them, where one is too much."""
        self.spent |= self.check(**amounts)

    def check(self, **amounts: int) -> dict[str, int]:
        """Return what has been spent with ``amounts``; raise ``GraphqlValidationFailed`` where one is too much."""
        sums = {name: self.spent.get(name, 0) + amount for name, amount in amounts.items()}
        for name, total in sums.items():
            limit, sentence = LIMITS[name]
            if total > limit:
                raise GraphqlValidationFailed(sentence.format(limit))
        return sums

    def spend_on(self, reads: Sequence[Read]) -> None:
        """Add what the database has to do for ``reads``; raises as ``spend`` does."""
        conditions = records = 0
        for read in reads:
            times = 1
            if isinstance(read.query, PageQuery):
                times = read.query.size
                conditions += len(read.query.filters)
            records += times * read.selection.records
        self.spend(conditions=conditions, records=records)

"""How much one document may ask for: what is small on the wire can be very large in the answer."""

from collections.abc import Sequence

from db.query import PageQuery
from db.selection import Read
from resolvers.errors.request import GraphqlValidationFailed
from schema.graphql.failure import Failure, RequestFailed

MOST_TOKENS = 2_000
MOST_ERRORS = 5  # that one answer tells
DEEPEST = 15
MOST_FIELDS = 5_000
MOST_CONDITIONS = 300  # of all lists of an operation: planning them takes PostgreSQL's time
MOST_RECORDS = 100_000
LIST = 5  # records that a list without pages counts for: what a specialist has of anything


class Fields:
    """How many fields one operation has asked for so far, whichever of its roots."""

    def __init__(self) -> None:
        self.count = 0

    def add(self, fields: int, depth: int) -> None:
        """Raise ``RequestFailed`` where that is too many, or too deep."""
        self.count += fields
        if depth <= DEEPEST and self.count <= MOST_FIELDS:
            return
        sentence = (
            f"The operation is nested more than {DEEPEST} levels deep or asks for more than {MOST_FIELDS:,} fields"
        )
        raise RequestFailed([Failure(GraphqlValidationFailed(sentence))])


def check_reads(reads: Sequence[Read]) -> None:
    """Raise ``GraphqlValidationFailed`` where ``reads``, those of one operation, come to too much together."""
    conditions = records = 0
    for read in reads:
        times = 1
        if isinstance(read.query, PageQuery):
            times = read.query.values["size"]
            conditions += len(read.query.filters)
        records += times * read.selection.records
    if conditions > MOST_CONDITIONS:
        raise GraphqlValidationFailed(f"The lists of an operation may have {MOST_CONDITIONS} conditions in all")
    check_records(records)


def check_records(records: int) -> None:
    """Raise ``GraphqlValidationFailed`` where an answer may come to that many."""
    if records > MOST_RECORDS:
        raise GraphqlValidationFailed(f"The pages of an operation may come to {MOST_RECORDS:,} records in all")

"""The cost of a request: how large its response may be and what work it takes, counted before it runs.

Weights are in bytes of a response. Work weighs as much as the bytes that take as long: a megabyte takes this server
and PostgreSQL about ten milliseconds.
"""

from db.query import PageQuery
from db.selection import Read

MAX_COST = 16_000  # of one request
COST_BYTES = 1_000  # of weight are a cost of 1
REQUEST_COST = 20  # of any request: what it takes to read it, to know who sends it, and to respond
RECORD_WEIGHT = 160  # to find one record, beside its fields
LIST_WEIGHT = 160_000  # to plan one list or one record within another
ROOT_LISTS = 2  # a field of the root stands for so many lists


def to_cost(weight: int) -> int:
    """Return the cost of ``weight``, rounded up."""
    return -(-weight // COST_BYTES)


def data_weight(read: Read) -> int:
    """Return the weight of the records of ``read``."""
    selection, query = read.selection, read.query
    if isinstance(query, PageQuery):
        return selection.weight + query.size * selection.row_weight
    return selection.weight


def list_count(read: Read) -> int:
    """Return how many lists PostgreSQL plans for ``read``."""
    return ROOT_LISTS + read.selection.lists


def read_cost(read: Read) -> int:
    """Return the cost of ``read`` alone."""
    return to_cost(data_weight(read) + LIST_WEIGHT * list_count(read))


WRITE_COST = to_cost(LIST_WEIGHT * ROOT_LISTS)  # of a request that writes one record

"""A selection: the tree of fields that a client requests, from either API, and that SQL is compiled from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from db.query import PageQuery, Query

Spelling: TypeAlias = Literal["as it is", "UPPER_CASE", "camelCase"]


@dataclass(frozen=True, slots=True)
class Column:
    """The value of the column ``name`` under ``key``; ``as_text`` if the API writes it as a string, as GraphQL ids.

    ``spelling`` is how the API spells a value that is itself a name, such as GraphQL the values of an enum.
    """

    key: str
    name: str
    as_text: bool = False
    spelling: Spelling = "as it is"


@dataclass(frozen=True, slots=True)
class Constant:
    """A value under ``key`` that does not depend on the data, such as ``__typename``."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Relation:
    """A related record, a list or a page of them under ``key``; a page has a query of its own."""

    key: str
    name: str
    selection: "Selection"
    query: PageQuery | None = None


Field: TypeAlias = Column | Constant | Relation


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """The fields of one object, in the order of the response.

    ``weight`` is about how many bytes the object may take in a response, with all that is below it; a page has its
    rows apart, each of ``row_weight``. ``lists`` counts the records and lists below that SQL has a sub-select for.
    ``for_admins`` tells whether something below may be read by admins only.
    Two selections are equal if one statement serves both: the values of their queries do not count.
    The hash is computed once, because every request needs it to find its statement.
    """

    fields: tuple[Field, ...]
    weight: int = 0
    row_weight: int = 0
    lists: int = field(init=False, repr=False)
    queries: tuple[PageQuery, ...] = field(init=False, repr=False)
    for_admins: bool = field(init=False, repr=False)
    _hash: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        relations = [field_ for field_ in self.fields if isinstance(field_, Relation)]
        object.__setattr__(self, "lists", sum([1 + relation.selection.lists for relation in relations]))
        object.__setattr__(self, "queries", tuple(_queries(relations)))
        object.__setattr__(self, "for_admins", any(query.for_admins for query in self.queries))
        object.__setattr__(self, "_hash", hash(self.fields))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Selection) and self.fields == other.fields)


def _queries(relations: Sequence[Relation]) -> list[PageQuery]:
    """Return the queries below ``relations``, depth first: the order in which the statement numbers them."""
    queries: list[PageQuery] = []
    for relation in relations:
        queries += [relation.query] if relation.query else []
        queries += relation.selection.queries
    return queries


@dataclass(frozen=True, slots=True)
class Read:
    """One record, page or viewer to read: an entity of ``db.entities``, the query that finds it, the selection."""

    entity: str
    query: Query
    selection: Selection

    @property
    def values(self) -> tuple[Mapping[str, object], ...]:
        """Return the values of every query of the read, in the order in which the statement numbers them."""
        return (self.query.values, *(query.values for query in self.selection.queries))


class ReadResult(NamedTuple):
    """The finished JSON of one read; ``id`` and ``version`` of a record, ``total`` of a page that selects it.

    Those that the read does not have are 0. A tuple, because every read makes one: a frozen dataclass takes
    twice as long.
    """

    json: str
    id: int = 0
    version: int = 0
    total: int = 0

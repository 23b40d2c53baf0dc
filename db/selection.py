"""What a client wants, as a tree: the one thing that both faces make and that SQL is made from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from db.query import PageQuery, Query


@dataclass(frozen=True, slots=True)
class Column:
    """A stored value under ``key``; ``as_text`` where the face writes an id as a string."""

    key: str
    name: str
    as_text: bool = False


@dataclass(frozen=True, slots=True)
class Constant:
    """A value that the document itself decides, as ``__typename``."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Relation:
    """Another record, a list or a page of them, under ``key``; a page has a query of its own."""

    key: str
    name: str
    selection: "Selection"
    query: PageQuery | None = None


Field: TypeAlias = Column | Constant | Relation


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """The fields of one object, in the order of the answer.

    ``records`` is how many it may show with all below, if its maker has counted. Two selections
    are equal when one statement serves both: the values of their queries do not count. The hash
    is kept, for every request asks for it.
    """

    fields: tuple[Field, ...]
    records: int = 1
    queries: tuple[PageQuery, ...] = field(init=False, repr=False)
    _hash: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "queries", tuple(_queries(self.fields)))
        object.__setattr__(self, "_hash", hash(self.fields))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Selection) and self.fields == other.fields)


def _queries(fields: tuple[Field, ...]) -> list[PageQuery]:
    """The queries below ``fields``, depth first: the order in which the statement numbers them."""
    found: list[PageQuery] = []
    for each in fields:
        if isinstance(each, Relation):
            found += [each.query] if each.query else []
            found += each.selection.queries
    return found


@dataclass(frozen=True, slots=True)
class Read:
    """One record, page or viewer to read: an entity of ``db.entities``, the query that finds it, the selection."""

    entity: str
    query: Query
    selection: Selection

    @property
    def values(self) -> tuple[Mapping[str, object], ...]:
        """The values of every query below, in the order in which the statement numbers them."""
        return (self.query.values, *(query.values for query in self.selection.queries))


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The finished JSON of one read; ``id`` and ``version`` of a record, ``total`` of a page that selects it.

    Those that the read does not have are 0.
    """

    json: str
    id: int = 0
    version: int = 0
    total: int = 0

"""Lists: which part, in which order, narrowed by what; parsed once for both faces."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from db.query import PageQuery, Sort
from db.statements.keyset import with_tie_break
from resolvers.cursors import fingerprint
from resolvers.filters import SPECIALIST_FILTERS, SPECIALTY_FILTERS, USER_FILTERS, Filter, filters_of
from resolvers.windows import WindowRequest, window_of


@dataclass(frozen=True, slots=True)
class ListRequest:
    """A list as a client asks for it: what was not said is none or absent."""

    window: WindowRequest = field(default_factory=WindowRequest)
    sort: tuple[Sort, ...] = ()
    filters: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ListOf:
    """A noun's list: the columns it may be sorted by, its default order, its filters."""

    noun: str
    sorts: tuple[str, ...]
    default: tuple[Sort, ...]
    filters: Mapping[str, Filter]

    def query(self, request: ListRequest) -> PageQuery:
        """The query for ``request``; raises what is invalid in it."""
        return _query(self, request)


@lru_cache(maxsize=4_096)
def _query(list_: ListOf, request: ListRequest) -> PageQuery:
    sort = with_tie_break(_distinct(request.sort) or list_.default)
    names, values = filters_of(list_.filters, dict(request.filters))
    mark = fingerprint(list_.noun, sort, names, values)
    window, edges = window_of(request.window, sort, mark)
    return PageQuery(sort, names, window, {**values, **edges, "fingerprint": mark})


def _distinct(sort: tuple[Sort, ...]) -> tuple[Sort, ...]:
    """Each column once: a second mention cannot change the order."""
    first: dict[str, Sort] = {}
    for each in sort:
        first.setdefault(each.column, each)
    return tuple(first.values())


SORTS = ("id", "name", "title", "slug", "created_at", "updated_at")
SPECIALISTS = ListOf("specialist", SORTS, (Sort("created_at", descending=True),), SPECIALIST_FILTERS)
SPECIALTIES = ListOf(
    "specialty", tuple(column for column in SORTS if column != "name"), (Sort("title"),), SPECIALTY_FILTERS
)
USERS = ListOf("user", ("id",), (Sort("id"),), USER_FILTERS)
HELD_BY = ListOf("specialist", SORTS, (Sort("name"),), SPECIALIST_FILTERS)

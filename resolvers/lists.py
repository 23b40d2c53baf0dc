"""Lists: which part, in which order, narrowed by what; parsed once for both faces."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from db.cache import Cache
from db.query import PageQuery, Sort, with_tie_break
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
    """A noun's list: the columns it may be sorted by, its default order, its filters.

    ``parent`` is the noun of the record that the list hangs on, if any.
    """

    noun: str
    sorts: tuple[str, ...]
    default: tuple[Sort, ...]
    filters: Mapping[str, Filter]
    parent: str | None = None
    _made: Cache[ListRequest, PageQuery] = field(
        default_factory=lambda: Cache(4_096, 4 << 20, lambda request, _: 1_000 + len(repr(request)))
    )

    def query(self, request: ListRequest) -> PageQuery:
        """The query for ``request``, kept for the next like it; raises what is invalid in it."""
        found = self._made.get(request)
        if found is None:
            found = self._query(request)
            self._made.put(request, found)
        return found

    def _query(self, request: ListRequest) -> PageQuery:
        sort = with_tie_break(_distinct(request.sort) or self.default)
        names, values = filters_of(self.filters, dict(request.filters))
        list_ = f"{self.noun} of {self.parent}" if self.parent else self.noun
        mark = fingerprint(list_, sort, names, values)
        window, edges = window_of(request.window, sort, mark, nested=self.parent is not None)
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
USERS = ListOf("user", ("id", "email", "username"), (Sort("id"),), USER_FILTERS)
HELD_BY = ListOf("specialist", SORTS, (Sort("name"),), SPECIALIST_FILTERS, parent="specialty")

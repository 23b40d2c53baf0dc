"""Define how each list can be sorted and filtered, and parse the requests of both APIs to its query."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from db.cache import Cache
from db.query import PageQuery, Sort, with_tie_break
from resolvers.cursors import CursorFormat
from resolvers.filters import SPECIALIST_FILTERS, SPECIALTY_FILTERS, USER_FILTERS, Filter
from resolvers.windows import WindowRequest, parse_window


@dataclass(frozen=True, slots=True)
class ListRequest:
    """The arguments of a list as a client sends them; absent ones are null."""

    window: WindowRequest = field(default_factory=WindowRequest)
    sort: tuple[Sort, ...] = ()
    filters: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class ListDefinition:
    """The list of an entity: the columns that it can be sorted by, its default order, its filters.

    ``parent`` is the entity of the record that the list belongs to, if any. ``for_admins``: nobody else may read it.
    """

    entity: str
    sort_columns: tuple[str, ...]
    default_sort: tuple[Sort, ...]
    filters: Mapping[str, Filter]
    parent: str | None = None
    for_admins: bool = False
    _queries: Cache[ListRequest, PageQuery] = field(
        default_factory=lambda: Cache(4_096, 4 << 20, lambda request, _: 1_000 + len(repr(request)))
    )

    @property
    def sorts(self) -> tuple[Sort, ...]:
        """Every key that the list can be sorted by: each column, ascending and descending."""
        return tuple(Sort(column, descending) for column in self.sort_columns for descending in (False, True))

    def query(self, request: ListRequest) -> PageQuery:
        """Return the query for ``request``, from the cache if there is one; raise the problem of a bad argument."""
        query = self._queries.get(request)
        if query is None:
            query = self._query(request)
            self._queries.set(request, query)
        return query

    def _query(self, request: ListRequest) -> PageQuery:
        sort = with_tie_break(_without_repetition(request.sort) or self.default_sort)
        arguments = dict(request.filters)
        conditions = tuple(
            condition for name, filter_ in self.filters.items() for condition in filter_.conditions(arguments.get(name))
        )
        cursors = CursorFormat.of_list(self.entity, self.parent, sort, conditions)
        window, values = parse_window(request.window, cursors)
        values["fingerprint"] = cursors.fingerprint
        for condition in conditions:
            values |= condition.values
        return PageQuery(sort, conditions, window, values, self.for_admins)


def _without_repetition(sort: tuple[Sort, ...]) -> tuple[Sort, ...]:
    """Return the first key of each column: a second one cannot change the order."""
    keys: dict[str, Sort] = {}
    for key in sort:
        keys.setdefault(key.column, key)
    return tuple(keys.values())


COLUMNS = ("id", "name", "title", "slug", "created_at", "updated_at")
SPECIALISTS = ListDefinition("specialist", COLUMNS, (Sort("created_at", descending=True),), SPECIALIST_FILTERS)
SPECIALTIES = ListDefinition(
    "specialty", tuple(column for column in COLUMNS if column != "name"), (Sort("title"),), SPECIALTY_FILTERS
)
USERS = ListDefinition("user", ("id", "email", "username"), (Sort("id"),), USER_FILTERS)
SPECIALISTS_OF_SPECIALTY = ListDefinition(
    "specialist", COLUMNS, (Sort("name"),), SPECIALIST_FILTERS, parent="specialty"
)
NEWEST_FIRST = (Sort("id", descending=True),)
HISTORY_OF_SPECIALIST = ListDefinition("change", ("id",), NEWEST_FIRST, {}, parent="specialist", for_admins=True)
HISTORY_OF_SPECIALTY = ListDefinition("change", ("id",), NEWEST_FIRST, {}, parent="specialty", for_admins=True)

"""Select the rows of a page, and the values that describe it: number and size, totals, neighbours, cursors.

All of them come from one list of rows, which is filtered, ordered and limited to the window.
"""

from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Label,
    Subquery,
    Text,
    and_,
    case,
    cast,
    false,
    func,
    literal_column,
    null,
    or_,
    select,
    true,
)

from db.entities import Entity, ToMany
from db.query import PageQuery
from db.statements.builder import Expression, Record, SqlSelect, StatementBuilder, column_of, table_columns
from db.statements.filters import all_of
from db.statements.json import row_columns
from db.statements.keyset import beyond_cursor, order_by, row_cursor, sort_keys
from db.statements.scope import owned_by_tenant

ONE: Expression = literal_column("1")
ZERO: Expression = literal_column("0")
Parent = tuple[ToMany, Record] | None
"""The relation and the record that a list belongs to, if any."""


def join_to_parent(
    query: SqlSelect, relation: ToMany, record: Record, parent: Record, builder: StatementBuilder
) -> SqlSelect:
    """Return ``query`` with FROM ``record`` and the condition that its rows are related to ``parent``."""
    if relation.secondary is None:
        rows = query.select_from(record.source)
        return rows.where(owned_by_tenant(record), record.c[relation.foreign_key] == parent.c["id"])
    pair = builder.record(relation.secondary)
    join = pair.source.join(record.source, pair.c[relation.target_key] == record.c["id"])
    condition = pair.c[relation.foreign_key] == parent.c["id"]
    return query.select_from(join).where(owned_by_tenant(pair), owned_by_tenant(record), condition)


class PageRows:
    """The rows of one page and of the list around it; ``parent`` is the record that the list belongs to."""

    def __init__(self, entity: Entity, query: PageQuery, builder: StatementBuilder, parent: Parent) -> None:
        self.entity, self.query, self.builder, self.parent = entity, query, builder, parent
        self.binds = builder.binds()
        self.size = self.binds("size", BigInteger)

    def page(self, columns: Iterable[str]) -> Record:
        """Return the rows of the page in the order of the list, with ``columns`` and those of the order."""
        backward = self.query.window.backward
        record, rows = self._list()
        needed = {*columns, *(part.column for part in self.query.sort)}
        names = [name for name in record.c if name in needed]
        rows = self._beyond_cursors(rows.add_columns(_columns(record, names)), record)
        rows = rows.order_by(*self._order(record, backward=backward)).limit(self.size)
        if self.query.window.by_offset:
            rows = rows.offset(self.binds("offset", BigInteger))
        page = self._page(rows)
        return self._reverse(page, names) if backward else page

    def total(self) -> Subquery:
        """Return one row with the ``total`` of the whole list."""
        _, rows = self._list()
        return rows.add_columns(func.count().label("total")).subquery(self.builder.name("totals"))

    def has_more(self) -> Expression:
        """Return whether the list goes on after the page, in the direction of the window."""
        record, rows = self._list()
        rows = self._beyond_cursors(rows.add_columns(ONE), record)
        end = self.size + self.binds("offset", BigInteger) if self.query.window.by_offset else self.size
        return rows.offset(end).exists()

    def has_rows(self) -> Expression:
        """Return whether the list has rows at all."""
        _, rows = self._list()
        return rows.add_columns(ONE).exists()

    def cursor(self, record: Record) -> Expression:
        """Return the cursor of each row of ``record``, a page of this list."""
        parent_id = self.parent[1].c["id"] if self.parent else None
        return row_cursor(sort_keys(self.query.sort, record), self.binds, parent_id)

    def has_foreign_cursor(self) -> Expression | None:
        """Return whether a cursor is of another parent's list; none if there is no cursor or no parent."""
        window = self.query.window
        sides = [side for side in ("after", "before") if getattr(window, side) is not None]
        if self.parent is None or not sides:
            return None
        parent_id = self.parent[1].c["id"]
        return or_(*(parent_id != self.binds(f"{side}_parent", BigInteger) for side in sides))

    def _list(self) -> tuple[Record, SqlSelect]:
        """Return the record under a new name, and the query of the list's rows, without columns yet."""
        record = self.builder.record(self.entity.table)
        query = select().where(all_of(self.query.filters, self.entity, record, self.binds, self.builder))
        if self.parent is None:
            return record, query.select_from(record.source).where(owned_by_tenant(record))
        relation, parent = self.parent
        return record, join_to_parent(query, relation, record, parent, self.builder)

    def _beyond_cursors(self, rows: SqlSelect, record: Record) -> SqlSelect:
        keys, window = sort_keys(self.query.sort, record), self.query.window
        for side, nulls in (("after", window.after), ("before", window.before)):
            if nulls is not None:
                rows = rows.where(beyond_cursor(keys, nulls, side, self.binds, backward=side == "before"))
        return rows

    def _order(self, record: Record, *, backward: bool) -> list[Expression]:
        return order_by(sort_keys(self.query.sort, record), backward=backward)

    def _reverse(self, page: Record, columns: Iterable[str]) -> Record:
        rows = select(_columns(page, columns)).select_from(page.source)
        return self._page(rows.order_by(*self._order(page, backward=False)))

    def _page(self, rows: SqlSelect) -> Record:
        name = self.builder.name("page")
        return Record(self.entity.table, rows.subquery(name), table_columns(self.entity.table, name))


def _columns(record: Record, names: Iterable[str]) -> Expression:
    return row_columns([(name, record.c[name]) for name in names])


def outer_cursors(names: set[str], rows: PageRows, page: Record) -> list[Label[Any]]:
    """Return the cursors of the first and the last row of ``page``, if in ``names``, as aggregates over its rows."""
    if names.isdisjoint(CURSORS):
        return []
    cursors = func.array_agg(rows.cursor(page), type_=ARRAY(Text))
    return [cursors[position].label(name) for name, position in CURSORS.items() if name in names]


def page_value(name: str, rows: PageRows, lists: Subquery | None, total: Expression | None) -> Expression:
    """Return the value that describes a page as ``name``; its ``lists`` and its ``total`` are columns of FROM."""
    if name in CURSORS and lists is not None:
        return column_of(lists, name, Text)
    if name in TOTALS and total is not None:
        return TOTALS[name](total, rows)
    return PAGE_VALUES[name](rows)


def _page_number(rows: PageRows) -> Expression:
    return rows.binds("page", BigInteger) if rows.query.window.by_offset else cast(null(), BigInteger)


def _has_next(rows: PageRows) -> Expression:
    window = rows.query.window
    if window.backward:
        return true() if window.before is not None else false()
    return rows.has_more()


def _has_previous(rows: PageRows) -> Expression:
    window = rows.query.window
    if window.backward:
        return rows.has_more()
    if window.by_offset:
        return and_(rows.binds("page", BigInteger) > ONE, rows.has_rows())
    return true() if window.after is not None else false()


def _total_pages(total: Expression, rows: PageRows) -> Expression:
    """Return 0 for a page of size 0, which only a window beside a cursor can have."""
    pages = (total + rows.size - ONE) // rows.size
    return pages if rows.query.window.by_offset else case((rows.size > ZERO, pages), else_=ZERO)


CURSORS = {"start_cursor": ONE, "end_cursor": func.count()}
TOTALS: dict[str, Callable[[Expression, PageRows], Expression]] = {
    "total_count": lambda total, _: total,
    "total_pages": _total_pages,
}
PAGE_VALUES: dict[str, Callable[[PageRows], Expression]] = {
    "page": _page_number,
    "page_size": lambda rows: rows.size,
    "has_next_page": _has_next,
    "has_previous_page": _has_previous,
}

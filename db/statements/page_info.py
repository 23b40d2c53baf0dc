"""What a page says of itself: its number and size, the total, its neighbours, its outer cursors."""

from collections.abc import Callable, Iterator
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
    true,
)

from db.selection import Column, Relation, Selection
from db.statements.page_rows import Rows
from db.statements.record import Expression, Record, column

TOTALS = {"total_count", "total_pages"}
CURSORS = {"start_cursor": literal_column("1"), "end_cursor": func.count()}


def names_in(selection: Selection) -> Iterator[str]:
    """What is asked of the page itself, be it beside its rows or in its ``page_info``."""
    for field in selection.fields:
        if isinstance(field, Column):
            yield field.name
        elif isinstance(field, Relation) and field.name == "page_info":
            yield from names_in(field.selection)


def outer_cursors(asked: set[str], rows: Rows, page: Record) -> list[Label[Any]]:
    """The cursors of the first and the last row of ``page``, as aggregates over its rows."""
    if asked.isdisjoint(CURSORS):
        return []
    listed = func.array_agg(rows.cursor(page), type_=ARRAY(Text))
    return [listed[position].label(name) for name, position in CURSORS.items() if name in asked]


def value(name: str, rows: Rows, lists: Subquery | None, total: Expression | None) -> Expression:
    """The expression for ``name`` in a page whose lists and total stand in the statement's FROM."""
    if name in CURSORS and lists is not None:
        return column(lists, name, Text)
    if name in TOTALS and total is not None:
        return TOTAL[name](total, rows)
    return OWN[name](rows)


def _numbered(rows: Rows) -> Expression:
    return rows.binds("page", BigInteger) if rows.query.window.numbered else cast(null(), BigInteger)


def _has_next(rows: Rows) -> Expression:
    window = rows.query.window
    if window.backward:
        return true() if window.before is not None else false()
    return rows.more()


def _has_previous(rows: Rows) -> Expression:
    window = rows.query.window
    if window.backward:
        return rows.more()
    if window.numbered:
        return and_(rows.binds("page", BigInteger) > literal_column("1"), rows.any())
    return true() if window.after is not None else false()


def _total_pages(total: Expression, rows: Rows) -> Expression:
    """None if a page holds no rows, which only one beside a cursor can be asked for."""
    pages = (total + rows.size - literal_column("1")) // rows.size
    zero: Expression = literal_column("0")
    return pages if rows.query.window.numbered else case((rows.size > zero, pages), else_=zero)


TOTAL: dict[str, Callable[[Expression, Rows], Expression]] = {
    "total_count": lambda total, _: total,
    "total_pages": _total_pages,
}
OWN: dict[str, Callable[[Rows], Expression]] = {
    "page": _numbered,
    "page_size": lambda rows: rows.size,
    "has_next_page": _has_next,
    "has_previous_page": _has_previous,
}

"""The rows of a page and of its neighbours: one list, filtered, ordered, and cut where the window says."""

from collections.abc import Iterable

from sqlalchemy import BigInteger, Subquery, func, literal_column, or_, select

from db.entities import Entity, ToMany
from db.query import PageQuery
from db.statements import keyset, ties
from db.statements.builder import Selected, StatementBuilder
from db.statements.filters import all_of
from db.statements.json import row
from db.statements.record import Expression, Record, columns
from db.statements.scope import owned

Parent = tuple[ToMany, Record] | None


class Rows:
    """One list in the making; ``parent`` is the record it hangs on, if any."""

    def __init__(self, noun: Entity, query: PageQuery, writing: StatementBuilder, parent: Parent) -> None:
        self.noun, self.query, self.writing, self.parent = noun, query, writing, parent
        self.binds = writing.query()
        self.size = self.binds("size", BigInteger)

    def page(self, names: Iterable[str]) -> Record:
        """The rows of the page itself, in the order of the list, with the columns of ``names`` and the order's."""
        backward = self.query.window.backward
        record, found = self._list()
        wanted = {*names, *(each.column for each in self.query.sort)}
        held = [name for name in record.c if name in wanted]
        found = self._beside_cursor(found.add_columns(_columns(record, held)), record)
        cut = found.order_by(*self._order(record, backward=backward)).limit(self.size)
        if self.query.window.numbered:
            cut = cut.offset(self.binds("offset", BigInteger))
        rows = self._named(cut)
        return self._turned(rows, held) if backward else rows

    def counted(self) -> Subquery:
        """One row: the ``total`` of the whole list."""
        _, found = self._list()
        return found.add_columns(func.count().label("total")).subquery(self.writing.name("counted"))

    def more(self) -> Expression:
        """Whether the list goes on behind the page, in the direction of the window."""
        record, found = self._list()
        found = self._beside_cursor(found.add_columns(literal_column("1")), record)
        seen = self.size + self.binds("offset", BigInteger) if self.query.window.numbered else self.size
        return found.offset(seen).exists()

    def any(self) -> Expression:
        """Whether the list has rows at all."""
        _, found = self._list()
        return found.add_columns(literal_column("1")).exists()

    def cursor(self, rows: Record) -> Expression:
        parent_id = self.parent[1].c["id"] if self.parent else None
        return keyset.cursor(keyset.keys(self.query.sort, rows), self.binds, parent_id)

    def misplaced(self) -> Expression | None:
        """Whether a cursor is of another parent's list; none where there is no cursor or no parent."""
        window = self.query.window
        sides = [side for side in ("after", "before") if getattr(window, side) is not None]
        if self.parent is None or not sides:
            return None
        parent_id = self.parent[1].c["id"]
        return or_(*(parent_id != self.binds(f"{side}_parent", BigInteger) for side in sides))

    def _list(self) -> tuple[Record, Selected]:
        """The record under a new name, and its rows that belong to the list, without columns yet."""
        record = self.writing.record(self.noun.table)
        found = select().where(all_of(self.query.filters, self.noun, record, self.binds, self.writing))
        if self.parent is None:
            return record, found.select_from(record.source).where(owned(record))
        relation, parent = self.parent
        return record, ties.tied(found, relation, record, parent, self.writing)

    def _beside_cursor(self, found: Selected, record: Record) -> Selected:
        wanted, window = keyset.keys(self.query.sort, record), self.query.window
        for side, nulls in (("after", window.after), ("before", window.before)):
            if nulls is not None:
                found = found.where(keyset.beyond(wanted, nulls, side, self.binds, backward=side == "before"))
        return found

    def _order(self, record: Record, *, backward: bool) -> list[Expression]:
        return keyset.order(keyset.keys(self.query.sort, record), backward=backward)

    def _turned(self, rows: Record, names: Iterable[str]) -> Record:
        turned = select(_columns(rows, names)).select_from(rows.source)
        return self._named(turned.order_by(*self._order(rows, backward=False)))

    def _named(self, rows: Selected) -> Record:
        name = self.writing.name("page")
        return Record(self.noun.table, rows.subquery(name), columns(self.noun.table, name))


def _columns(record: Record, names: Iterable[str]) -> Expression:
    return row([(name, record.c[name]) for name in names])

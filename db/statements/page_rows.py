"""The rows of a page and of its neighbours: one list, filtered, ordered, and cut where the window says."""

from collections.abc import Iterable

from sqlalchemy import BigInteger, FromClause, Subquery, func, literal_column, select

from db.nouns import Noun, ToMany
from db.query import PageQuery
from db.scope import owned
from db.statements import keyset, ties
from db.statements.filters import conditions
from db.statements.writing import Expression, Selected, Writing

Parent = tuple[ToMany, FromClause] | None


class Rows:
    """One list in the making; ``parent`` is the record it hangs on, if any."""

    def __init__(self, noun: Noun, query: PageQuery, writing: Writing, parent: Parent) -> None:
        self.noun, self.query, self.writing, self.parent = noun, query, writing, parent
        self.binds = writing.query()
        self.size = self.binds("size", BigInteger)

    def page(self, names: Iterable[str]) -> Subquery:
        """The rows of the page itself, in the order of the list, with the columns of ``names`` and the order's."""
        backward = self.query.window.backward
        table, found = self._list()
        wanted = {*names, *(each.column for each in self.query.sort)}
        columns = [column for column in table.c if column.name in wanted]
        found = self._beside_cursor(found.add_columns(*columns), table)
        cut = found.order_by(*self._order(table, backward=backward)).limit(self.size)
        if self.query.window.numbered:
            cut = cut.offset(self.binds("offset", BigInteger))
        rows = cut.subquery(self.writing.name("page"))
        return self._turned(rows) if backward else rows

    def counted(self) -> Subquery:
        """One row: the ``total`` of the whole list."""
        _, found = self._list()
        return found.add_columns(func.count().label("total")).subquery(self.writing.name("counted"))

    def more(self) -> Expression:
        """Whether the list goes on behind the page, in the direction of the window."""
        table, found = self._list()
        found = self._beside_cursor(found.add_columns(literal_column("1")), table)
        seen = self.size + self.binds("offset", BigInteger) if self.query.window.numbered else self.size
        return found.offset(seen).exists()

    def any(self) -> Expression:
        """Whether the list has rows at all."""
        _, found = self._list()
        return found.add_columns(literal_column("1")).exists()

    def cursor(self, rows: FromClause) -> Expression:
        return keyset.cursor(keyset.keys(self.query.sort, rows), self.binds)

    def _list(self) -> tuple[FromClause, Selected]:
        """The table under a new name, and its rows that belong to the list, without columns yet."""
        table = self.writing.alias(self.noun.table)
        found = select().where(conditions(self.query.filters, table, self.binds, self.writing))
        if self.parent is None:
            return table, found.select_from(table).where(owned(table))
        relation, record = self.parent
        return table, ties.tied(found, relation, table, record, self.writing)

    def _beside_cursor(self, found: Selected, table: FromClause) -> Selected:
        wanted, window = keyset.keys(self.query.sort, table), self.query.window
        for side, nulls in (("after", window.after), ("before", window.before)):
            if nulls is not None:
                found = found.where(keyset.beyond(wanted, nulls, side, self.binds, backward=side == "before"))
        return found

    def _order(self, table: FromClause, *, backward: bool) -> list[Expression]:
        return keyset.order(keyset.keys(self.query.sort, table), backward=backward)

    def _turned(self, rows: Subquery) -> Subquery:
        turned = select(*rows.c).order_by(*self._order(rows, backward=False))
        return turned.subquery(self.writing.name("page"))

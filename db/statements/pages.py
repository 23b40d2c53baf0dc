"""A page of a list, with whatever is asked for beside its rows: totals, cursors, neighbours."""

from sqlalchemy import BigInteger, Subquery, Text, case, func, select
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.sql.selectable import LateralFromClause

from db.entities import ENTITIES
from db.query import PageQuery
from db.selection import Column, Constant, Field, Relation, Selection
from db.statements import fields
from db.statements.builder import Selected, StatementBuilder
from db.statements.json import Pair, beside, constant, many, object_of, one, row
from db.statements.page_info import TOTALS, names_in, outer_cursors, value
from db.statements.page_rows import Parent, Rows
from db.statements.record import Expression, Record, column

LISTS = {"nodes", "edges"}


def page(
    noun: str, query: PageQuery, selection: Selection, writing: StatementBuilder, parent: Parent = None
) -> tuple[Selected, Expression | None]:
    """One row: the page as ``selection`` wants it; and the total of its list, if asked for.

    All rows are visited once, whatever is made of them; what is not asked for is not in the
    statement.
    """
    made = _Page(noun, Rows(ENTITIES[noun], query, writing, parent), selection, writing)
    return made.select(), made.total


class _Page:
    def __init__(self, noun: str, rows: Rows, selection: Selection, writing: StatementBuilder) -> None:
        self.noun, self.rows, self.selection, self.writing = ENTITIES[noun], rows, selection, writing
        asked = set(names_in(selection))
        self.lists = self._lists(asked)
        self.counted = rows.counted() if asked & TOTALS else None
        self.total = column(self.counted, "total", BigInteger) if self.counted is not None else None

    def select(self) -> Selected:
        froms = [each for each in (self.lists, self.counted) if each is not None]
        pairs = [(field.key, self._field(field, i)) for i, field in enumerate(self.selection.fields)]
        answer = beside(pairs, self.writing)
        json, misplaced = object_of(answer, pairs), self.rows.misplaced()
        if misplaced is not None:
            json = case((misplaced, func.to_json(self.rows.binds("foreign_cursor", Text))), else_=json)
        return select(json.label("json")).select_from(*froms, answer)

    def _lists(self, asked: set[str]) -> Subquery | None:
        """One row with a column for each list that is wanted, and for the outer cursors."""
        page = self.rows.page(self._needed())
        made: list[LateralFromClause] = []
        columns = []
        for i, field in enumerate(self.selection.fields):
            if isinstance(field, Relation) and field.name in LISTS:
                pairs = self._pairs(field, page)
                made.append(beside(pairs, self.writing))
                columns.append(many(made[-1], pairs).label(f"list{i}"))
        columns += outer_cursors(asked, self.rows, page)
        if not columns:
            return None
        return select(*columns).select_from(page.source, *made).subquery(self.writing.name("lists"))

    def _needed(self) -> set[str]:
        """The columns that the lists are made from."""
        lists = [each.selection for each in self.selection.fields if isinstance(each, Relation) and each.name in LISTS]
        parts = [each.selection for list_ in lists for each in list_.fields if isinstance(each, Relation)]
        return {name for each in (*lists, *parts) for name in fields.needed(self.noun, each)}

    def _pairs(self, field: Relation, page: Record) -> list[Pair]:
        if field.name == "nodes":
            return fields.pairs_of(self.noun, page, field.selection, self.writing)
        return [(part.key, self._part_of_edge(part, page)) for part in field.selection.fields]

    def _part_of_edge(self, part: Field, page: Record) -> Expression:
        match part:
            case Constant():
                return constant(part.value)
            case Column():
                return self.rows.cursor(page)
            case Relation():
                pairs = fields.pairs_of(self.noun, page, part.selection, self.writing)
                return one(select(row(pairs)), pairs, self.writing)

    def _field(self, field: Field, index: int) -> Expression:
        match field:
            case Constant():
                return constant(field.value)
            case Column():
                return value(field.name, self.rows, self.lists, self.total)
            case Relation(name="page_info"):
                return self._info(field)
            case Relation():
                assert self.lists is not None
                return column(self.lists, f"list{index}", JSON)

    def _info(self, field: Relation) -> Expression:
        pairs = [(part.key, self._field(part, -1)) for part in field.selection.fields]
        return one(select(row(pairs)), pairs, self.writing)

"""Compile a selection to the query whose JSON it describes: of a record, of a page of a list, of the viewer."""

from collections.abc import Iterator

from sqlalchemy import BigInteger, Subquery, Text, case, func, select
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.sql.selectable import LateralFromClause

from db.entities import ENTITIES, ChangedFields, Entity, Related, ToMany, ToOne
from db.query import PageQuery, RecordQuery
from db.selection import Column, Constant, Field, Relation, Selection
from db.statements.builder import Binds, Expression, Record, SqlSelect, StatementBuilder, column_of
from db.statements.changes import changed_fields
from db.statements.json import (
    Pair,
    json_array,
    json_constant,
    json_object,
    json_value,
    lateral_row,
    row_columns,
    row_to_json,
)
from db.statements.page_rows import TOTALS, PageRows, Parent, join_to_parent, outer_cursors, page_value
from db.statements.scope import owned_by_tenant

LISTS = {"nodes", "edges"}


def select_record(
    entity_name: str, query: RecordQuery, selection: Selection, builder: StatementBuilder, columns: tuple[str, ...]
) -> SqlSelect:
    """Select the JSON of one record, and ``columns`` of it beside that."""
    entity, binds = ENTITIES[entity_name], builder.binds()
    record = builder.record(entity.table)
    pairs = _pairs(entity, record, selection, builder)
    row = lateral_row(pairs, builder)
    json_and_columns = row_columns([("json", row_to_json(row, pairs)), *((name, record.c[name]) for name in columns)])
    key = record.c[query.by]
    rows = select(json_and_columns).select_from(record.source, row)
    return rows.where(owned_by_tenant(record), key == binds("key", key.type))


def select_viewer(selection: Selection, builder: StatementBuilder) -> SqlSelect:
    """Select the JSON of the viewer: the role of the token, the organization, the user's own record."""
    binds = builder.binds()
    pairs = [(field.key, _viewer_field(field, binds, builder)) for field in selection.fields]
    row = select(row_columns(pairs)).subquery(builder.row_name())
    return select(row_to_json(row, pairs).label("json")).select_from(row)


def _viewer_field(field: Field, binds: Binds, builder: StatementBuilder) -> Expression:
    match field:
        case Constant():
            return json_constant(field.value)
        case Column():
            return binds(field.name, Text)
    entity = ENTITIES[field.name]
    record = builder.record(entity.table)
    pairs = _pairs(entity, record, field.selection, builder)
    rows = select(row_columns(pairs)).select_from(record.source).where(owned_by_tenant(record))
    if field.name == "user":
        rows = rows.where(record.c["clerk_id"] == binds("id", Text))
    return json_object(rows, pairs, builder)


def _pairs(entity: Entity, record: Record, selection: Selection, builder: StatementBuilder) -> list[Pair]:
    """Return key and value of each selected field of ``record``."""
    return [(field.key, _field(entity, record, field, builder)) for field in selection.fields]


def _field(entity: Entity, record: Record, field: Field, builder: StatementBuilder) -> Expression:
    match field:
        case Constant():
            return json_constant(field.value)
        case Column():
            return json_value(record.c[field.name], as_text=field.as_text, spelling=field.spelling)
        case Relation():
            return _relation(entity.relations[field.name], record, field, builder)


def _relation(relation: Related, record: Record, field: Relation, builder: StatementBuilder) -> Expression:
    if isinstance(relation, ChangedFields):
        return _changed_fields(record, field.selection, builder)
    if isinstance(relation, ToOne):
        return _to_one(relation, record, field.selection, builder)
    if field.query is not None:
        page, _ = select_page(relation.entity, field.query, field.selection, builder, (relation, record))
        return page.scalar_subquery()
    return _to_many(relation, record, field.selection, builder)


def _to_one(relation: ToOne, record: Record, selection: Selection, builder: StatementBuilder) -> Expression:
    entity = ENTITIES[relation.entity]
    target = builder.record(entity.table)
    pairs = _pairs(entity, target, selection, builder)
    rows = select(row_columns(pairs)).select_from(target.source)
    condition = target.c[relation.target_key] == record.c[relation.foreign_key]
    return json_object(rows.where(owned_by_tenant(target), condition), pairs, builder)


def _changed_fields(change: Record, selection: Selection, builder: StatementBuilder) -> Expression:
    fields = changed_fields(change, builder)
    pairs = _pairs(Entity(change.table), fields, selection, builder)
    query = select(row_columns(pairs)).select_from(fields.source).order_by(fields.c["name"])
    rows = query.subquery(builder.row_name())
    return select(json_array(rows, pairs)).select_from(rows).scalar_subquery()


def _to_many(relation: ToMany, record: Record, selection: Selection, builder: StatementBuilder) -> Expression:
    entity = ENTITIES[relation.entity]
    target = builder.record(entity.table)
    pairs = _pairs(entity, target, selection, builder)
    query = join_to_parent(select(row_columns(pairs)), relation, target, record, builder)
    rows = query.order_by(*_order(relation, target)).subquery(builder.row_name())
    return select(json_array(rows, pairs)).select_from(rows).scalar_subquery()


def _order(relation: ToMany, record: Record) -> list[Expression]:
    ascending = {name: record.c[name].asc() for name in relation.order}
    return [key.nulls_first() if record.nullable(name) else key for name, key in ascending.items()]


def select_page(
    entity_name: str, query: PageQuery, selection: Selection, builder: StatementBuilder, parent: Parent = None
) -> tuple[SqlSelect, Expression | None]:
    """Select the JSON of a page; return also the total of its list, if the selection has it.

    The rows of the page are visited once, however often the selection lists them. What is not
    selected is not in the statement.
    """
    page = _Page(ENTITIES[entity_name], PageRows(ENTITIES[entity_name], query, builder, parent), selection, builder)
    return page.select(), page.total


class _Page:
    """A page while its query is compiled: ``lists`` and ``totals`` are the sub-selects that it is made from."""

    def __init__(self, entity: Entity, rows: PageRows, selection: Selection, builder: StatementBuilder) -> None:
        self.entity, self.rows, self.selection, self.builder = entity, rows, selection, builder
        names = set(_page_values(selection))
        self.lists = self._lists(names)
        self.totals = rows.total() if names & TOTALS.keys() else None
        self.total = column_of(self.totals, "total", BigInteger) if self.totals is not None else None

    def select(self) -> SqlSelect:
        """Select one row with the JSON of the page."""
        sources = [source for source in (self.lists, self.totals) if source is not None]
        pairs = [(field.key, self._field(field, i)) for i, field in enumerate(self.selection.fields)]
        row = lateral_row(pairs, self.builder)
        json, is_foreign = row_to_json(row, pairs), self.rows.has_foreign_cursor()
        if is_foreign is not None:
            json = case((is_foreign, func.to_json(self.rows.binds("foreign_cursor", Text))), else_=json)
        return select(json.label("json")).select_from(*sources, row)

    def _lists(self, names: set[str]) -> Subquery | None:
        """Return one row with a column for each selected list and for each outer cursor in ``names``."""
        page = self.rows.page(self._columns())
        rows: list[LateralFromClause] = []
        columns = []
        for i, field in enumerate(self.selection.fields):
            if isinstance(field, Relation) and field.name in LISTS:
                pairs = self._row_pairs(field, page)
                rows.append(lateral_row(pairs, self.builder))
                columns.append(json_array(rows[-1], pairs).label(f"list{i}"))
        columns += outer_cursors(names, self.rows, page)
        if not columns:
            return None
        return select(*columns).select_from(page.source, *rows).subquery(self.builder.name("lists"))

    def _columns(self) -> set[str]:
        """Return the columns that the lists are made from."""
        relations = [field for field in self.selection.fields if isinstance(field, Relation) and field.name in LISTS]
        lists = [relation.selection for relation in relations]
        nodes = [field.selection for list_ in lists for field in list_.fields if isinstance(field, Relation)]
        return {name for selection in (*lists, *nodes) for name in _record_columns(self.entity, selection)}

    def _row_pairs(self, list_: Relation, page: Record) -> list[Pair]:
        """Return key and value of each field of one row of ``list_``: of a node, or of an edge."""
        if list_.name == "nodes":
            return _pairs(self.entity, page, list_.selection, self.builder)
        return [(field.key, self._edge_field(field, page)) for field in list_.selection.fields]

    def _edge_field(self, field: Field, page: Record) -> Expression:
        match field:
            case Constant():
                return json_constant(field.value)
            case Column():
                return self.rows.cursor(page)
            case Relation():
                pairs = _pairs(self.entity, page, field.selection, self.builder)
                return json_object(select(row_columns(pairs)), pairs, self.builder)

    def _field(self, field: Field, index: int) -> Expression:
        match field:
            case Constant():
                return json_constant(field.value)
            case Column():
                return page_value(field.name, self.rows, self.lists, self.total)
            case Relation(name="page_info"):
                pairs = [(part.key, self._field(part, -1)) for part in field.selection.fields]
                return json_object(select(row_columns(pairs)), pairs, self.builder)
            case Relation():
                assert self.lists is not None
                return column_of(self.lists, f"list{index}", JSON)


def _page_values(selection: Selection) -> Iterator[str]:
    """Yield the names of the selected values that describe the page, directly or in its ``page_info``."""
    for field in selection.fields:
        if isinstance(field, Column):
            yield field.name
        elif isinstance(field, Relation) and field.name == "page_info":
            yield from _page_values(field.selection)


def _record_columns(entity: Entity, selection: Selection) -> Iterator[str]:
    """Yield the columns of a record that ``selection`` is made from; the fields of an edge yield ``id``."""
    for field in selection.fields:
        relation = entity.relations.get(field.name) if isinstance(field, Relation) else None
        if isinstance(field, Column):
            yield field.name
        elif isinstance(relation, ToOne):
            yield relation.foreign_key
        elif isinstance(relation, ChangedFields):
            yield from ("old_values", "new_values")
        else:
            yield "id"

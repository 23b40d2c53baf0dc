"""The fields of a record: its columns, and the records, lists and pages tied to it."""

from collections.abc import Iterator

from sqlalchemy import select

from db.entities import ENTITIES, Entity, ToMany, ToOne
from db.selection import Column, Constant, Field, Relation, Selection
from db.statements import ties
from db.statements.builder import StatementBuilder
from db.statements.json import Pair, constant, many, one, row, shown
from db.statements.record import Expression, Record
from db.statements.scope import owned


def pairs_of(noun: Entity, record: Record, selection: Selection, writing: StatementBuilder) -> list[Pair]:
    """Key and expression of each selected field of ``record``."""
    return [(field.key, _field(noun, record, field, writing)) for field in selection.fields]


def needed(noun: Entity, selection: Selection) -> Iterator[str]:
    """The columns of a record that ``selection`` is made from, among others perhaps."""
    for field in selection.fields:
        relation = noun.relations.get(field.name) if isinstance(field, Relation) else None
        if isinstance(field, Column):
            yield field.name
        elif isinstance(relation, ToOne):
            yield relation.column
        else:
            yield "id"


def _field(noun: Entity, record: Record, field: Field, writing: StatementBuilder) -> Expression:
    match field:
        case Constant():
            return constant(field.value)
        case Column():
            return shown(record.c[field.name], as_text=field.as_text)
        case Relation():
            return _related(noun.relations[field.name], record, field, writing)


def _related(relation: ToOne | ToMany, record: Record, field: Relation, writing: StatementBuilder) -> Expression:
    if isinstance(relation, ToOne):
        return _to_one(relation, record, field.selection, writing)
    if field.query is not None:
        page, _ = writing.page(relation.noun, field.query, field.selection, writing, (relation, record))
        return page.scalar_subquery()
    return _to_many(relation, record, field.selection, writing)


def _to_one(relation: ToOne, record: Record, selection: Selection, writing: StatementBuilder) -> Expression:
    noun = ENTITIES[relation.noun]
    other = writing.record(noun.table)
    pairs = pairs_of(noun, other, selection, writing)
    found = select(row(pairs)).select_from(other.source)
    return one(found.where(owned(other), other.c["id"] == record.c[relation.column]), pairs, writing)


def _to_many(relation: ToMany, record: Record, selection: Selection, writing: StatementBuilder) -> Expression:
    noun = ENTITIES[relation.noun]
    other = writing.record(noun.table)
    pairs = pairs_of(noun, other, selection, writing)
    rows = ties.tied(select(row(pairs)), relation, other, record, writing)
    answers = rows.order_by(*_order(relation, other)).subquery(writing.row())
    return select(many(answers, pairs)).select_from(answers).scalar_subquery()


def _order(relation: ToMany, other: Record) -> list[Expression]:
    ascending = {name: other.c[name].asc() for name in relation.order}
    return [each.nulls_first() if other.nullable(name) else each for name, each in ascending.items()]

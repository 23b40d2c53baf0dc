"""Who is asking, as a record: the role of the token, the organization, the user's own record."""

from sqlalchemy import Text, select

from db.entities import ENTITIES
from db.selection import Column, Constant, Field, Selection
from db.statements.builder import Binds, Selected, StatementBuilder
from db.statements.fields import pairs_of
from db.statements.json import constant, object_of, one, row
from db.statements.record import Expression, Record
from db.statements.scope import owned


def viewer(selection: Selection, writing: StatementBuilder) -> Selected:
    """One row: the viewer as ``selection`` wants it."""
    binds = writing.query()
    pairs = [(field.key, _field(field, binds, writing)) for field in selection.fields]
    answer = select(row(pairs)).subquery(writing.row())
    return select(object_of(answer, pairs).label("json")).select_from(answer)


def _field(field: Field, binds: Binds, writing: StatementBuilder) -> Expression:
    match field:
        case Constant():
            return constant(field.value)
        case Column():
            return binds(field.name, Text)
    noun = ENTITIES[field.name]
    record = writing.record(noun.table)
    pairs = pairs_of(noun, record, field.selection, writing)
    found = select(row(pairs)).select_from(record.source)
    return one(found.where(owned(record), _mine(record, field.name, binds)), pairs, writing)


def _mine(record: Record, name: str, binds: Binds) -> Expression:
    return record.c["clerk_id"] == binds("id", Text) if name == "user" else owned(record)

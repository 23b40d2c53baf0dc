"""The conditions of a filtered list as SQL."""

from sqlalchemy import Text, and_, collate, exists, func, literal_column, or_, select

from db.entities import Entity, ToMany
from db.query import Condition, Contains, Equals, HasWord, Presence, RelatedTo
from db.statements.builder import Binds, Expression, Record, StatementBuilder
from db.statements.scope import owned_by_tenant
from db.tables import specialist_words


def all_of(
    filters: tuple[Condition, ...], entity: Entity, record: Record, binds: Binds, builder: StatementBuilder
) -> Expression:
    """Return the condition that ``record`` of ``entity`` meets all of ``filters``."""
    return and_(True, *(_expression(condition, entity, record, binds, builder) for condition in filters))


def _expression(
    condition: Condition, entity: Entity, record: Record, binds: Binds, builder: StatementBuilder
) -> Expression:
    match condition:
        case Presence():
            column = record.c[condition.column]
            return column.is_not(None) if condition.present else column.is_(None)
        case Equals():
            column = record.c[condition.column]
            return column == binds(condition.name, column.type)
        case RelatedTo():
            return _related_to(condition, entity, record, binds, builder)
        case Contains():
            text = _lower(binds("search", Text))
            columns = (_lower(record.c[name]) for name in condition.columns)
            return or_(*(func.strpos(column, text) > literal_column("0") for column in columns))
        case HasWord():
            return _has_word(condition, record, binds, builder)


def _related_to(
    condition: RelatedTo, entity: Entity, record: Record, binds: Binds, builder: StatementBuilder
) -> Expression:
    relation = entity.relations[condition.relation]
    if not isinstance(relation, ToMany) or relation.secondary is None:
        raise TypeError(f"no table of pairs holds the {condition.relation}")
    link = builder.record(relation.secondary)
    target = link.c[relation.target_key]
    return (
        exists()
        .select_from(link.source)
        .where(owned_by_tenant(link), target == binds(condition.name, target.type))
        .where(link.c[relation.foreign_key] == record.c["id"])
    )


def _has_word(condition: HasWord, record: Record, binds: Binds, builder: StatementBuilder) -> Expression:
    words = builder.record(specialist_words)
    first, last = (binds(name, Text) for name in condition.values)
    ids = select(words.c["specialist_id"]).select_from(words.source)
    return record.c["id"].in_(ids.where(owned_by_tenant(words), words.c["word"] >= first, words.c["word"] < last))


def _lower(text: Expression) -> Expression:
    """Return ``text`` in lower case by the locale of the database: under ``C`` only ASCII letters have a case."""
    return func.lower(collate(text, "default"))

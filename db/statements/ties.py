"""How the records of a list are tied to the record that the list hangs on."""

from sqlalchemy import FromClause

from db.nouns import ToMany
from db.scope import owned
from db.statements.writing import Selected, Writing


def tied(
    rows: Selected,
    relation: ToMany,
    other: FromClause,
    record: FromClause,
    writing: Writing,
) -> Selected:
    """``rows`` of ``other``, narrowed to those tied to ``record``."""
    if relation.through is None:
        return rows.where(owned(other), other.c[relation.here] == record.c.id).correlate(record)
    link = writing.alias(relation.through)
    joined = rows.select_from(link.join(other, link.c[relation.there] == other.c.id))
    here = link.c[relation.here] == record.c.id
    return joined.where(owned(link), owned(other), here).correlate(record)

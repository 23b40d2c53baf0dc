"""How the records of a list are tied to the record that the list hangs on."""

from db.entities import ToMany
from db.statements.builder import Selected, StatementBuilder
from db.statements.record import Record
from db.statements.scope import owned


def tied(rows: Selected, relation: ToMany, other: Record, record: Record, writing: StatementBuilder) -> Selected:
    """``rows``, taken from ``other`` and narrowed to those tied to ``record``."""
    if relation.through is None:
        found = rows.select_from(other.source)
        return found.where(owned(other), other.c[relation.here] == record.c["id"])
    link = writing.record(relation.through)
    joined = link.source.join(other.source, link.c[relation.there] == other.c["id"])
    here = link.c[relation.here] == record.c["id"]
    return rows.select_from(joined).where(owned(link), owned(other), here)

"""Reads -> one statement: text and the order of its arguments, kept for the next time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

from db.entities import ENTITIES
from db.query import PageQuery, RecordQuery, ViewerQuery
from db.selection import Read
from db.statements.builder import DIALECT, Selected, StatementBuilder
from db.statements.fields import pairs_of
from db.statements.json import beside, object_of, row
from db.statements.pages import page
from db.statements.scope import ORGANIZATION_ID, check_scoped, owned
from db.statements.viewer import viewer


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL text with ``$1``.. and, for each of these, the query and the name of its value."""

    text: str
    arguments: tuple[tuple[int, str], ...]

    def bind(self, organization_id: int, values: Sequence[Mapping[str, object]]) -> list[object]:
        """The arguments in order; query -1 stands for the organization."""
        return [organization_id if query < 0 else values[query][name] for query, name in self.arguments]


def compile_reads(reads: Sequence[Read]) -> Statement:
    """Compile one statement that answers all ``reads`` in one row.

    Its columns are those of the ``ReadResult`` of a single read, or the JSON of each of several.
    """
    writing = StatementBuilder(page)
    if len(reads) == 1:
        return compiled(_read(reads[0], writing, alone=True))
    queries = [_read(read, writing, alone=False) for read in reads]
    return compiled(select(*(query.scalar_subquery().label(f"json{i}") for i, query in enumerate(queries))))


def compiled(statement: ClauseElement) -> Statement:
    """``statement`` as asyncpg takes it; refused if it could see beyond the organization."""
    made = statement.compile(dialect=DIALECT)
    assert isinstance(made, SQLCompiler)
    names = list(made.positiontup or ())
    check_scoped(made.string, names)
    return Statement(made.string, tuple(map(_argument, names)))


def written(sql: str) -> Statement:
    """A statement written by hand, with ``:name`` for its values and ``:organization_id``."""
    return compiled(text(sql))


def _argument(name: str) -> tuple[int, str]:
    if name == ORGANIZATION_ID:
        return (-1, name)
    query, _, value = name.rpartition(":")
    return (int(query or 0), value)


def _read(read: Read, writing: StatementBuilder, *, alone: bool) -> Selected:
    """Select the JSON of ``read``; ``alone``: also the other columns of ``ReadResult`` that it has."""
    match read.query:
        case PageQuery():
            answer, total = page(read.entity, read.query, read.selection, writing)
            return answer.add_columns(total) if alone and total is not None else answer
        case RecordQuery():
            return _record(read, read.query, writing, alone=alone)
        case ViewerQuery():
            return viewer(read.selection, writing)


def _record(read: Read, query: RecordQuery, writing: StatementBuilder, *, alone: bool) -> Selected:
    noun, binds = ENTITIES[read.entity], writing.query()
    record = writing.record(noun.table)
    pairs = pairs_of(noun, record, read.selection, writing)
    answer = beside(pairs, writing)
    columns = [(name, record.c[name]) for name in ("id", "version")] if alone else []
    found = select(row([("json", object_of(answer, pairs)), *columns])).select_from(record.source, answer)
    key = record.c[query.by]
    return found.where(owned(record), key == binds("key", key.type))

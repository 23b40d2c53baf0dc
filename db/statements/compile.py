"""Compile reads, or SQL written by hand, to statements: the text and the order of the arguments."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.elements import ClauseElement

from db.query import PageQuery, RecordQuery, ViewerQuery
from db.selection import Read
from db.statements.builder import DIALECT, SqlSelect, StatementBuilder
from db.statements.scope import ORGANIZATION_ID, check_scoped
from db.statements.selections import select_page, select_record, select_viewer


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL text with ``$1``.. and, for each of these, the number of the query and the name of its value."""

    text: str
    arguments: tuple[tuple[int, str], ...]

    def bind(self, organization_id: int, values: Sequence[Mapping[str, object]]) -> list[object]:
        """Return the arguments in order; query -1 stands for the organization."""
        return [organization_id if query < 0 else values[query][name] for query, name in self.arguments]


def compile_reads(reads: Sequence[Read]) -> Statement:
    """Compile one statement that answers all ``reads`` in one row.

    Its columns are those of the ``ReadResult`` of a single read, or the JSON of each of several.
    """
    builder = StatementBuilder()
    if len(reads) == 1:
        return compile_statement(_select(reads[0], builder, only_json=False))
    queries = [_select(read, builder, only_json=True).scalar_subquery() for read in reads]
    return compile_statement(select(*(query.label(f"json{i}") for i, query in enumerate(queries))))


def compile_statement(clause: ClauseElement) -> Statement:
    """Compile ``clause`` for asyncpg; raise ``UnscopedStatementError`` if it does not filter by organization."""
    compiler = clause.compile(dialect=DIALECT)
    assert isinstance(compiler, SQLCompiler)
    names = list(compiler.positiontup or ())
    check_scoped(compiler.string, names)
    return Statement(compiler.string, tuple(map(_argument, names)))


def compile_sql(sql: str) -> Statement:
    """Compile SQL written by hand, with ``:name`` for its values and ``:organization_id``."""
    return compile_statement(text(sql))


def _argument(name: str) -> tuple[int, str]:
    if name == ORGANIZATION_ID:
        return (-1, name)
    query, _, value = name.rpartition(":")
    return (int(query or 0), value)


def _select(read: Read, builder: StatementBuilder, *, only_json: bool) -> SqlSelect:
    """Select the JSON of ``read`` and, unless ``only_json``, the other columns of its ``ReadResult``."""
    match read.query:
        case PageQuery():
            page, total = select_page(read.entity, read.query, read.selection, builder)
            return page if total is None or only_json else page.add_columns(total)
        case RecordQuery():
            columns = () if only_json else ("id", "version")
            return select_record(read.entity, read.query, read.selection, builder, columns)
        case ViewerQuery():
            return select_viewer(read.selection, builder)

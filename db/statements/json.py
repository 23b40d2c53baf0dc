"""JSON made by PostgreSQL: values as the contract shows them, objects with keys in the order asked for."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnClause,
    DateTime,
    Text,
    Time,
    cast,
    func,
    literal_column,
    select,
    values,
)
from sqlalchemy import column as sql_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.selectable import LateralFromClause, NamedFromClause

from db.statements.builder import DIALECT, Selected, StatementBuilder
from db.statements.record import Expression

MAX_NAME = 63  # bytes; PostgreSQL cuts a longer identifier off, so it cannot carry a key
EMPTY_LIST: Expression = literal_column("'[]'")
INSTANT: Expression = literal_column("""'YYYY-MM-DD"T"HH24:MI:SS"Z"'""")
LOCAL_TIME: Expression = literal_column("'HH24:MI'")
UTC: Expression = literal_column("'utc'")

Pair = tuple[str, Expression]


@lru_cache(maxsize=4_096)
def shown(column: Expression, *, as_text: bool = False) -> Expression:
    """``column`` as the contract writes it, for which the SQL is made but once."""
    return literal_column(str(_shown(column, as_text).compile(dialect=DIALECT)))


def _shown(column: Expression, as_text: bool) -> Expression:
    """Instants in whole seconds of UTC, local times as HH:MM."""
    if isinstance(column.type, DateTime):
        return func.to_char(func.timezone(UTC, column), INSTANT)
    if isinstance(column.type, Time):
        return func.to_char(column, LOCAL_TIME)
    if as_text and not isinstance(column.type, Text):
        return cast(column, Text)
    return column


class _Row(ColumnClause[Any]):
    """Columns under their names, written at once: a ``Label`` each would take a fifth of the time to compile."""

    inherit_cache = False

    def __init__(self, pairs: Sequence[Pair]) -> None:
        super().__init__("row", is_literal=True)
        self.pairs = pairs


@compiles(_Row)
def _row(row: _Row, compiler: SQLCompiler, **_: object) -> str:
    quote = compiler.preparer.quote_identifier  # plain ``quote`` never forgets a name
    return ", ".join(f"{_written(value, compiler)} AS {quote(key)}" for key, value in row.pairs)


def _written(value: Expression, compiler: SQLCompiler) -> str:
    """A literal is its own SQL; most columns are, and need no compiler."""
    if isinstance(value, ColumnClause) and value.is_literal:
        return str(value.name)
    return compiler.process(value, within_columns_clause=True)


def row(pairs: Sequence[Pair]) -> Expression:
    """``pairs`` as the columns of a row that ``object_of`` can turn into an object."""
    if _too_long(pairs):
        return _Row([(f"c{i}", value) for i, (_, value) in enumerate(pairs)])
    return _Row(pairs)


def object_of(source: NamedFromClause, pairs: Sequence[Pair]) -> Expression:
    """The JSON object of a ``row(pairs)`` in ``source``.

    ``row_to_json`` has no limit on the number of keys and is half again as fast as
    ``json_build_object``, which takes at most fifty; only keys too long for a column's
    name need the slower form.
    """
    if not _too_long(pairs):
        return literal_column(f"row_to_json({source.name})")
    listed = values(sql_column("key", Text), sql_column("value"), name="pair").data(
        [(_quoted(key), func.to_json(literal_column(f"{source.name}.c{i}"))) for i, (key, _) in enumerate(pairs)]
    )
    return select(func.json_object_agg(listed.c.key, listed.c.value)).scalar_subquery()


def beside(pairs: Sequence[Pair], writing: StatementBuilder) -> LateralFromClause:
    """The row of ``pairs``, made anew for each row of what stands before it in FROM."""
    return select(row(pairs)).lateral(writing.row())


def one(source: Selected, pairs: Sequence[Pair], writing: StatementBuilder) -> Expression:
    """The object of the one row that ``source`` selects, or null."""
    answer = source.subquery(writing.row())
    return select(object_of(answer, pairs)).select_from(answer).scalar_subquery()


def many(source: NamedFromClause, pairs: Sequence[Pair]) -> Expression:
    """The list of the objects of all rows of ``source``, in their order."""
    return func.coalesce(func.json_agg(object_of(source, pairs)), EMPTY_LIST)


def constant(value: str) -> Expression:
    """A name of the schema as a literal; anything a client may choose is bound instead."""
    return cast(_quoted(value), Text)


def _quoted(name: str) -> Expression:
    if not name.isidentifier() or not name.isascii():
        raise ValueError("not a name")
    return literal_column(f"'{name}'", Text)


def _too_long(pairs: Sequence[Pair]) -> bool:
    return any(len(key) > MAX_NAME for key, _ in pairs)

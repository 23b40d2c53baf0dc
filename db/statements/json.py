"""JSON expressions: values as the contract writes them, objects with their keys in the order of the selection."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnClause, DateTime, Text, Time, cast, func, literal_column, select, values
from sqlalchemy import column as sql_column
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.selectable import LateralFromClause, NamedFromClause
from sqlalchemy.types import TypeEngine

from db.selection import Spelling
from db.statements.builder import DIALECT, Expression, SqlSelect, StatementBuilder, TableColumn

MAX_NAME = 63  # bytes; PostgreSQL cuts off longer identifiers, so these cannot be keys
EMPTY_ARRAY: Expression = literal_column("'[]'")
INSTANT: Expression = literal_column("""'YYYY-MM-DD"T"HH24:MI:SS"Z"'""")
LOCAL_TIME: Expression = literal_column("'HH24:MI'")
UTC: Expression = literal_column("'utc'")

Pair = tuple[str, Expression]
"""A key of an object and its value."""


# camelCase: the first word begins after a digit, which initcap() takes for the beginning of the word.
SPELLINGS: Mapping[Spelling, str] = {
    "UPPER_CASE": "upper(%s)",
    "camelCase": "substr(replace(initcap(replace('0' || %s, '_', ' ')), ' ', ''), 2)",
}


def json_value(column: TableColumn, *, as_text: bool = False, spelling: Spelling = "as it is") -> Expression:
    """Return ``column``, whose name is its SQL, in the form that the contract has for its type."""
    form = SPELLINGS.get(spelling) or _json_form(column.type, as_text)
    return column if form is None else literal_column(form % column.name)


@lru_cache
def _json_form(type_: TypeEngine[Any], as_text: bool) -> str | None:
    """Return the SQL of a value of ``type_`` with ``%s`` for its column; none if the column is that value already.

    It is compiled once for a type: a request may select thousands of columns.
    """
    column = literal_column("%s", type_)
    value = _json_value(column, as_text)
    return None if value is column else str(value.compile(dialect=DIALECT))


def _json_value(column: Expression, as_text: bool) -> Expression:
    """Return instants in whole seconds of UTC, local times as HH:MM, other values as they are."""
    if isinstance(column.type, DateTime):
        return func.to_char(func.timezone(UTC, column), INSTANT)
    if isinstance(column.type, Time):
        return func.to_char(column, LOCAL_TIME)
    if as_text and not isinstance(column.type, Text):
        return cast(column, Text)
    return column


class _Columns(ColumnClause[Any]):
    """A list of columns that is compiled at once: with a ``Label`` for each, it would take a fifth longer."""

    inherit_cache = False

    def __init__(self, pairs: Sequence[Pair]) -> None:
        super().__init__("row", is_literal=True)
        self.pairs = pairs


@compiles(_Columns)
def _compile_columns(columns: _Columns, compiler: SQLCompiler, **_: object) -> str:
    quote = compiler.preparer.quote_identifier  # plain ``quote`` remembers every name for ever
    return ", ".join(f"{_compile(value, compiler)} AS {quote(key)}" for key, value in columns.pairs)


def _compile(value: Expression, compiler: SQLCompiler) -> str:
    """Return the SQL of ``value``; most are literal columns, which are their own SQL."""
    if isinstance(value, ColumnClause) and value.is_literal:
        return str(value.name)
    return compiler.process(value, within_columns_clause=True)


def row_columns(pairs: Sequence[Pair]) -> Expression:
    """Return ``pairs`` as the columns of a row that ``row_to_json`` turns into an object."""
    if _has_long_key(pairs):
        return _Columns([(f"c{i}", value) for i, (_, value) in enumerate(pairs)])
    return _Columns(pairs)


def row_to_json(row: NamedFromClause, pairs: Sequence[Pair]) -> Expression:
    """Return the JSON object of ``row``, whose columns are ``row_columns(pairs)``.

    The function ``row_to_json`` has no limit on the number of keys and is half again as fast as
    ``json_build_object``, which takes at most fifty; only keys too long for a column's name need
    the slower form. Its argument is ``row.*`` because ``row`` alone could mean a column of that name.
    """
    if not _has_long_key(pairs):
        return literal_column(f"row_to_json({row.name}.*)")
    key_values = values(sql_column("key", Text), sql_column("value"), name="pair").data(
        [(_quote(key), func.to_json(literal_column(f"{row.name}.c{i}"))) for i, (key, _) in enumerate(pairs)]
    )
    return select(func.json_object_agg(key_values.c.key, key_values.c.value)).scalar_subquery()


def lateral_row(pairs: Sequence[Pair], builder: StatementBuilder) -> LateralFromClause:
    """Return a LATERAL sub-select with the columns of ``pairs``, for each row of what precedes it in FROM."""
    return select(row_columns(pairs)).lateral(builder.row_name())


def json_object(query: SqlSelect, pairs: Sequence[Pair], builder: StatementBuilder) -> Expression:
    """Return the object of the one row that ``query`` selects as ``row_columns(pairs)``, or null."""
    row = query.subquery(builder.row_name())
    return select(row_to_json(row, pairs)).select_from(row).scalar_subquery()


def json_array(rows: NamedFromClause, pairs: Sequence[Pair]) -> Expression:
    """Return the array of the objects of all ``rows``, in their order."""
    return func.coalesce(func.json_agg(row_to_json(rows, pairs)), EMPTY_ARRAY)


def json_constant(value: str) -> Expression:
    """Return a name of the schema as a literal; what a client may choose is bound instead."""
    return cast(_quote(value), Text)


def _quote(name: str) -> Expression:
    if not name.isidentifier() or not name.isascii():
        raise ValueError("not a name")
    return literal_column(f"'{name}'", Text)


def _has_long_key(pairs: Sequence[Pair]) -> bool:
    return any(len(key) > MAX_NAME for key, _ in pairs)

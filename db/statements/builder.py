"""The state of a statement while it is compiled: the names of its tables and the numbers of its queries."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import count
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, ColumnClause, ColumnElement, FromClause, Select, Table, bindparam, literal_column
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.sql.selectable import NamedFromClause
from sqlalchemy.types import TypeEngine

DIALECT = asyncpg.dialect()  # type: ignore[no-untyped-call]
Expression: TypeAlias = ColumnElement[Any]
TableColumn: TypeAlias = ColumnClause[Any]
SqlSelect: TypeAlias = Select[Any]
Binds: TypeAlias = Callable[[str, TypeEngine[Any] | type[TypeEngine[Any]]], BindParameter[Any]]
"""Makes the bind parameter of a query for the name of a value and its type."""


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """The rows of ``table`` under a name of their own: ``source`` belongs in FROM, ``c`` are the columns.

    The columns are names with a type. To let SQLAlchemy derive them from the table, as an alias or a
    sub-select does, would take longer than to compile the rest of the statement.
    """

    table: Table
    source: FromClause
    c: Mapping[str, TableColumn]

    def nullable(self, column: str) -> bool:
        """Return whether ``column`` may be null."""
        return bool(self.table.c[column].nullable)


class StatementBuilder:
    """The state of one statement while it is compiled."""

    def __init__(self) -> None:
        self._names: Counter[str] = Counter()
        self._query_numbers = count()

    def name(self, base: str) -> str:
        """Return a name that the statement does not use yet: ``page``, then ``page_2``."""
        self._names[base] += 1
        number = self._names[base]
        return base if number == 1 else f"{base}_{number}"

    def row_name(self) -> str:
        """Return a name for a row whose columns are the keys of an object: ``row_1``, then ``row_2``.

        Clients choose the keys, so a column may have this name, too. Nothing takes it for the row: a
        statement names a row only in front of a dot, where SQL looks for a table before anything else.
        """
        self._names["row"] += 1
        return f"row_{self._names['row']}"

    def record(self, table: Table) -> Record:
        """Return the rows of ``table`` under a name that the statement does not use yet."""
        return _record(table, self.name(table.name))

    def binds(self) -> Binds:
        """Return what makes the bind parameters of the next query.

        Queries are numbered depth first, as in ``Read.values``.
        """
        query_number = next(self._query_numbers)
        return lambda name, type_: bindparam(f"{query_number}:{name}", type_=type_)


@lru_cache(maxsize=1_024)
def _record(table: Table, name: str) -> Record:
    return Record(table, table.alias(name), table_columns(table, name))


@lru_cache(maxsize=1_024)
def table_columns(table: Table, name: str) -> Mapping[str, TableColumn]:
    """Return the columns of ``table`` in a statement that calls its rows ``name``."""
    return {column.name: literal_column(f"{name}.{column.name}", column.type) for column in table.c}


def column_of(source: NamedFromClause, name: str, type_: type[TypeEngine[Any]]) -> Expression:
    """Return the column ``name`` of ``source``, which stands in FROM."""
    return literal_column(f"{source.name}.{name}", type_)

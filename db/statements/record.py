"""A table's rows under the name that they have in one statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, FromClause, Table, literal_column
from sqlalchemy.sql.selectable import NamedFromClause
from sqlalchemy.types import TypeEngine

Expression: TypeAlias = ColumnElement[Any]


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """``source`` stands in the statement's FROM, where it has to be put; ``c`` are its columns.

    The columns are names with a type: those that an alias or a sub-select derives from its table
    would take longer than the rest of a statement.
    """

    table: Table
    source: FromClause
    c: Mapping[str, Expression]

    def nullable(self, column: str) -> bool:
        return bool(self.table.c[column].nullable)


@lru_cache(maxsize=1_024)
def aliased(table: Table, name: str) -> Record:
    return Record(table, table.alias(name), columns(table, name))


@lru_cache(maxsize=1_024)
def columns(table: Table, name: str) -> Mapping[str, Expression]:
    """The columns of ``table`` where its rows are called ``name``."""
    return {column.name: literal_column(f"{name}.{column.name}", column.type) for column in table.c}


def column(source: NamedFromClause, name: str, type_: type[TypeEngine[Any]]) -> Expression:
    """The column ``name`` of what stands in FROM as ``source``."""
    return literal_column(f"{source.name}.{name}", type_)

"""What one statement in the making shares: names for its tables, numbers for its queries."""

from collections import Counter
from collections.abc import Callable
from itertools import count
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, Select, Table, bindparam
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.types import TypeEngine

from db.statements.record import Expression, Record, aliased

DIALECT = asyncpg.dialect()  # type: ignore[no-untyped-call]
Selected: TypeAlias = Select[Any]


class StatementBuilder:
    """One statement in the making; ``page`` writes a page of a list, wherever in the statement it stands."""

    def __init__(self, page: Callable[..., tuple[Selected, Expression | None]]) -> None:
        self.page = page
        self._names: Counter[str] = Counter()
        self._queries = count()

    def name(self, noun: str) -> str:
        """A name that is not yet taken: ``specialist``, then ``specialist_2``."""
        self._names[noun] += 1
        number = self._names[noun]
        return noun if number == 1 else f"{noun}_{number}"

    def row(self) -> str:
        """A name for a row that becomes an object: none that a client can give to one of its columns."""
        self._names["answer"] += 1
        return f"answer${self._names['answer']}"

    def record(self, table: Table) -> Record:
        """The rows of ``table`` under a name of their own."""
        return aliased(table, self.name(table.name))

    def query(self) -> "Binds":
        """The parameters of the next query; queries are numbered depth first, as in ``Read.values``."""
        return Binds(next(self._queries))


class Binds:
    """The parameters of one query, by the names of its values."""

    def __init__(self, number: int) -> None:
        self._number = number

    def __call__(self, name: str, type_: TypeEngine[Any] | type[TypeEngine[Any]]) -> BindParameter[Any]:
        return bindparam(f"{self._number}:{name}", type_=type_)

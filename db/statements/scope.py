"""Isolation in SQL: compilation rejects every statement that does not filter by organization."""

import re
from collections import Counter
from collections.abc import Iterator

from sqlalchemy import BigInteger, ColumnElement, bindparam

from db.statements.builder import Record
from db.tables import TENANT_TABLES, organizations

ORGANIZATION_ID = "organization_id"
organization_id = bindparam(ORGANIZATION_ID, type_=BigInteger)

GUARDED = "|".join(table.name for table in (organizations, *TENANT_TABLES))
KIND = re.compile(r"\s*(?:select|with|insert|update|delete)\b")
# patterns for text in lower case; each begins with something literal, which the search jumps to
USE = re.compile(
    rf"""(?:from|join|update|using|[,(])\s*(?:only\s+)?(?:public\.)?"?\b({GUARDED})\b(?!"?\.)"?(?:\s+as\s+(\w+))?"""
)
INSERT = re.compile(
    rf"""
    into\s+(?:public\.)?"?({GUARDED})\b"?
    (?:(?:\s+as\s+\w+)?\s*\(\s*(\w+)[^)]*\)\s*(?:overriding\s+system\s+value\s+)?(?:values\s*\(|select)\s*\$(\d+)\b)?
    """,
    re.VERBOSE,
)
CONDITION = re.compile(r"\.(id|organization_id) = \$(\d+)")
MAX_NAME = 63


class UnscopedStatementError(Exception):
    """A statement reads or changes a guarded table without filtering by organization."""


def owned_by_tenant(record: Record) -> ColumnElement[bool]:
    """Return the condition that rows of ``record`` belong to the tenant's organization."""
    return record.c[_column(record.table.name)] == organization_id


def check_scoped(text: str, parameters: list[str]) -> None:
    """Raise ``UnscopedStatementError`` unless ``text`` filters each guarded table that it uses by organization.

    ``parameters`` are the names behind ``$1``.. It is the finished text that is checked: nothing
    comes between this check and the database.
    """
    text = text.lower()
    number = parameters.index(ORGANIZATION_ID) + 1 if ORGANIZATION_ID in parameters else 0
    if not KIND.match(text):
        raise UnscopedStatementError("only what reads or changes rows can name its organization")
    conditions = Counter(_conditions(text, str(number)))
    uses = Counter((table, f"{alias or table}.{_column(table)}") for table, alias in USE.findall(text))
    for (table, column), count in uses.items():
        if conditions[column] < count:
            raise UnscopedStatementError(f"{table} is used without its organization")
    for table, column, first in INSERT.findall(text):
        if (column, first) != (_column(table), str(number)):
            raise UnscopedStatementError(f"{table} is added to without its organization")


def _conditions(text: str, number: str) -> Iterator[str]:
    """Yield the columns, ``table.column`` each, that are compared to parameter ``number``."""
    for match in CONDITION.finditer(text):
        column, parameter = match.groups()
        if parameter == number:
            name = text[max(0, match.start() - MAX_NAME) : match.start()].rsplit(maxsplit=1)[-1].lstrip("(")
            yield f"{name}.{column}"


def _column(table: str) -> str:
    return "id" if table == organizations.name else ORGANIZATION_ID

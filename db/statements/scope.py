"""The first wall: every statement names its organization, and one that forgets cannot be compiled."""

import re
from collections import Counter
from collections.abc import Iterator

from sqlalchemy import BigInteger, ColumnElement, bindparam

from db.statements.record import Record
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
HELD = re.compile(r"\.(id|organization_id) = \$(\d+)")
MAX_NAME = 63


class UnscopedStatementError(Exception):
    """A statement reads or changes a guarded table without naming the organization."""


def owned(record: Record) -> ColumnElement[bool]:
    """The condition that ``record`` shows the rows of the asking organization only."""
    return record.c[_column(record.table.name)] == organization_id


def check_scoped(text: str, parameters: list[str]) -> None:
    """Raise ``UnscopedStatementError`` unless ``text`` holds each guarded table that it uses to the organization.

    ``parameters`` are the names behind ``$1``.. The finished text is what is looked at: nothing
    can come between this check and the database.
    """
    text = text.lower()
    number = parameters.index(ORGANIZATION_ID) + 1 if ORGANIZATION_ID in parameters else 0
    if not KIND.match(text):
        raise UnscopedStatementError("only what reads or changes rows can name its organization")
    held = Counter(_held(text, str(number)))
    uses = Counter((table, f"{alias or table}.{_column(table)}") for table, alias in USE.findall(text))
    for (table, column), count in uses.items():
        if held[column] < count:
            raise UnscopedStatementError(f"{table} is used without its organization")
    for table, column, first in INSERT.findall(text):
        if (column, first) != (_column(table), str(number)):
            raise UnscopedStatementError(f"{table} is added to without its organization")


def _held(text: str, number: str) -> Iterator[str]:
    """The columns, ``table.column`` each, that are compared to parameter ``number``."""
    for found in HELD.finditer(text):
        column, parameter = found.groups()
        if parameter == number:
            name = text[max(0, found.start() - MAX_NAME) : found.start()].split()[-1].lstrip("(")
            yield f"{name}.{column}"


def _column(table: str) -> str:
    return "id" if table == organizations.name else ORGANIZATION_ID

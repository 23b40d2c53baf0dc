"""Which part of a list is answered, cut out of the whole list in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

from graphql import GraphQLError

Row = dict[str, Any]
Arguments = Mapping[str, Any]


def refuse(code: str) -> NoReturn:
    raise GraphQLError(code, extensions={"code": code})


@dataclass(frozen=True)
class Part:
    """``rows`` of a list of ``total``, of which ``before`` stand before them."""

    rows: Sequence[Row]
    total: int
    before: int
    size: int
    page: int | None

    @property
    def info(self) -> Row:
        return {
            "hasNextPage": self.before + len(self.rows) < self.total and (bool(self.rows) or self.before < self.total),
            "hasPreviousPage": self.before > 0,
            "page": self.page,
            "pageSize": self.size,
            "totalPages": -(-self.total // self.size) if self.size else 0,
        }


def part_of(rows: Sequence[Row], arguments: Arguments) -> Part:
    """Raises ``invalid_page`` and ``invalid_page_size``; cursors are not known here."""
    window = {name: value for name, value in arguments.items() if value is not None}
    page_arguments, cursor_arguments = {"page", "pageSize"} & window.keys(), {"first", "last"} & window.keys()
    if (page_arguments and cursor_arguments) or len(cursor_arguments) > 1:
        refuse("invalid_page")
    if cursor_arguments:
        return _counted(rows, *(next((name, window[name]) for name in cursor_arguments)))
    page, size = window.get("page", 1), window.get("pageSize", 25)
    if page < 1:
        refuse("invalid_page")
    if size < 1:
        refuse("invalid_page_size")
    size = min(size, 100)
    start = min((page - 1) * size, len(rows))
    return Part(rows[start : start + size], len(rows), start, size, page)


def _counted(rows: Sequence[Row], way: str, count: int) -> Part:
    if count < 0:
        refuse("invalid_page_size")
    size = min(count, 100)
    start = 0 if way == "first" else max(0, len(rows) - size)
    return Part(rows[start : start + size], len(rows), start, size, None)

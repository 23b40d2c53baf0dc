"""Which part of a list is wanted: a numbered page, or so many rows beside a cursor."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from db.query import FOREIGN_CURSOR, Sort, Window
from resolvers.cursors import PARENT, read_cursor
from resolvers.errors.lists import InvalidPage, InvalidPageSize
from resolvers.errors.problem import Problem

DEFAULT_SIZE = 25
MAX_SIZE = 100
MAX_PAGE = 2**31 - 1  # what GraphQL's Int can hold; a page further out is as empty as this one
WHOLE_NUMBER = re.compile(r"[+-]?[0-9]+")


@dataclass(frozen=True, slots=True)
class WindowRequest:
    """The two ways through a list, as a client says it: integers, or their text from a URL."""

    page: int | str | None = None
    page_size: int | str | None = None
    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None

    @property
    def by_cursor(self) -> bool:
        return any(value is not None for value in (self.first, self.after, self.last, self.before))


def window_of(
    request: WindowRequest, sort: Sequence[Sort], mark: str, *, nested: bool = False
) -> tuple[Window, dict[str, Any]]:
    """The window, and the values that it binds; ``mark`` is the fingerprint of the list.

    ``nested``: the list hangs on a record, and its cursors hold the id of that record.
    """
    if not request.by_cursor:
        page = _integer(request.page, 1, 1, InvalidPage())
        size = min(_integer(request.page_size, DEFAULT_SIZE, 1, InvalidPageSize()), MAX_SIZE)
        return Window(), {"page": page, "size": size, "offset": (page - 1) * size}
    if request.page is not None or request.page_size is not None:
        raise InvalidPage("{page} and {page_size} do not go with {first}, {after}, {last} and {before}")
    if request.first is not None and request.last is not None:
        raise InvalidPage("{first} does not go with {last}", field="first")
    return _beside_cursor(request, sort, mark, nested)


def _beside_cursor(
    request: WindowRequest, sort: Sequence[Sort], mark: str, nested: bool
) -> tuple[Window, dict[str, Any]]:
    columns = [*([PARENT] if nested else []), *(key.column for key in sort)]
    values: dict[str, Any] = {}
    nulls: dict[str, tuple[bool, ...] | None] = {"after": None, "before": None}
    for side, cursor in (("after", request.after), ("before", request.before)):
        if cursor is not None:
            keys = read_cursor(cursor, columns, mark, side)
            if nested:
                values |= {f"{side}_parent": keys.pop(0), "foreign_cursor": FOREIGN_CURSOR}
            nulls[side] = tuple(key is None for key in keys)
            values |= {f"{side}{i}": key for i, key in enumerate(keys)}
    backward = request.last is not None or (request.first is None and request.after is None)
    argument, count = ("last", request.last) if request.last is not None else ("first", request.first)
    error = InvalidPageSize(f"{{{argument}}} must be an integer of at least 0", field=argument)
    values["size"] = min(_integer(count, DEFAULT_SIZE, 0, error), MAX_SIZE)
    return Window(numbered=False, backward=backward, **nulls), values


def _integer(value: int | str | None, default: int, least: int, error: Problem) -> int:
    """``value`` as an integer from ``least`` to ``MAX_PAGE``, which stands for greater ones; raises ``error``."""
    if isinstance(value, str):
        value = _whole_number(value)
    number = default if value is None else value
    if number < least:
        raise error
    return min(number, MAX_PAGE)


def _whole_number(text: str) -> int:
    """Zero if ``text`` is none; through ``float``, which reads any number of digits."""
    number = float(text) if WHOLE_NUMBER.fullmatch(text) else 0.0
    return int(max(0.0, min(number, MAX_PAGE)))

"""Parse the pagination of a list: a numbered page, or a number of rows before or after a cursor."""

import re
from dataclasses import dataclass
from typing import Any

from db.query import FOREIGN_CURSOR, Window
from resolvers.cursors import CursorFormat
from resolvers.errors.inputs import InvalidPage, InvalidPageSize
from resolvers.errors.problem import Problem

DEFAULT_SIZE = 25
MAX_SIZE = 100
MAX_PAGE = 2**31 - 1  # the greatest Int of GraphQL; a page beyond it is as empty as this one
WHOLE_NUMBER = re.compile(r"[+-]?[0-9]+")


@dataclass(frozen=True, slots=True)
class WindowRequest:
    """The pagination arguments of a list, as a client sends them: integers, or their text from a URL."""

    page: int | str | None = None
    page_size: int | str | None = None
    first: int | None = None
    after: str | None = None
    last: int | None = None
    before: str | None = None


def parse_window(request: WindowRequest, cursors: CursorFormat) -> tuple[Window, dict[str, Any]]:
    """Return the window and its values; raise ``InvalidPage``, ``InvalidPageSize`` or ``InvalidCursor``."""
    if all(argument is None for argument in (request.first, request.after, request.last, request.before)):
        page = _parse_integer(request.page, 1, 1, InvalidPage())
        size = min(_parse_integer(request.page_size, DEFAULT_SIZE, 1, InvalidPageSize()), MAX_SIZE)
        return Window(), {"page": page, "size": size, "offset": (page - 1) * size}
    if request.page is not None or request.page_size is not None:
        raise InvalidPage("{page} and {page_size} do not go with {first}, {after}, {last} and {before}")
    if request.first is not None and request.last is not None:
        raise InvalidPage("{first} does not go with {last}", field="first")
    return _parse_cursor_window(request, cursors)


def _parse_cursor_window(request: WindowRequest, cursors: CursorFormat) -> tuple[Window, dict[str, Any]]:
    values: dict[str, Any] = {}
    null_keys: dict[str, tuple[bool, ...] | None] = {"after": None, "before": None}
    for side, cursor in (("after", request.after), ("before", request.before)):
        if cursor is not None:
            keys = cursors.read(cursor, side)
            if cursors.nested:
                values |= {f"{side}_parent": keys.pop(0), "foreign_cursor": FOREIGN_CURSOR}
            null_keys[side] = tuple(key is None for key in keys)
            values |= {f"{side}{i}": key for i, key in enumerate(keys)}
    backward = request.last is not None or (request.first is None and request.after is None)
    argument, count = ("last", request.last) if request.last is not None else ("first", request.first)
    error = InvalidPageSize(f"{{{argument}}} must be an integer of at least 0", field=argument)
    values["size"] = min(_parse_integer(count, DEFAULT_SIZE, 0, error), MAX_SIZE)
    return Window(by_offset=False, backward=backward, **null_keys), values


def _parse_integer(value: int | str | None, default: int, minimum: int, error: Problem) -> int:
    """Return ``value``, from ``minimum`` to ``MAX_PAGE``, which stands for greater ones; raise ``error``."""
    if isinstance(value, str):
        value = _parse_digits(value)
    number = default if value is None else value
    if number < minimum:
        raise error
    return min(number, MAX_PAGE)


def _parse_digits(text: str) -> int:
    """Return the number that ``text`` is, or zero; through ``float``, which reads any number of digits."""
    number = float(text) if WHOLE_NUMBER.fullmatch(text) else 0.0
    return int(max(0.0, min(number, MAX_PAGE)))

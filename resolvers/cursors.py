"""Opaque cursors: PostgreSQL writes them, this reads them and refuses what belongs elsewhere."""

import base64
import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hashlib import blake2b

from db.query import Condition, Sort
from resolvers.errors.lists import InvalidCursor
from resolvers.scalars import NO_RECORD, record_id

LONGEST = 4_096
DIGEST_SIZE = 9  # bytes


def _text(value: str) -> str:
    value.encode()  # a lone surrogate cannot be bound
    if "\0" in value:
        raise ValueError("NUL")
    return value


def _id(value: str) -> int:
    if record_id(value) == NO_RECORD:
        raise ValueError("no id")
    return record_id(value)


def _instant(value: str) -> datetime:
    read = datetime.fromisoformat(value)
    if read.tzinfo is None:
        raise ValueError("an instant has a zone")
    return read.astimezone(UTC)


PARENT = "parent"
READERS: dict[str, Callable[[str], object]] = {
    PARENT: _id,
    "id": _id,
    "created_at": _instant,
    "updated_at": _instant,
}
NULLABLE = {"title", "email", "username"}
WRONG_LIST = "The cursor belongs to another list, sort or filter"


def fingerprint(list_name: str, sort: Sequence[Sort], conditions: Sequence[Condition]) -> str:
    """Return what binds a cursor to one list, under one sort and one filter.

    It is made of explicit names and values: clients hold cursors, which a new field of a class must not break.
    """
    names = tuple(condition.name for condition in conditions)
    values = {name: value for condition in conditions for name, value in condition.values.items()}
    content = repr((list_name, [(key.column, key.descending) for key in sort], names, sorted(values.items())))
    return blake2b(content.encode(), digest_size=DIGEST_SIZE).hexdigest()


def read_cursor(cursor: str, columns: Sequence[str], mark: str, argument: str) -> list[object]:
    """Return the value that ``cursor`` holds for each of ``columns``.

    Raises ``InvalidCursor`` where it cannot be read, or bears another fingerprint than ``mark``.
    """
    try:
        cursor_mark, *values = json.loads(base64.b64decode(_padded(cursor), b"-_", validate=True))
        if cursor_mark == mark:
            return [_value(column, value) for column, value in zip(columns, values, strict=True)]
    except (ValueError, TypeError, RecursionError, OverflowError):
        raise InvalidCursor(field=argument) from None
    raise InvalidCursor(WRONG_LIST if _is_fingerprint(cursor_mark) else None, field=argument)


def _is_fingerprint(value: object) -> bool:
    return isinstance(value, str) and len(value) == 2 * DIGEST_SIZE and not value.strip("0123456789abcdef")


def _padded(cursor: str) -> str:
    if len(cursor) > LONGEST:
        raise ValueError("too long")
    return cursor + "=" * (-len(cursor) % 4)


def _value(column: str, value: object) -> object:
    if value is None and column in NULLABLE:
        return None
    if not isinstance(value, str):
        raise TypeError("a cursor holds text")
    return READERS.get(column, _text)(value)

"""Opaque cursors: PostgreSQL writes them, this reads them and refuses what belongs elsewhere."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from hashlib import blake2b

from db.query import Sort
from resolvers.errors.lists import InvalidCursor
from resolvers.ids import NO_RECORD, record_id

LONGEST = 4_096


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


READERS: dict[str, Callable[[str], object]] = {
    "id": _id,
    "created_at": _instant,
    "updated_at": _instant,
}


def fingerprint(noun: str, sort: Sequence[Sort], filters: Sequence[str], values: Mapping[str, object]) -> str:
    """What a cursor is bound to: one list, under one sort and one filter."""
    told = repr((noun, [(each.column, each.descending) for each in sort], filters, sorted(values.items())))
    return blake2b(told.encode(), digest_size=9).hexdigest()


def read_cursor(cursor: str, sort: Sequence[Sort], wanted: str, argument: str) -> list[object]:
    """The values that ``cursor`` holds for each key of ``sort``; raises ``InvalidCursor``."""
    try:
        found, *values = json.loads(base64.b64decode(_padded(cursor), b"-_", validate=True))
        if found == wanted and len(values) == len(sort):
            return [_value(each, value) for each, value in zip(sort, values, strict=True)]
    except (ValueError, TypeError, RecursionError, OverflowError):
        pass
    raise InvalidCursor(field=argument)


def _padded(cursor: str) -> str:
    if len(cursor) > LONGEST:
        raise ValueError("too long")
    return cursor + "=" * (-len(cursor) % 4)


def _value(sort: Sort, value: object) -> object:
    if value is None and sort.column == "title":
        return None
    if not isinstance(value, str):
        raise TypeError("a cursor holds text")
    return READERS.get(sort.column, _text)(value)

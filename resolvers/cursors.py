"""Read the opaque cursors that PostgreSQL writes, and refuse those of another list."""

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b

from db.entities import ENTITIES
from db.query import Condition, Sort
from resolvers.errors.inputs import InvalidCursor
from resolvers.scalars import NO_RECORD, record_id

MAX_CURSOR = 4_096  # characters
DIGEST_SIZE = 9  # bytes
OTHER_LIST_MESSAGE = "The cursor belongs to another list, sort or filter"


def _read_text(text: str) -> str:
    text.encode()  # a lone surrogate cannot be bound
    if "\0" in text:
        raise ValueError("NUL")
    return text


def _read_id(text: str) -> int:
    if record_id(text) == NO_RECORD:
        raise ValueError("no id")
    return record_id(text)


def _read_instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("an instant has a zone")
    return instant.astimezone(UTC)


READERS: dict[type, Callable[[str], object]] = {int: _read_id, str: _read_text, datetime: _read_instant}


@dataclass(frozen=True, slots=True)
class CursorKey:
    """A value within a cursor: its Python type, and whether it may be null."""

    type: type
    nullable: bool = False

    @classmethod
    def of_column(cls, entity: str, column: str) -> "CursorKey":
        """Return the key for a column that the records of ``entity`` are sorted by."""
        definition = ENTITIES[entity].table.c[column]
        return cls(definition.type.python_type, bool(definition.nullable))

    def read(self, value: object) -> object:
        """Return ``value`` as it is bound; raise ``TypeError`` or ``ValueError``."""
        if value is None and self.nullable:
            return None
        if not isinstance(value, str):
            raise TypeError("a cursor holds text")
        return READERS[self.type](value)


@dataclass(frozen=True, slots=True)
class CursorFormat:
    """The cursors of one list, under one sort and filter.

    A cursor holds the fingerprint of list, sort and filter, and a value for each of ``keys``. If ``nested``, the first
    of these is the id of the parent record.
    """

    fingerprint: str
    keys: tuple[CursorKey, ...]
    nested: bool

    @classmethod
    def of_list(
        cls, entity: str, parent: str | None, sort: Sequence[Sort], conditions: Sequence[Condition]
    ) -> "CursorFormat":
        """Return the format for the list of ``entity``; with ``parent``, for that of one record of this entity."""
        list_name = f"{entity} of {parent}" if parent else entity
        sort_keys = tuple(CursorKey.of_column(entity, key.column) for key in sort)
        keys = (CursorKey(int), *sort_keys) if parent else sort_keys
        return cls(_fingerprint(list_name, sort, conditions), keys, nested=parent is not None)

    def read(self, cursor: str, argument: str) -> list[object]:
        """Return the values that ``cursor`` holds; raise ``InvalidCursor`` for ``argument``."""
        try:
            fingerprint, *values = json.loads(base64.b64decode(_padded(cursor), b"-_", validate=True))
            if fingerprint == self.fingerprint:
                return [key.read(value) for key, value in zip(self.keys, values, strict=True)]
        except (ValueError, TypeError, RecursionError, OverflowError):
            raise InvalidCursor(field=argument) from None
        raise InvalidCursor(OTHER_LIST_MESSAGE if _is_fingerprint(fingerprint) else None, field=argument)


def _fingerprint(list_name: str, sort: Sequence[Sort], conditions: Sequence[Condition]) -> str:
    """Return the digest of a list, its sort and its filter, which a cursor must repeat.

    The digest is of explicit names and values: a new field of a class must not break the cursors that clients hold.
    """
    names = tuple(condition.name for condition in conditions)
    values = {name: value for condition in conditions for name, value in condition.values.items()}
    content = repr((list_name, [(key.column, key.descending) for key in sort], names, sorted(values.items())))
    return blake2b(content.encode(), digest_size=DIGEST_SIZE).hexdigest()


def _is_fingerprint(value: object) -> bool:
    return isinstance(value, str) and len(value) == 2 * DIGEST_SIZE and not value.strip("0123456789abcdef")


def _padded(cursor: str) -> str:
    if len(cursor) > MAX_CURSOR:
        raise ValueError("too long")
    return cursor + "=" * (-len(cursor) % 4)

"""How records are found: by a key, or as a page of a sorted and filtered list.

Queries compare by shape. Their values do not count: they are bound, so one statement serves all of them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any, TypeAlias

FOREIGN_CURSOR = token_hex(16)
"""What a statement returns instead of a page if the cursor is of another record's list; random, so no record has it."""

LAST_CHARACTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Sort:
    """One key of an order."""

    column: str
    descending: bool = False


def with_tie_break(sort: Sequence[Sort]) -> tuple[Sort, ...]:
    """Return ``sort`` with ``id`` as its last key, in the direction of the key before it."""
    columns = [key.column for key in sort]
    if "id" in columns:
        return tuple(sort[: columns.index("id") + 1])
    return (*sort, Sort("id", sort[-1].descending))


@dataclass(frozen=True, slots=True)
class Presence:
    """``column`` holds a value; or null, if not ``present``."""

    column: str
    present: bool
    alias: str | None = None

    @property
    def name(self) -> str:
        return self.alias or f"{self.column}_{'present' if self.present else 'absent'}"

    @property
    def values(self) -> Mapping[str, object]:
        return {}


@dataclass(frozen=True, slots=True)
class Equals:
    """``column`` holds ``value``."""

    column: str
    value: object = field(compare=False)

    @property
    def name(self) -> str:
        return self.column

    @property
    def values(self) -> Mapping[str, object]:
        return {self.name: self.value}


@dataclass(frozen=True, slots=True)
class RelatedTo:
    """The record is related to the one with ``id`` by ``relation``, which has a table of pairs."""

    name: str
    relation: str
    id: int = field(compare=False)

    @property
    def values(self) -> Mapping[str, object]:
        return {self.name: self.id}


@dataclass(frozen=True, slots=True)
class Contains:
    """``text`` stands somewhere in one of ``columns``, whatever its case."""

    name: str
    columns: tuple[str, ...]
    text: str = field(compare=False)

    @property
    def values(self) -> Mapping[str, object]:
        return {"search": self.text}


@dataclass(frozen=True, slots=True)
class HasWord:
    """A word of the record begins with ``prefix``. ``index`` tells the words of one search apart."""

    index: int
    prefix: str = field(compare=False)

    @property
    def name(self) -> str:
        return f"word{self.index}"

    @property
    def values(self) -> Mapping[str, object]:
        """The first and the last of all words that begin with the prefix."""
        return {self.name: self.prefix, f"{self.name}_end": self.prefix + LAST_CHARACTER}


Condition: TypeAlias = Presence | Equals | RelatedTo | Contains | HasWord
"""What a list is filtered by. ``values`` are bound under their names.

The fingerprints of cursors are made from ``name`` and ``values``: clients hold cursors, so neither may change.
"""

ACTIVE = Presence("deleted_at", present=False, alias="active")
DELETED = Presence("deleted_at", present=True, alias="deleted")


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list: a numbered page, or the rows beside a cursor.

    ``after`` and ``before`` say for each key of the cursor whether it is null; they are none without a cursor.
    """

    by_offset: bool = True
    backward: bool = False
    after: tuple[bool, ...] | None = None
    before: tuple[bool, ...] | None = None


@dataclass(frozen=True, slots=True)
class PageQuery:
    """A page of a list. ``sort`` ends with ``id``.

    Values: ``size``; ``page`` and ``offset`` of a numbered page; ``fingerprint`` of the cursors;
    ``after0``.. and ``before0``.., one for each key of a cursor; those of ``filters``. A page of the list of a
    parent record with a cursor also has ``after_parent`` or ``before_parent``, the id of the parent in the cursor,
    and ``foreign_cursor``, the result if that is another parent. ``for_admins``: row level security shows the rows to
    admins only.
    """

    sort: tuple[Sort, ...]
    filters: tuple[Condition, ...] = ()
    window: Window = Window()
    values: Mapping[str, Any] = field(default_factory=dict, compare=False)
    for_admins: bool = False

    @property
    def page(self) -> int:
        """The number of a numbered page, from 1."""
        return int(self.values["page"])

    @property
    def size(self) -> int:
        """How many rows the page has at most."""
        return int(self.values["size"])

    @property
    def needs_custom_plan(self) -> bool:
        """Whether the number of rows depends on the values of filters, so that PostgreSQL must plan for them."""
        return self.filters not in ((), (ACTIVE,))


@dataclass(frozen=True, slots=True)
class RecordQuery:
    """One record, by ``id``, ``slug`` or another unique column; the value is ``key``."""

    by: str
    values: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class ViewerQuery:
    """The viewer: the values are ``id``, the identity provider's id of the user, and ``role``."""

    values: Mapping[str, object] = field(default_factory=dict, compare=False)


Query: TypeAlias = PageQuery | RecordQuery | ViewerQuery

"""How records are found: by a key, or as a page of a sorted and filtered list.

Queries compare by shape: the values do not count, for they are bound, and one statement serves all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any, TypeAlias

FOREIGN_CURSOR = token_hex(16)
"""Stands in an answer for a page whose cursor is of another record's list; no record can hold it."""


@dataclass(frozen=True, slots=True)
class Sort:
    """One key of an order."""

    column: str
    descending: bool = False


def with_tie_break(sort: Sequence[Sort]) -> tuple[Sort, ...]:
    """``sort`` with ``id`` as its last key, in the direction of the key before it."""
    named = [each.column for each in sort]
    wanted = sort[: named.index("id") + 1] if "id" in named else [*sort, Sort("id", sort[-1].descending)]
    return tuple(wanted)


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of a list: a numbered page, or the rows beside a cursor.

    ``after`` and ``before`` say, for a cursor that is given, which of its keys are null.
    """

    numbered: bool = True
    backward: bool = False
    after: tuple[bool, ...] | None = None
    before: tuple[bool, ...] | None = None


@dataclass(frozen=True, slots=True)
class PageQuery:
    """A page of a list. ``sort`` ends with ``id``; ``filters`` are names of ``db.statements.filters``.

    Values: ``size``; ``page`` and ``offset`` of a numbered page; ``fingerprint`` of the cursors;
    ``after0``.. and ``before0``.., a key each; one or more for each filter. A page that hangs on a
    record has ``after_parent`` and ``before_parent``, the record that its cursor is of, and
    ``misplaced``, what is answered where that is another one.
    """

    sort: tuple[Sort, ...]
    filters: tuple[str, ...] = ()
    window: Window = Window()
    values: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @property
    def page(self) -> int:
        """The number of a numbered page, from 1."""
        page: int = self.values["page"]
        return page

    @property
    def size(self) -> int:
        """How many rows the page has at most."""
        size: int = self.values["size"]
        return size

    @property
    def needs_custom_plan(self) -> bool:
        """Whether the number of rows depends on the values of filters, so that PostgreSQL must plan for them."""
        return self.filters not in ((), ("active",))


@dataclass(frozen=True, slots=True)
class RecordQuery:
    """One record, by ``id``, ``slug`` or another unique column; the value is ``key``."""

    by: str
    values: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class ViewerQuery:
    """Who is asking: the values are ``id``, the identity provider's id of the user, and ``role``."""

    values: Mapping[str, object] = field(default_factory=dict, compare=False)


Query: TypeAlias = PageQuery | RecordQuery | ViewerQuery

"""Keyset pages: the order of a list, the rows beside a cursor, and the cursor of a row.

PostgreSQL serves ``(a, b, id) > (x, y, z)`` from an index at any depth, if all keys run the same
way and none is null. So a column that may be null is sorted by two keys, of which the first says
whether it is there; nulls come last either way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from sqlalchemy import (
    Text,
    and_,
    cast,
    false,
    func,
    literal_column,
    or_,
    tuple_,
)

from db.query import Sort
from db.statements.builder import Binds
from db.statements.record import Expression, Record

BREAKS: Expression = literal_column(r"E'+/=\n'")


@dataclass(frozen=True)
class Key:
    """One key of an order; ``column`` is what a cursor holds, none for the flag before a nullable one."""

    expression: Expression
    descending: bool
    column: Expression | None
    nullable: bool = False


def keys(sort: Sequence[Sort], record: Record) -> list[Key]:
    found = []
    for each in sort:
        column, nullable = record.c[each.column], record.nullable(each.column)
        if nullable:
            flag = column.is_not(None) if each.descending else column.is_(None)
            found.append(Key(flag, each.descending, None))
        found.append(Key(column, each.descending, column, nullable))
    return found


def order(wanted: Sequence[Key], *, backward: bool) -> list[Expression]:
    return [key.expression.desc() if key.descending != backward else key.expression.asc() for key in wanted]


def beyond(wanted: Sequence[Key], nulls: Sequence[bool], side: str, binds: Binds, *, backward: bool) -> Expression:
    """The rows that follow (``backward``: precede) the cursor bound under ``side``."""
    bound = _bound(wanted, nulls, side, binds)
    if not any(nulls) and len({key.descending for key in wanted}) == 1:
        ours, theirs = tuple_(*(key.expression for key in wanted)), tuple_(*bound)
        return ours < theirs if wanted[0].descending != backward else ours > theirs
    return _beyond_key_by_key(wanted, bound, backward)


def cursor(wanted: Sequence[Key], binds: Binds, parent_id: Expression | None) -> Expression:
    """The opaque cursor of a row: base64url of ``[fingerprint, parent's id if any, key, .., id]``."""
    columns = [key.column for key in wanted if key.column is not None]
    values = [cast(column, Text) for column in (columns if parent_id is None else [parent_id, *columns])]
    content = cast(func.json_build_array(binds("fingerprint", Text), *values), Text)
    encoded = func.encode(func.convert_to(content, literal_column("'UTF8'")), literal_column("'base64'"))
    return func.translate(encoded, BREAKS, literal_column("'-_'"))


def _bound(wanted: Sequence[Key], nulls: Sequence[bool], side: str, binds: Binds) -> list[Expression | None]:
    """The cursor's value for each key; none for a null."""
    found: list[Expression | None] = []
    given = iter(enumerate(nulls))
    for key in wanted:
        if key.column is None:
            continue
        index, is_null = next(given)
        if key.nullable:
            found.append(literal_column("true" if key.descending != is_null else "false"))
        found.append(None if is_null else binds(f"{side}{index}", key.column.type))
    return found


def _beyond_key_by_key(wanted: Sequence[Key], bound: Sequence[Expression | None], backward: bool) -> Expression:
    """The same for orders that run both ways, and for a cursor that holds a null."""

    def step(rest: Expression, pair: tuple[Key, Expression | None]) -> Expression:
        key, value = pair
        if value is None:
            return and_(key.expression.is_(None), rest)
        further = key.expression < value if key.descending != backward else key.expression > value
        return or_(further, and_(key.expression == value, rest))

    return reduce(step, reversed(list(zip(wanted, bound, strict=True))), false())

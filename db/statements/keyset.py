"""Keyset pagination: the order of a list, the rows beyond a cursor, and the cursor of a row.

PostgreSQL serves ``(a, b, id) > (x, y, z)`` from an index at any depth, if all keys run the same
way and none is null. So a column that may be null is sorted by two keys, of which the first says
whether it is null; nulls come last either way.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce

from sqlalchemy import Text, and_, cast, false, func, literal_column, or_, tuple_

from db.query import Sort
from db.statements.builder import Binds, Expression, Record

BASE64_SIGNS: Expression = literal_column(r"E'+/=\n'")  # that base64url writes as - and _, or not at all


@dataclass(frozen=True)
class Key:
    """One key of an order; ``column`` is the value that a cursor holds, none for the flag before a nullable one."""

    expression: Expression
    descending: bool
    column: Expression | None
    nullable: bool = False


def sort_keys(sort: Sequence[Sort], record: Record) -> list[Key]:
    """Return the keys that ``record`` is sorted by."""
    keys = []
    for part in sort:
        column, nullable = record.c[part.column], record.nullable(part.column)
        if nullable:
            flag = column.is_not(None) if part.descending else column.is_(None)
            keys.append(Key(flag, part.descending, None))
        keys.append(Key(column, part.descending, column, nullable))
    return keys


def order_by(keys: Sequence[Key], *, backward: bool) -> list[Expression]:
    """Return the expressions of ORDER BY, for the opposite order if ``backward``."""
    return [key.expression.desc() if key.descending != backward else key.expression.asc() for key in keys]


def beyond_cursor(keys: Sequence[Key], nulls: Sequence[bool], side: str, binds: Binds, *, backward: bool) -> Expression:
    """Return the condition of the rows that follow (``backward``: precede) the cursor bound as ``side``."""
    bounds = _cursor_values(keys, nulls, side, binds)
    if not any(nulls) and len({key.descending for key in keys}) == 1:
        row, cursor = tuple_(*(key.expression for key in keys)), tuple_(*bounds)
        return row < cursor if keys[0].descending != backward else row > cursor
    return _beyond_key_by_key(keys, bounds, backward)


def row_cursor(keys: Sequence[Key], binds: Binds, parent_id: Expression | None) -> Expression:
    """Return the opaque cursor of a row: base64url of ``[fingerprint, parent's id if any, key, .., id]``."""
    columns = [key.column for key in keys if key.column is not None]
    values = [cast(column, Text) for column in (columns if parent_id is None else [parent_id, *columns])]
    content = cast(func.json_build_array(binds("fingerprint", Text), *values), Text)
    base64 = func.encode(func.convert_to(content, literal_column("'UTF8'")), literal_column("'base64'"))
    return func.translate(base64, BASE64_SIGNS, literal_column("'-_'"))


def _cursor_values(keys: Sequence[Key], nulls: Sequence[bool], side: str, binds: Binds) -> list[Expression | None]:
    """Return the cursor's value for each key, none for a null."""
    values: list[Expression | None] = []
    columns = iter(enumerate(nulls))
    for key in keys:
        if key.column is None:
            continue
        index, is_null = next(columns)
        if key.nullable:
            values.append(literal_column("true" if key.descending != is_null else "false"))
        values.append(None if is_null else binds(f"{side}{index}", key.column.type))
    return values


def _beyond_key_by_key(keys: Sequence[Key], bounds: Sequence[Expression | None], backward: bool) -> Expression:
    """Return the same condition for orders that run both ways, and for a cursor that holds a null."""

    def step(rest: Expression, pair: tuple[Key, Expression | None]) -> Expression:
        key, value = pair
        if value is None:
            return and_(key.expression.is_(None), rest)
        further = key.expression < value if key.descending != backward else key.expression > value
        return or_(further, and_(key.expression == value, rest))

    return reduce(step, reversed(list(zip(keys, bounds, strict=True))), false())

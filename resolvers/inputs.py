"""How one field of an input is parsed, as tables: a rule a field, the same for both faces."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from resolvers.errors.problem import Invalid, Problem, raise_all
from resolvers.ids import record_id
from resolvers.text import trimmed

Input = Mapping[str, Any]
Parse = Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Field:
    """One field. ``required`` is the error where it is absent, null or blank.

    ``parse`` returns the stored value or raises; ``default`` stands for an absent field of a
    new record, ``null`` for a null one (an error where null means nothing).
    """

    parse: Parse
    required: type[Problem] | None = None
    default: object = None
    null: type[Problem] | None = None


def parsed(fields: Mapping[str, Field], given: Input, *, whole: bool) -> dict[str, Any]:
    """The values of ``fields`` in ``given``; all of them if ``whole``, else those that are there.

    Unknown and read-only fields are ignored. Raises the first problem, with the others in it.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, field in fields.items():
        if name in given or whole:
            try:
                values[name] = _value(field, given.get(name), whole=whole)
            except Problem as problem:
                problems.append(problem)
    raise_all(problems)
    return values


def _value(field: Field, value: object, *, whole: bool) -> object:
    if field.required and (value is None or (isinstance(value, str) and not value.strip())):
        raise field.required
    if value is not None:
        return field.parse(value)
    if field.null and not whole:
        raise field.null
    return field.default


def text(invalid: type[Invalid], longest: int, accepts: Callable[[str], bool] = lambda _: True) -> Parse:
    def parse(value: object) -> str:
        wanted = trimmed(value, longest)
        if wanted is None or not accepts(wanted):
            raise invalid
        return wanted

    return parse


def boolean(invalid: type[Invalid]) -> Parse:
    def parse(value: object) -> bool:
        if not isinstance(value, bool):
            raise invalid
        return value

    return parse


def identifier(invalid: type[Invalid]) -> Parse:
    def parse(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise invalid
        return record_id(value)

    return parse


def identifiers(invalid: type[Invalid], most: int) -> Parse:
    """A set of ids: duplicates count once."""
    one = identifier(invalid)

    def parse(value: object) -> list[object]:
        found = list(dict.fromkeys(map(one, value))) if isinstance(value, list) else None
        if found is None or len(found) > most:
            raise invalid
        return found

    return parse

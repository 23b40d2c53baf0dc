"""What a list may be narrowed by: for each argument, the conditions it stands for and their values."""

from collections.abc import Callable, Mapping
from typing import Any

from db.search_words import words_of
from db.statements.filters import MAX_WORDS, word_values
from resolvers.errors.fields import InvalidSchedulingActive
from resolvers.errors.lists import InvalidDeleted, InvalidSearch
from resolvers.errors.problem import Problem
from resolvers.scalars import parse_text, record_id

Conditions = tuple[tuple[str, ...], dict[str, Any]]
Filter = Callable[[Any], Conditions]

TRUTH = {"true": True, "false": False}
MAX_SEARCH = 200
NO_ROLE = ""  # of a user


def filters_of(known: Mapping[str, Filter], given: Mapping[str, Any]) -> Conditions:
    """The names of the conditions that ``given`` stands for, and the values that they bind."""
    names: tuple[str, ...] = ()
    values: dict[str, Any] = {}
    for argument, filter_ in known.items():
        more_names, more_values = filter_(given.get(argument))
        names += more_names
        values |= more_values
    return names, values


def _truth(value: bool | str, error: type[Problem]) -> bool:
    """``true`` or ``false``, also as the text of a URL; raises ``error``."""
    found = TRUTH.get(value) if isinstance(value, str) else value
    if found is None:
        raise error
    return found


def _searched(value: str | None) -> str:
    """What is searched for, nothing if that was not said; raises ``InvalidSearch``."""
    text = "" if value is None else parse_text(value, MAX_SEARCH)
    if text is None:
        raise InvalidSearch
    return text


def deleted(value: bool | str | None) -> Conditions:
    return ("deleted" if value is not None and _truth(value, InvalidDeleted) else "active",), {}


def by_id(column: str) -> Filter:
    return lambda value: ((), {}) if value is None else ((column,), {column: record_id(value)})


def scheduling_active(value: bool | str | None) -> Conditions:
    if value is None:
        return (), {}
    return ("scheduling_active",), {"scheduling_active": _truth(value, InvalidSchedulingActive)}


def words(value: str | None) -> Conditions:
    """Each word of the search begins a word of the record; case and accents do not matter.

    Text without a single word finds nothing.
    """
    text = _searched(value)
    wanted = words_of(text) or ([text] if text else [])
    if len(wanted) > MAX_WORDS:
        raise InvalidSearch
    values = [word_values(i, word) for i, word in enumerate(wanted)]
    return tuple(f"word{i}" for i in range(len(wanted))), {k: v for each in values for k, v in each.items()}


def contained(condition: str) -> Filter:
    def search(value: str | None) -> Conditions:
        text = _searched(value)
        return ((condition,), {"search": text}) if text else ((), {})

    return search


def role(value: str | None) -> Conditions:
    return ((), {}) if value is None else (("role",), {"role": parse_text(value, MAX_SEARCH) or NO_ROLE})


SPECIALIST_FILTERS: Mapping[str, Filter] = {
    "deleted": deleted,
    "search": words,
    "specialty_id": by_id("specialty_id"),
    "user_id": by_id("user_id"),
    "scheduling_active": scheduling_active,
}
SPECIALTY_FILTERS: Mapping[str, Filter] = {"search": contained("specialty_search")}
USER_FILTERS: Mapping[str, Filter] = {"search": contained("user_search"), "role": role}

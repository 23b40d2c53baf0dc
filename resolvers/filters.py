"""The filters of lists: each is one argument, how it is parsed, and the conditions that it stands for."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from db.query import ACTIVE, DELETED, Condition, Contains, Equals, HasWord, RelatedTo
from db.search_words import words_of
from resolvers.errors.problem import Invalid, Problem
from resolvers.rules import STORABLE, Boolean
from resolvers.scalars import parse_text, record_id

BOOLEANS = {"true": True, "false": False}
MAX_SEARCH = 200  # characters
MAX_WORDS = 8


@dataclass(frozen=True)
class Filter(ABC):
    """An argument that narrows a list.

    ``name`` is the parameter in REST and the field of the filter's input in GraphQL, from which OpenAPI takes type
    and description. ``example`` is a value for OpenAPI.
    """

    name: str
    example: object = field(kw_only=True)

    @abstractmethod
    def conditions(self, value: Any) -> Sequence[Condition]:
        """Return what ``value`` narrows the list by, where null stands for no value; raise one of ``errors``."""

    @property
    def errors(self) -> Sequence[Problem]:
        """The errors of values that are not valid."""
        return ()

    @property
    def json_schema(self) -> Mapping[str, object]:
        """What OpenAPI says of a value beyond its type."""
        return {}


@dataclass(frozen=True)
class BooleanFilter(Filter):
    """True or false, also as the text of a URL. ``default`` stands for no value."""

    condition: Callable[[bool], Condition]
    default: bool | None = None
    example: object = field(default=True, kw_only=True)

    def conditions(self, value: bool | str | None) -> Sequence[Condition]:
        if value is None and self.default is None:
            return ()
        boolean = self.default if value is None else BOOLEANS.get(value) if isinstance(value, str) else value
        if boolean is None:
            raise self.errors[0]
        return (self.condition(boolean),)

    @property
    def errors(self) -> Sequence[Problem]:
        return (Invalid(f"{{{self.name}}} {Boolean().sentence}", field=self.name, code=f"invalid_{self.name}"),)

    @property
    def json_schema(self) -> Mapping[str, object]:
        return {} if self.default is None else {"default": self.default}


@dataclass(frozen=True)
class IdFilter(Filter):
    """The id of a record; what cannot be an id is one that no record has."""

    condition: Callable[[int], Condition]
    example: object = field(default=1, kw_only=True)

    def conditions(self, value: object) -> Sequence[Condition]:
        return () if value is None else (self.condition(record_id(value)),)

    @property
    def json_schema(self) -> Mapping[str, object]:
        return {"type": ["integer", "string"]}


@dataclass(frozen=True)
class TextFilter(Filter):
    """Text that a column holds to the letter; what cannot be stored finds what empty text does: nothing.

    So it is for columns that never hold empty text.
    """

    condition: Callable[[str], Condition]

    def conditions(self, value: str | None) -> Sequence[Condition]:
        return () if value is None else (self.condition(parse_text(value, MAX_SEARCH) or ""),)


@dataclass(frozen=True)
class Search(Filter):
    """Text that is looked for; blank text narrows nothing."""

    name: str = "search"
    example: object = field(default="card", kw_only=True)

    def conditions(self, value: str | None) -> Sequence[Condition]:
        text = "" if value is None else parse_text(value, MAX_SEARCH)
        if text is None:
            raise self.errors[0]
        return self.search(text) if text else ()

    @abstractmethod
    def search(self, text: str) -> Sequence[Condition]:
        """Return what ``text`` narrows the list by."""

    @property
    def errors(self) -> Sequence[Problem]:
        message = f"{self.name} must be text of at most {MAX_SEARCH} characters and {MAX_WORDS} words"
        return (Invalid(message, field=self.name, code=f"invalid_{self.name}"),)

    @property
    def json_schema(self) -> Mapping[str, object]:
        return {"maxLength": MAX_SEARCH, "pattern": STORABLE}


@dataclass(frozen=True)
class WordSearch(Search):
    """Each word of the text begins a word of the record, whatever its case and accents.

    Text without a single word finds nothing.
    """

    def search(self, text: str) -> Sequence[Condition]:
        words = words_of(text) or [text]
        if len(words) > MAX_WORDS:
            raise self.errors[0]
        return [HasWord(index, word) for index, word in enumerate(words)]


@dataclass(frozen=True)
class TextSearch(Search):
    """The text stands in one of ``columns``, whatever its case. ``condition_name`` is for the cursors of the list."""

    condition_name: str = field(kw_only=True)
    columns: tuple[str, ...] = field(kw_only=True)

    def search(self, text: str) -> Sequence[Condition]:
        return (Contains(self.condition_name, self.columns, text),)


def by_name(*filters: Filter) -> Mapping[str, Filter]:
    """Return ``filters`` by their names: their order is that of parameters in OpenAPI and of checks."""
    return {filter_.name: filter_ for filter_ in filters}


SPECIALIST_FILTERS = by_name(
    BooleanFilter("deleted", lambda deleted: DELETED if deleted else ACTIVE, default=False, example=False),
    WordSearch(),
    IdFilter("specialty_id", partial(RelatedTo, "specialty_id", "specialties")),
    IdFilter("user_id", partial(Equals, "user_id"), example=7),
    BooleanFilter("scheduling_active", partial(Equals, "scheduling_active")),
)
SPECIALTY_FILTERS = by_name(TextSearch(condition_name="specialty_search", columns=("title",)))
USER_FILTERS = by_name(
    TextSearch(condition_name="user_search", columns=("email", "username")),
    TextFilter("role", partial(Equals, "role"), example="specialist"),
)

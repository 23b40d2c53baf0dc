"""The rules of single values: how each is parsed, the message about an invalid one, and its JSON Schema."""

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Self

from db.entities import ENTITIES
from resolvers.scalars import (
    MAX_SLUG,
    MAX_TIMEZONE,
    MAX_URL,
    SLUG,
    is_https_url,
    is_slug,
    is_timezone,
    parse_text,
    record_id,
)

# What ``str.strip`` removes and what PostgreSQL cannot hold, as regular expressions of JSON Schema write them.
BLANKS = r"\t-\r\u001c-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
STORABLE = r"^[^\u0000]*$"
STORABLE_AND_NOT_BLANK = rf"^[^\u0000]*[^\u0000{BLANKS}][^\u0000]*$"
ACRONYMS = re.compile(r"\b(url|id)\b")


@dataclass(frozen=True, kw_only=True)
class Rule(ABC):
    """What the values of a field must be.

    The name of the field gives the code of an invalid value (``invalid_<name>``) and the label under which messages
    speak of it. ``code``, ``label`` and ``message`` stand in for these, and for the whole message.
    """

    code: str | None = None
    label: str | None = None
    message: str | None = None
    default: object = None
    """The value of a new record that brings none. A field whose rule has one is not required."""

    takes_null: ClassVar[bool] = False
    """Whether ``parse`` gives null a meaning, so that it can be sent though the type of the field is not optional."""

    @abstractmethod
    def parse(self, value: object) -> object:
        """Return ``value`` as it is stored; none if it is invalid."""

    @property
    @abstractmethod
    def sentence(self) -> str:
        """What a valid value must be, as the end of a message that begins with the label."""

    @property
    def description(self) -> str | None:
        """What a client may send; none if the rule adds nothing to what the field means."""
        return None

    @property
    def json_schema(self) -> Mapping[str, Any]:
        """The limits of a value, for the OpenAPI document."""
        return {}

    def for_required(self) -> Self:
        """Return the rule for a field that cannot be blank."""
        return self

    def label_of(self, name: str) -> str:
        """Return what messages call the field ``name``: ``avatar_url`` is ``Avatar URL``."""
        return self.label or ACRONYMS.sub(lambda acronym: acronym[0].upper(), name.replace("_", " ").capitalize())


@dataclass(frozen=True)
class Text(Rule):
    """Any text of so many characters, without the blanks around it."""

    max_length: int
    min_length: int = 0

    def parse(self, value: object) -> str | None:
        return parse_text(value, self.max_length)

    @property
    def sentence(self) -> str:
        return f"must be text of {self._length}"

    @property
    def description(self) -> str:
        return f"{self._length[0].upper()}{self._length[1:]}."

    @property
    def json_schema(self) -> Mapping[str, Any]:
        if self.min_length:
            return {"minLength": self.min_length, "maxLength": self.max_length, "pattern": STORABLE_AND_NOT_BLANK}
        return {"maxLength": self.max_length, "pattern": STORABLE}

    def for_required(self) -> Self:
        return replace(self, min_length=1)

    @property
    def _length(self) -> str:
        return f"{f'{self.min_length} to' if self.min_length else 'at most'} {self.max_length:,} characters"


@dataclass(frozen=True)
class Slug(Rule):
    """The part of an address that names a record."""

    sentence = "must be lowercase alphanumeric with hyphens"
    description = "Lowercase letters, digits and single hyphens, unique."

    def parse(self, value: object) -> str | None:
        text = parse_text(value, MAX_SLUG)
        return text if text is not None and is_slug(text) else None

    @property
    def json_schema(self) -> Mapping[str, Any]:
        return {"maxLength": MAX_SLUG, "pattern": f"^{SLUG.pattern}$"}


@dataclass(frozen=True)
class HttpsUrl(Rule):
    """An absolute address that a browser would load by https."""

    sentence = f"must be an https URL of at most {MAX_URL:,} characters"
    description = "An https URL."

    def parse(self, value: object) -> str | None:
        text = parse_text(value, MAX_URL)
        return text if text is not None and is_https_url(text) else None

    @property
    def json_schema(self) -> Mapping[str, Any]:
        return {"format": "uri", "maxLength": MAX_URL, "pattern": "^https://"}


@dataclass(frozen=True, kw_only=True)
class Timezone(Rule):
    """An IANA time zone."""

    code: str | None = "invalid_timezone"
    label: str | None = "Timezone"

    sentence = "is not a valid IANA timezone"
    description = "An IANA time zone name."

    def parse(self, value: object) -> str | None:
        text = parse_text(value, MAX_TIMEZONE)
        return text if text is not None and is_timezone(text) else None


@dataclass(frozen=True, kw_only=True)
class TypedRule(Rule):
    """A value that is not text: messages call its field by the name that the API in use has for it."""

    def label_of(self, name: str) -> str:
        return self.label or f"{{{name}}}"


@dataclass(frozen=True, kw_only=True)
class Boolean(TypedRule):
    """True or false."""

    sentence = "must be true or false"

    def parse(self, value: object) -> bool | None:
        return value if isinstance(value, bool) else None


@dataclass(frozen=True)
class Reference(TypedRule):
    """The id of a record of ``entity``, a name of ``db.entities``. Whether the record exists is checked later."""

    entity: str

    sentence = "must be an integer"

    def parse(self, value: object) -> int | None:
        return record_id(value) if isinstance(value, int) and not isinstance(value, bool) else None

    @property
    def description(self) -> str:
        return f"{'An' if self.entity[0] in 'aeio' else 'A'} {self.entity} of the organization."


@dataclass(frozen=True)
class References(TypedRule):
    """A set of ids of records of ``entity``: duplicates count once, and null clears the set."""

    entity: str
    max_items: int
    default: object = field(default_factory=list, kw_only=True)

    takes_null = True

    @property
    def sentence(self) -> str:
        return f"must be a list of at most {self.max_items} integers"

    @property
    def description(self) -> str:
        return f"{ENTITIES[self.entity].table.name.capitalize()} of the organization; the list is the whole set."

    @property
    def json_schema(self) -> Mapping[str, Any]:
        return {"maxItems": self.max_items}

    def parse(self, value: object) -> list[int] | None:
        if not isinstance(value, list):
            return [] if value is None else None
        ids = dict.fromkeys(map(Reference(self.entity).parse, value))
        return [id_ for id_ in ids if id_ is not None] if None not in ids and len(ids) <= self.max_items else None

"""Declare a setting, and parse its text.

Each parser raises ``ValueError`` with what follows the name of the setting in a sentence.
"""

import re
from collections.abc import Callable
from dataclasses import field
from typing import Literal, TypeVar, get_args

from resolvers.identity.claims import normalize_role
from resolvers.identity.keys import PinnedKey

Environment = Literal["development", "production"]
LogFormat = Literal["text", "json"]
ENVIRONMENTS: tuple[Environment, ...] = get_args(Environment)
LOG_FORMATS: tuple[LogFormat, ...] = get_args(LogFormat)
Value = TypeVar("Value")
Choice = TypeVar("Choice", bound=str)
ORIGIN = re.compile(r"https?://[^/\s*?#]+")
MAX_RATE_LIMIT = 1_000_000_000
POSTGRESQL = ("postgresql://", "postgres://")


def optional(parse: Callable[[str], Value], *, fallback: str | None = None) -> Value | None:
    """Declare a setting that is None where it is not set, or else what the setting ``fallback`` says."""
    metadata = {"parse": parse, "development": None, "production": None, "fallback": fallback}
    return field(metadata=metadata)  # type: ignore[no-any-return]


def setting(parse: Callable[[str], Value], default: str, *, production: str | None = None) -> Value:
    """Declare a setting with a default, which may be another one in production."""
    metadata = {"parse": parse, "development": default, "production": production or default, "fallback": None}
    return field(metadata=metadata)  # type: ignore[no-any-return]


def one_of(choices: tuple[Choice, ...]) -> Callable[[str], Choice]:
    """Return the parser of one of ``choices``."""

    def parse(text: str) -> Choice:
        for choice in choices:
            if text == choice:
                return choice
        raise ValueError(f"{text!r} is not one of {', '.join(choices)}")

    return parse


def switch(text: str) -> bool:
    """Parse ``on`` or ``off``."""
    return one_of(("on", "off"))(text) == "on"


def whole_number(maximum: int) -> Callable[[str], int]:
    """Return the parser of a whole number from 1 to ``maximum``."""

    def parse(text: str) -> int:
        # the length is checked first: Python refuses to convert thousands of digits
        if text.isascii() and text.isdigit() and len(text) <= len(str(maximum)) and 1 <= int(text) <= maximum:
            return int(text)
        raise ValueError(f"{text[:20]!r} is not a whole number from 1 to {maximum}")

    return parse


def rate_limit(text: str) -> int | None:
    """Parse what an organization may spend a minute; ``off`` is None."""
    if text == "off":
        return None
    try:
        return whole_number(MAX_RATE_LIMIT)(text)
    except ValueError as error:
        raise ValueError(f"{error}, or off") from None


def postgresql_url(text: str) -> str:
    """Check an address of PostgreSQL, which the error does not repeat: it may hold a password."""
    if not text.startswith(POSTGRESQL):
        raise ValueError("it is not an address such as postgresql://role@host/database")
    return text


def pem_key(text: str) -> str:
    """Check a public key in PEM, or the path of one."""
    PinnedKey.from_setting(text)
    return text


def comma_separated(text: str) -> frozenset[str]:
    """Parse a list whose order does not matter."""
    return frozenset(_split(text))


def admin_roles(text: str) -> frozenset[str]:
    """Parse a list of roles, spelled as the tokens of either version do."""
    return frozenset(map(normalize_role, _split(text)))


def origins(text: str) -> tuple[str, ...]:
    """Parse a list of exact origins, without a pattern or a path."""
    for origin in _split(text):
        if not ORIGIN.fullmatch(origin):
            raise ValueError(f"{origin[:100]!r} is no exact origin such as https://app.example.com")
    return tuple(_split(text))


def _split(text: str) -> list[str]:
    return [item.strip() for item in text.split(",") if item.strip()]

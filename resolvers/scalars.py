"""Single values as clients send them: ids, text, slugs, URLs, time zones, local dates and times.

A parser returns ``None`` for what is not valid; the caller knows which error that is. What PostgreSQL cannot
hold is never valid.
"""

import re
from datetime import date, time
from urllib.parse import urlsplit
from zoneinfo import available_timezones

MAX_ID = 2**63 - 1
NO_RECORD = 0
MAX_SLUG = 200
MAX_URL = 2_048
MAX_TIMEZONE = 200

DECIMAL = re.compile(r"[1-9][0-9]{0,18}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
NOT_STORABLE = re.compile(r"[\x00\ud800-\udfff]")
TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

# zoneinfo also has files for offsets, for abbreviations, and two that name no place at all
NO_TIMEZONE = re.compile(
    r"GMT|(Etc/)?GMT[+-]?[0-9]+|(CE|EE|ES|HS|ME|MS|WE)T|(CST6C|EST5E|MST7M|PST8P)DT|UCT|Factory|localtime"
)
TIMEZONES = frozenset(name for name in available_timezones() if not NO_TIMEZONE.fullmatch(name))


def record_id(value: object) -> int:
    """Return ``value``, an integer or its decimal text, as an id; ``NO_RECORD``, which no record has, if it is none."""
    if isinstance(value, str):
        value = int(value) if DECIMAL.fullmatch(value) else NO_RECORD
    if not isinstance(value, int) or isinstance(value, bool):
        return NO_RECORD
    return value if 0 < value <= MAX_ID else NO_RECORD


def record_slug(text: str) -> str:
    """Return ``text`` if it is a slug, else the empty slug, which no record has: the text may not be bindable."""
    return text if len(text) <= MAX_SLUG and is_slug(text) else ""


def parse_text(value: object, max_length: int) -> str | None:
    """Return ``value`` without the blanks around it; none if it is no text, too long, or cannot be stored."""
    if not isinstance(value, str) or NOT_STORABLE.search(value):
        return None
    text = value.strip()
    return text if len(text) <= max_length else None


def is_slug(text: str) -> bool:
    return SLUG.fullmatch(text) is not None


def is_https_url(text: str) -> bool:
    """Tell whether ``text`` is an absolute https address that a browser would take."""
    if len(text) > MAX_URL or not text.isprintable() or any(sign in text for sign in ' "<>\\^`{|}'):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def is_timezone(text: str) -> bool:
    """Tell whether ``text`` is an IANA name as in ``zoneinfo``: no offset, no abbreviation."""
    return text in TIMEZONES


def parse_local_time(value: object) -> time | None:
    """Return ``"08:30"`` as a time; none if it is not one."""
    return time.fromisoformat(value) if isinstance(value, str) and TIME.fullmatch(value) else None


def parse_end_time(value: object) -> time | None:
    """Return a local time, where ``"24:00"`` is also one: the midnight at the end of the day."""
    return time(0) if value == "24:00" else parse_local_time(value)


def parse_local_date(value: object) -> date | None:
    """Return ``"2026-02-28"`` as a date; none if there is no such day."""
    if not isinstance(value, str) or not DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None

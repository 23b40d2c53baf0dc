"""Text as clients send it, trimmed; what PostgreSQL cannot hold is refused here."""

import re
from urllib.parse import urlsplit
from zoneinfo import available_timezones

SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
UNFIT = re.compile(r"[\x00\ud800-\udfff]")
MAX_SLUG = 200
MAX_URL = 2_048
MAX_TIMEZONE = 200
# files of zoneinfo, too: offsets, abbreviations, and two that name no place at all
NO_ZONE = re.compile(
    r"GMT|(Etc/)?GMT[+-]?[0-9]+|(CE|EE|ES|HS|ME|MS|WE)T|(CST6C|EST5E|MST7M|PST8P)DT|UCT|Factory|localtime"
)
ZONES = frozenset(zone for zone in available_timezones() if not NO_ZONE.fullmatch(zone))


def trimmed(value: object, longest: int) -> str | None:
    """``value`` without the blanks around it; none if it is no text, too long, or cannot be stored."""
    if not isinstance(value, str) or UNFIT.search(value):
        return None
    text = value.strip()
    return text if len(text) <= longest else None


def is_slug(text: str) -> bool:
    return SLUG.fullmatch(text) is not None


def record_slug(text: str) -> str:
    """``text``, or the empty slug that no record has: what is no slug may not even be bindable."""
    return text if len(text) <= MAX_SLUG and is_slug(text) else ""


def is_https_url(text: str) -> bool:
    """Whether ``text`` is an absolute https address that a browser would take."""
    if len(text) > MAX_URL or not text.isprintable() or any(sign in text for sign in ' "<>\\^`{|}'):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme == "https" and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def is_zone(text: str) -> bool:
    """Whether ``text`` is an IANA name as in ``zoneinfo``: no offset, no abbreviation."""
    return text in ZONES

"""Local dates and times as clients write them: never instants."""

import re
from datetime import date, time

TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def local_time(value: object) -> time | None:
    """``"08:30"`` as a time; none if it is none."""
    return time.fromisoformat(value) if isinstance(value, str) and TIME.fullmatch(value) else None


def end_time(value: object) -> time | None:
    """The same, but ``"24:00"`` too is a time: the midnight at the end of the day."""
    return time(0) if value == "24:00" else local_time(value)


def local_date(value: object) -> date | None:
    """``"2026-02-28"`` as a date; none if there is no such day."""
    if not isinstance(value, str) or not DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None

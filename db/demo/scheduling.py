"""Weekly hours and overrides of the demo specialists, in their own local time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta

Row = dict[str, object]
Week = tuple[Row, ...]

CLOSED: Mapping[str, time | None] = {"start_time": None, "end_time": None}


def span(hours: str) -> dict[str, time]:
    """Return ``"09:00-12:30"`` as a start and an end."""
    start, _, end = hours.partition("-")
    return {"start_time": time.fromisoformat(start), "end_time": time.fromisoformat(end)}


def on(days: str, *hours: str) -> Week:
    """Return the same ``hours`` for each of ``days``, where 1 is Monday."""
    return tuple({"day_of_week": int(day), **span(interval)} for day in days for interval in hours)


OFFICE = on("12345", "09:00-12:30", "13:30-17:00")
EARLY = on("1234", "07:00-11:00", "11:30-14:00") + on("5", "07:00-12:00")
EVENINGS = on("135", "14:00-17:30", "18:00-21:00") + on("6", "10:00-13:00")
TWO_DAYS = on("24", "08:30-12:00", "13:00-16:30", "17:00-19:00")
WEEKEND = on("67", "08:00-12:00", "14:00-20:00")
NIGHTS = on("35", "20:00-06:00") + on("7", "22:00-02:30")  # into the next day, on Sunday into the next week
AROUND_THE_CLOCK = on("1", "00:00-00:00") + on("4", "00:00-00:00")

DEFAULT_WEEKS = (OFFICE, EARLY, EVENINGS, TWO_DAYS)


@dataclass(frozen=True, slots=True)
class Override:
    """Days that differ from the weekly hours, counted from the Monday of the week in which the clinic is filled.

    The specialist is away, or available at ``hours`` if ``is_available``, for one type of appointment or for all.
    """

    day: int
    until: int | None = None
    hours: str | None = None
    is_available: bool = False
    appointment_type_id: int | None = None
    reason: str | None = None

    def row(self, monday: date) -> Row:
        """Return the values of the override, for a clinic that is filled in the week of ``monday``."""
        return {
            "date": monday + timedelta(self.day),
            "end_date": None if self.until is None else monday + timedelta(self.until),
            "is_available": self.is_available,
            **(span(self.hours) if self.hours else CLOSED),
            "appointment_type_id": self.appointment_type_id,
            "reason": self.reason,
        }


VACATION = Override(21, until=34, reason="Summer vacation")
WINTER_VACATION = Override(42, until=48, reason="Skiing with the children")
DAY_OFF = Override(10, reason="Moving house")
CONGRESS = Override(16, until=18, reason="Congress")
AFTERNOON_OFF = Override(8, hours="13:00-19:00", reason="School play")
OPEN_SATURDAY = Override(12, hours="10:00-14:00", is_available=True, reason="Open Saturday")
OPEN_NIGHT = Override(13, hours="21:00-01:00", is_available=True)
VIDEO_EVENING = Override(9, hours="18:00-20:00", is_available=True, appointment_type_id=3, reason="Video only")
NO_FIRST_VISITS = Override(7, until=11, appointment_type_id=1, reason="No first visits in this week")

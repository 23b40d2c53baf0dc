"""Weekly hours and overrides of a specialist: validate a set and replace the old one with it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import Any

from sqlalchemy import Table

from db import scheduling as store
from db import tables
from db.selection import ReadResult, Selection
from resolvers.errors.inputs import InvalidOverrides, InvalidWeeklyHours
from resolvers.errors.problem import Problem, raise_all
from resolvers.scalars import NO_RECORD, parse_end_time, parse_local_date, parse_local_time, parse_text, record_id
from resolvers.specialists import check_active, lock_specialist, read_back_specialist
from resolvers.writes import AdminTransaction

Row = Mapping[str, Any]
MAX_WEEKLY_HOURS, MAX_OVERRIDES = 100, 1_000
MAX_REASON = 1_000
MAX_OVERRIDE_DAYS = 366
DAY, WEEK = 24 * 60, 7 * 24 * 60  # in minutes
TIME_MESSAGE, DATE_MESSAGE = "A local time is written HH:MM", "A date is written YYYY-MM-DD"
TIME_PARSERS: Mapping[str, Callable[[object], time | None]] = {
    "start_time": parse_local_time,
    "end_time": parse_end_time,
}


async def set_weekly_hours(
    transaction: AdminTransaction, specialist_id: int, rows: Sequence[Row], selection: Selection
) -> ReadResult:
    """Replace the weekly hours; intervals may touch, also over midnight, but not overlap."""
    specialist = await lock_specialist(transaction, specialist_id)
    if len(rows) > MAX_WEEKLY_HOURS:
        raise InvalidWeeklyHours(f"At most {MAX_WEEKLY_HOURS} weekly hours are kept")
    values = _parse_rows(rows, _parse_weekly_hours)
    index = find_overlap([(value["day_of_week"], value["start_time"], value["end_time"]) for value in values])
    if index is not None:
        raise InvalidWeeklyHours("Weekly hours overlap", path=("weekly_hours", index))
    check_active(specialist)
    return await _replace(transaction, tables.weekly_hours, specialist_id, values, selection)


async def set_overrides(
    transaction: AdminTransaction, specialist_id: int, rows: Sequence[Row], selection: Selection
) -> ReadResult:
    """Replace the overrides. It takes the same lock as a change of the time zone, which typed overrides forbid."""
    specialist = await lock_specialist(transaction, specialist_id)
    if len(rows) > MAX_OVERRIDES:
        raise InvalidOverrides(f"At most {MAX_OVERRIDES} overrides are kept")
    values = _parse_rows(rows, _parse_override)
    check_active(specialist)
    return await _replace(transaction, tables.overrides, specialist_id, values, selection)


async def _replace(
    transaction: AdminTransaction, table: Table, id_: int, rows: list[dict[str, Any]], selection: Selection
) -> ReadResult:
    await store.replace(transaction, table, id_, rows)
    return await read_back_specialist(transaction, id_, selection)


def _parse_rows(rows: Sequence[Row], parse: Callable[[Row], dict[str, Any]]) -> list[dict[str, Any]]:
    """Return ``rows`` as they are stored; raise the first problem of each invalid row, with its index in the path."""
    values: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for index, row in enumerate(rows):
        try:
            values.append(parse(row))
        except Problem as problem:
            list_name, *rest = problem.path
            problem.path = (list_name, index, *rest)
            problems.append(problem)
    raise_all(problems)
    return values


def _parse_weekly_hours(row: Row) -> dict[str, Any]:
    if not 1 <= row["day_of_week"] <= 7:
        message = "{day_of_week} runs from 1 (Monday) to 7 (Sunday)"
        raise InvalidWeeklyHours(message, path=("weekly_hours", "day_of_week"))
    times = {name: parse(row[name]) for name, parse in TIME_PARSERS.items()}
    for name, value in times.items():
        if value is None:
            raise InvalidWeeklyHours(TIME_MESSAGE, path=("weekly_hours", name))
    return {"day_of_week": row["day_of_week"], **times}


def _parse_override(row: Row) -> dict[str, Any]:
    first, last = parse_local_date(row["date"]), parse_local_date(row.get("end_date"))
    _check_dates(row, first, last)
    start, end = (parse(row.get(name)) for name, parse in TIME_PARSERS.items())
    _check_times(row, start, end)
    return {
        "date": first,
        "end_date": last,
        "is_available": row["is_available"],
        "start_time": start,
        "end_time": end,
        "appointment_type_id": _parse_appointment_type(row.get("appointment_type_id")),
        "reason": _parse_reason(row.get("reason")),
    }


def _check_dates(row: Row, first: date | None, last: date | None) -> None:
    if first is None or (row.get("end_date") is not None and last is None):
        raise InvalidOverrides(DATE_MESSAGE, path=("overrides", "date" if first is None else "end_date"))
    if last is not None and not 0 <= (last - first).days < MAX_OVERRIDE_DAYS:
        message = f"{{end_date}} is on or after {{date}}, by less than {MAX_OVERRIDE_DAYS} days"
        raise InvalidOverrides(message, path=("overrides", "end_date"))


def _check_times(row: Row, start: time | None, end: time | None) -> None:
    for name, value in (("start_time", start), ("end_time", end)):
        if value is None and row.get(name) is not None:
            raise InvalidOverrides(TIME_MESSAGE, path=("overrides", name))
    if (start is None) != (end is None):
        raise InvalidOverrides("{start_time} and {end_time} are given both or neither")
    if start is not None and start == end and start != time(0):
        raise InvalidOverrides("{start_time} and {end_time} are the same; a whole day is 00:00 to 00:00")


def _parse_appointment_type(value: object) -> int | None:
    if value is None:
        return None
    if record_id(value) == NO_RECORD:
        raise InvalidOverrides("{appointment_type_id} must be an id", path=("overrides", "appointment_type_id"))
    return record_id(value)


def _parse_reason(value: object) -> str | None:
    text = None if value is None else parse_text(value, MAX_REASON)
    if value is not None and text is None:
        message = f"{{reason}} must be text of at most {MAX_REASON:,} characters"
        raise InvalidOverrides(message, path=("overrides", "reason"))
    return text


def find_overlap(intervals: Sequence[tuple[int, time, time]]) -> int | None:
    """Return the index of an interval that begins before the preceding one ends; none if there is no such.

    An interval is ``(day, start, end)``, Monday is 1; an end that is not after its start is on the next day.
    The week is a circle of 10,080 minutes, so Sunday precedes Monday.
    """
    spans = sorted((*_to_minutes(*interval), index) for index, interval in enumerate(intervals))
    next_spans = [*spans[1:], *((start + WEEK, end, index) for start, end, index in spans[:1])]
    pairs = zip(spans, next_spans, strict=True)
    return next((index for (_, end, _), (start, _, index) in pairs if end > start), None)


def _to_minutes(day: int, start: time, end: time) -> tuple[int, int]:
    first, last = ((day - 1) * DAY + moment.hour * 60 + moment.minute for moment in (start, end))
    return first, last if last > first else last + DAY

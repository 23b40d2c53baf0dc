"""Weekly hours and overrides of a specialist: what a set must be, and how it replaces the old one."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, time
from typing import Any

from db import scheduling as store
from db import specialists
from db.query import RecordQuery
from db.selection import Read, ReadResult, Selection
from resolvers.errors.fields import InvalidOverrides, InvalidWeeklyHours
from resolvers.errors.problem import Problem, raise_all
from resolvers.errors.records import AlreadyDeleted, SpecialistNotFound
from resolvers.ids import NO_RECORD, record_id
from resolvers.local_time import end_time, local_date, local_time
from resolvers.overlap import overlap
from resolvers.reads import read_back
from resolvers.text import trimmed
from resolvers.writes import AdminTransaction

Row = Mapping[str, Any]
MAX_WEEKLY_HOURS, MAX_OVERRIDES = 100, 1_000
MAX_REASON = 1_000
MAX_OVERRIDE = 366
LOCAL_TIME, LOCAL_DATE = "A local time is written HH:MM", "A date is written YYYY-MM-DD"
TIMES: Mapping[str, Callable[[object], time | None]] = {"start_time": local_time, "end_time": end_time}


async def set_weekly_hours(
    transaction: AdminTransaction, specialist_id: int, given: Sequence[Row], selection: Selection
) -> ReadResult:
    """Replace the weekly hours. They may touch, also over midnight, but not overlap."""
    locked = await _lock(transaction, specialist_id)
    if len(given) > MAX_WEEKLY_HOURS:
        raise InvalidWeeklyHours(f"At most {MAX_WEEKLY_HOURS} weekly hours are kept")
    rows = _parsed_rows(given, _weekly_hours)
    index = overlap([(row["day_of_week"], row["start_time"], row["end_time"]) for row in rows])
    if index is not None:
        raise InvalidWeeklyHours("Weekly hours overlap", path=("weekly_hours", index))
    _check_active(locked)
    return await _replace(transaction, "weekly_hours", specialist_id, rows, selection)


async def set_overrides(
    transaction: AdminTransaction, specialist_id: int, given: Sequence[Row], selection: Selection
) -> ReadResult:
    """Replace the overrides; the lock is the one that a change of timezone takes, too."""
    locked = await _lock(transaction, specialist_id)
    if len(given) > MAX_OVERRIDES:
        raise InvalidOverrides(f"At most {MAX_OVERRIDES} overrides are kept")
    rows = _parsed_rows(given, _override)
    _check_active(locked)
    return await _replace(transaction, "overrides", specialist_id, rows, selection)


async def _lock(transaction: AdminTransaction, specialist_id: int) -> specialists.Locked:
    locked = await specialists.lock(transaction, specialist_id)
    if locked is None:
        raise SpecialistNotFound
    return locked


def _check_active(locked: specialists.Locked) -> None:
    """A conflict, and so told after what is not valid."""
    if locked.deleted_at:
        raise AlreadyDeleted


async def _replace(
    transaction: AdminTransaction, table: str, id_: int, rows: list[dict[str, Any]], selection: Selection
) -> ReadResult:
    await store.replace(transaction, table, id_, rows)
    return await read_back(transaction, Read("specialist", RecordQuery("id", {"key": id_}), selection))


def _parsed_rows(rows: Sequence[Row], parse: Callable[[Row], dict[str, Any]]) -> list[dict[str, Any]]:
    """Return ``rows`` as they are stored; raises the first problem of each invalid row, with its index in the path."""
    values: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for index, row in enumerate(rows):
        try:
            values.append(parse(row))
        except Problem as problem:
            list_, *place = problem.path
            problem.path = (list_, index, *place)
            problems.append(problem)
    raise_all(problems)
    return values


def _weekly_hours(row: Row) -> dict[str, Any]:
    if not 1 <= row["day_of_week"] <= 7:
        sentence = "{day_of_week} runs from 1 (Monday) to 7 (Sunday)"
        raise InvalidWeeklyHours(sentence, path=("weekly_hours", "day_of_week"))
    times = {name: parse(row[name]) for name, parse in TIMES.items()}
    for name, value in times.items():
        if value is None:
            raise InvalidWeeklyHours(LOCAL_TIME, path=("weekly_hours", name))
    return {"day_of_week": row["day_of_week"], **times}


def _override(row: Row) -> dict[str, Any]:
    first, last = local_date(row["date"]), local_date(row.get("end_date"))
    _check_dates(row, first, last)
    start, end = (parse(row.get(name)) for name, parse in TIMES.items())
    _check_times(row, start, end)
    return {
        "date": first,
        "end_date": last,
        "is_available": row["is_available"],
        "start_time": start,
        "end_time": end,
        "appointment_type_id": _appointment_type(row.get("appointment_type_id")),
        "reason": _reason(row.get("reason")),
    }


def _check_dates(row: Row, first: date | None, last: date | None) -> None:
    if first is None or (row.get("end_date") is not None and last is None):
        raise InvalidOverrides(LOCAL_DATE, path=("overrides", "date" if first is None else "end_date"))
    if last is not None and not 0 <= (last - first).days < MAX_OVERRIDE:
        sentence = f"{{end_date}} is on or after {{date}}, by less than {MAX_OVERRIDE} days"
        raise InvalidOverrides(sentence, path=("overrides", "end_date"))


def _check_times(row: Row, start: time | None, end: time | None) -> None:
    for name, value in (("start_time", start), ("end_time", end)):
        if value is None and row.get(name) is not None:
            raise InvalidOverrides(LOCAL_TIME, path=("overrides", name))
    if (start is None) != (end is None):
        raise InvalidOverrides("{start_time} and {end_time} are given both or neither")
    if start is not None and start == end and start != time(0):
        raise InvalidOverrides("{start_time} and {end_time} are the same; a whole day is 00:00 to 00:00")


def _appointment_type(value: object) -> int | None:
    if value is None:
        return None
    if record_id(value) == NO_RECORD:
        raise InvalidOverrides("{appointment_type_id} must be an id", path=("overrides", "appointment_type_id"))
    return record_id(value)


def _reason(value: object) -> str | None:
    text = None if value is None else trimmed(value, MAX_REASON)
    if value is not None and text is None:
        sentence = f"{{reason}} must be text of at most {MAX_REASON:,} characters"
        raise InvalidOverrides(sentence, path=("overrides", "reason"))
    return text

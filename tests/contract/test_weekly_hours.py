"""Weekly hours: what an interval may be, which sets overlap, and how one set replaces another."""

import asyncio

import pytest

from tests.clinic import Clinic
from tests.contract.scheduling import Rows, set_weekly_hours

MONDAY, TUESDAY, SUNDAY = 1, 2, 7
Interval = tuple[int, str, str]


def rows(*intervals: Interval) -> Rows:
    return [{"dayOfWeek": day, "startTime": start, "endTime": end} for day, start, end in intervals]


def intervals_of(data: Rows) -> list[Interval]:
    return [(row["dayOfWeek"], row["startTime"], row["endTime"]) for row in data]


FITTING: list[list[Interval]] = [
    [],
    [(MONDAY, "09:00", "17:00")],
    [(MONDAY, "09:00", "12:00"), (MONDAY, "12:00", "17:00")],
    [(MONDAY, "09:00", "12:00"), (MONDAY, "13:00", "17:00"), (TUESDAY, "09:00", "12:00")],
    [(MONDAY, "22:00", "06:00"), (TUESDAY, "06:00", "07:00")],
    [(MONDAY, "22:00", "00:00"), (TUESDAY, "00:00", "07:00")],
    [(SUNDAY, "22:00", "06:00")],
    [(MONDAY, "06:00", "07:00"), (SUNDAY, "22:00", "06:00")],
    [(day, "00:00", "00:00") for day in range(1, 8)],
    [(MONDAY, "09:00", "09:00")],
    [(MONDAY, "09:00", "09:00"), (TUESDAY, "09:00", "10:00")],
    [(MONDAY, "00:00", "00:01"), (MONDAY, "23:59", "00:00")],
]
OVERLAPPING: list[list[Interval]] = [
    [(MONDAY, "09:00", "12:00"), (MONDAY, "11:59", "17:00")],
    [(MONDAY, "09:00", "12:00"), (MONDAY, "09:00", "12:00")],
    [(MONDAY, "09:00", "17:00"), (MONDAY, "10:00", "11:00")],
    [(MONDAY, "09:00", "17:00"), (MONDAY, "10:00", "11:00"), (MONDAY, "12:00", "13:00")],
    [(MONDAY, "22:00", "06:00"), (TUESDAY, "05:59", "07:00")],
    [(MONDAY, "00:00", "00:00"), (MONDAY, "23:59", "00:00")],
    [(MONDAY, "09:00", "09:00"), (TUESDAY, "08:59", "10:00")],
    [(SUNDAY, "22:00", "06:00"), (MONDAY, "05:59", "07:00")],
    [(SUNDAY, "00:00", "00:00"), (SUNDAY, "12:00", "00:00")],
    [(SUNDAY, "09:00", "09:00"), (MONDAY, "00:00", "01:00")],
    [(MONDAY, "03:00", "04:00"), (TUESDAY, "09:00", "10:00"), (SUNDAY, "23:00", "03:01")],
]
NOT_TIMES = [
    "",
    "9:00",
    "09:0",
    "09:00:00",
    "24:01",
    "25:00",
    "12:60",
    "-1:00",
    "09.00",
    "noon",
    "\u0660\u0669:\u0660\u0660",
    "09:00Z",
    " 09:00",
]


@pytest.mark.parametrize("intervals", FITTING, ids=str)
async def test_a_set_is_kept_in_the_order_of_the_week(north: Clinic, intervals: list[Interval]) -> None:
    specialist = await north.add_specialist()

    answer = await set_weekly_hours(north.admin, specialist, rows(*reversed(intervals)))

    assert (answer.code, intervals_of(answer.data or [])) == (None, sorted(intervals))


@pytest.mark.parametrize("backwards", [False, True], ids=["as listed", "backwards"])
@pytest.mark.parametrize("intervals", OVERLAPPING, ids=str)
async def test_intervals_do_not_overlap(north: Clinic, intervals: list[Interval], backwards: bool) -> None:
    specialist = await north.add_specialist()

    answer = await set_weekly_hours(north.admin, specialist, rows(*(intervals[::-1] if backwards else intervals)))

    assert (answer.status, answer.code) == (400, "invalid_weekly_hours")
    assert await read_weekly_hours(north, specialist) == []


@pytest.mark.parametrize("day", [0, 8, -1, 2**31 - 1])
async def test_days_run_from_monday_to_sunday(north: Clinic, day: int) -> None:
    specialist = await north.add_specialist()

    answer = await set_weekly_hours(north.admin, specialist, rows((day, "09:00", "17:00")))

    assert (answer.status, answer.code) == (400, "invalid_weekly_hours")


@pytest.mark.parametrize("junk", [*NOT_TIMES, "\0", "\ud800"], ids=repr)
@pytest.mark.parametrize("field", ["startTime", "endTime"])
async def test_times_are_hours_and_minutes(north: Clinic, field: str, junk: str) -> None:
    specialist = await north.add_specialist()
    row = {"dayOfWeek": MONDAY, "startTime": "08:00", "endTime": "18:00", field: junk}

    answer = await set_weekly_hours(north.admin, specialist, [row])

    assert (answer.status, answer.code) == (400, "invalid_weekly_hours")


async def test_a_day_may_end_but_not_begin_at_24_00(north: Clinic) -> None:
    specialist = await north.add_specialist()

    ending = await set_weekly_hours(north.admin, specialist, rows((MONDAY, "18:00", "24:00")))
    beginning = await set_weekly_hours(north.admin, specialist, rows((MONDAY, "24:00", "06:00")))

    assert intervals_of(ending.data) == [(MONDAY, "18:00", "00:00")]
    assert beginning.code == "invalid_weekly_hours"


@pytest.mark.parametrize("field", ["dayOfWeek", "startTime", "endTime"])
@pytest.mark.parametrize("value", [None, [], {}, 1.5, True])
async def test_the_schema_refuses_another_type(north: Clinic, field: str, value: object) -> None:
    specialist = await north.add_specialist()
    row = {"dayOfWeek": MONDAY, "startTime": "08:00", "endTime": "18:00", field: value}

    answer = await set_weekly_hours(north.admin, specialist, [row])

    assert (answer.status, answer.code) == (400, "bad_user_input")


@pytest.mark.parametrize(("count", "code"), [(100, None), (101, "invalid_weekly_hours")])
async def test_at_most_a_hundred_are_kept(north: Clinic, count: int, code: str | None) -> None:
    specialist = await north.add_specialist()
    times = [f"{minute // 60:02}:{minute % 60:02}" for minute in range(count + 1)]

    answer = await set_weekly_hours(
        north.admin,
        specialist,
        rows(*((MONDAY, *times[at : at + 2]) for at in range(count))),  # type: ignore[arg-type]
    )

    assert answer.code == code
    assert len(await read_weekly_hours(north, specialist)) == (0 if code else count)


async def test_both_apis_show_the_same(north: Clinic) -> None:
    specialist = await north.add_specialist()
    mutation = await set_weekly_hours(north.admin, specialist, rows((MONDAY, "22:00", "06:00")))

    answer = await north.patient.rest("GET", f"/v1/specialists/{specialist}?include=weekly_hours")

    expected = [{"id": int(mutation.data[0]["id"]), "day_of_week": 1, "start_time": "22:00", "end_time": "06:00"}]
    assert answer.json()["data"]["weekly_hours"] == expected
    assert list(answer.json()["data"]["weekly_hours"][0]) == ["id", "day_of_week", "start_time", "end_time"]


async def test_a_new_set_replaces_the_old_and_equal_rows_stay(north: Clinic) -> None:
    specialist = await north.add_specialist()
    first = await set_weekly_hours(
        north.admin, specialist, rows((MONDAY, "09:00", "12:00"), (TUESDAY, "09:00", "12:00"))
    )

    second = await set_weekly_hours(
        north.admin, specialist, rows((MONDAY, "09:00", "12:00"), (SUNDAY, "09:00", "12:00"))
    )

    assert intervals_of(second.data) == [(MONDAY, "09:00", "12:00"), (SUNDAY, "09:00", "12:00")]
    assert second.data[0]["id"] == first.data[0]["id"]
    assert second.data[1]["id"] not in {row["id"] for row in first.data}


async def test_the_same_set_changes_nothing_and_another_the_version(north: Clinic) -> None:
    specialist = await north.add_specialist()
    path, versions = f"/v1/specialists/{specialist}", []
    for end in ("12:00", "12:00", "13:00"):
        await set_weekly_hours(north.admin, specialist, rows((MONDAY, "09:00", end)))
        versions.append((await north.admin.rest("GET", path)).headers["etag"])

    first, same, other = versions

    assert first == same != other


async def test_one_specialists_hours_are_not_anothers(north: Clinic) -> None:
    specialist, other = await north.add_specialist(), await north.add_specialist()
    await set_weekly_hours(north.admin, specialist, rows((MONDAY, "09:00", "12:00")))

    await set_weekly_hours(north.admin, other, [])

    assert len(await read_weekly_hours(north, specialist)) == 1


async def test_of_two_sets_at_once_one_stands_whole(north: Clinic) -> None:
    specialist, admin = await north.add_specialist(), north.admin
    sets = [[(day, "09:00", f"{hour}:00") for day in (1, 2, 3)] for hour in range(10, 20)]

    await asyncio.gather(*(set_weekly_hours(admin, specialist, rows(*intervals)) for intervals in sets))

    weekly_hours = await read_weekly_hours(north, specialist)
    assert [(row["day_of_week"], row["start_time"], row["end_time"]) for row in weekly_hours] in sets


async def read_weekly_hours(clinic: Clinic, specialist: int) -> Rows:
    answer = await clinic.patient.rest("GET", f"/v1/specialists/{specialist}?include=weekly_hours")
    weekly_hours: Rows = answer.json()["data"]["weekly_hours"]
    return weekly_hours

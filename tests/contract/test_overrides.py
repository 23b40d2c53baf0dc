"""Overrides: what an exception to the weekly hours may be, and how one set replaces another."""

from typing import Any

import pytest

from tests.clinic import Clinic
from tests.contract.scheduling import Rows, set_overrides

DAY = {"date": "2030-01-07", "isAvailable": False}
TIMES = {"startTime": "09:00", "endTime": "12:00"}
FULL = {
    "date": "2030-01-07",
    "endDate": "2030-01-09",
    "isAvailable": True,
    "startTime": "22:00",
    "endTime": "06:00",
    "appointmentTypeId": "7",
    "reason": "Night shift",
}
VALID: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "a day away": (DAY, {}),
    "nulls": (DAY | dict.fromkeys(("endDate", "startTime", "endTime", "appointmentTypeId", "reason")), {}),
    "hours away": (DAY | TIMES, TIMES),
    "hours at work": (DAY | TIMES | {"isAvailable": True}, TIMES | {"isAvailable": True}),
    "a day at work": (DAY | {"isAvailable": True}, {"isAvailable": True}),
    "everything": (FULL, FULL),
    "one day, said twice": (DAY | {"endDate": DAY["date"]}, {"endDate": DAY["date"]}),
    "a year": (DAY | {"endDate": "2031-01-07"}, {"endDate": "2031-01-07"}),
    "a leap day": (DAY | {"date": "2028-02-29"}, {"date": "2028-02-29"}),
    "a whole day": (DAY | {"startTime": "00:00", "endTime": "24:00"}, {"startTime": "00:00", "endTime": "00:00"}),
    "the greatest type": (DAY | {"appointmentTypeId": str(2**63 - 1)}, {"appointmentTypeId": str(2**63 - 1)}),
    "a trimmed reason": (DAY | {"reason": " " + "x" * 1_000 + "\n"}, {"reason": "x" * 1_000}),
}
INVALID: dict[str, dict[str, Any]] = {
    **{f"date {junk!r}": {"date": junk} for junk in ("", "junk", "2030-1-7", "20300107", "2030-02-30", "2027-02-29")},
    **{
        f"date {junk!r}": {"date": junk}
        for junk in ("2030-01-07T00:00:00Z", " 2030-01-07", "0000-01-01", "\0", "\ud800")
    },
    "end not a date": {"endDate": "junk"},
    "end blank": {"endDate": ""},
    "end before the begin": {"endDate": "2030-01-06"},
    "longer than a year": {"endDate": "2031-01-08"},
    "start alone": {"startTime": "09:00"},
    "end alone": {"endTime": "09:00"},
    "end null": {"startTime": "09:00", "endTime": None},
    "no time": {"startTime": "junk", "endTime": "12:00"},
    "end no time": {"startTime": "09:00", "endTime": ""},
    "the same times": {"startTime": "09:00", "endTime": "09:00"},
    "begins at 24:00": {"startTime": "24:00", "endTime": "06:00"},
    **{f"type {junk!r}": {"appointmentTypeId": junk} for junk in ("", "abc", "-1", "0", "1.0", str(2**63), "\0")},
    "reason too long": {"reason": "x" * 1_001},
    "reason with nul": {"reason": "a\0"},
    "reason with a surrogate": {"reason": "\ud800"},
}


@pytest.mark.parametrize(("row", "values"), VALID.values(), ids=VALID)
async def test_an_override_is_kept(north: Clinic, row: dict[str, Any], values: dict[str, Any]) -> None:
    specialist = await north.add_specialist()

    answer = await set_overrides(north.admin, specialist, [row])

    absent = dict.fromkeys(("endDate", "startTime", "endTime", "appointmentTypeId", "reason"))
    assert answer.code is None, answer.message
    assert answer.data == [{"id": answer.data[0]["id"], **DAY, **absent, **values}]


@pytest.mark.parametrize("wrong", INVALID.values(), ids=INVALID)
async def test_an_override_is_refused(north: Clinic, wrong: dict[str, Any]) -> None:
    specialist = await north.add_specialist()
    await set_overrides(north.admin, specialist, [DAY])

    answer = await set_overrides(north.admin, specialist, [FULL, DAY | wrong])

    assert (answer.status, answer.code) == (400, "invalid_overrides")
    assert [row["date"] for row in await read_overrides(north, specialist)] == [DAY["date"]]


@pytest.mark.parametrize("field", ["date", "isAvailable"])
@pytest.mark.parametrize("value", [None, [], {}, 7, 1.5])
async def test_the_schema_refuses_another_type(north: Clinic, field: str, value: object) -> None:
    specialist = await north.add_specialist()

    answer = await set_overrides(north.admin, specialist, [DAY | {field: value}])

    assert (answer.status, answer.code) == (400, "bad_user_input")


async def test_overrides_come_by_date_and_whole_days_first(north: Clinic) -> None:
    specialist = await north.add_specialist()
    rows = [DAY | {"date": "2030-01-09"}, DAY | TIMES, DAY | {"date": "2029-12-31"} | TIMES, DAY]

    answer = await set_overrides(north.admin, specialist, rows)

    expected = [("2029-12-31", "09:00"), (DAY["date"], None), (DAY["date"], "09:00"), ("2030-01-09", None)]
    assert [(row["date"], row["startTime"]) for row in answer.data] == expected


async def test_both_apis_show_the_same(north: Clinic) -> None:
    specialist = await north.add_specialist()
    mutation = await set_overrides(north.admin, specialist, [FULL])

    (override,) = await read_overrides(north, specialist)

    assert list(override) == [
        *("id", "date", "end_date", "is_available"),
        *("start_time", "end_time", "appointment_type_id", "reason"),
    ]
    ids = [int(mutation.data[0][name]) for name in ("id", "appointmentTypeId")]
    assert [override["id"], override["appointment_type_id"]] == ids
    assert [override[name] for name in ("date", "end_date", "is_available", "start_time", "end_time", "reason")] == [
        FULL[name] for name in ("date", "endDate", "isAvailable", "startTime", "endTime", "reason")
    ]


async def test_a_new_set_replaces_the_old_and_equal_rows_stay(north: Clinic) -> None:
    specialist = await north.add_specialist()
    first = await set_overrides(north.admin, specialist, [DAY, FULL])

    second = await set_overrides(north.admin, specialist, [FULL, DAY | {"date": "2030-02-01"}])

    unchanged = next(row for row in first.data if row["reason"])
    assert unchanged in second.data
    assert [row["date"] for row in second.data] == ["2030-01-07", "2030-02-01"]


async def test_a_row_that_is_given_twice_is_one(north: Clinic) -> None:
    specialist = await north.add_specialist()

    answer = await set_overrides(north.admin, specialist, [DAY, DAY | {"endDate": None}])

    assert len(answer.data) == 1


async def test_the_same_set_changes_nothing_and_another_the_version(north: Clinic) -> None:
    specialist = await north.add_specialist()
    path, versions = f"/v1/specialists/{specialist}", []
    for rows in ([DAY], [DAY], []):
        await set_overrides(north.admin, specialist, rows)
        versions.append((await north.admin.rest("GET", path)).headers["etag"])

    first, same, other = versions

    assert first == same != other


@pytest.mark.parametrize(("count", "code"), [(1_000, None), (1_001, "invalid_overrides")])
async def test_at_most_a_thousand_are_kept(north: Clinic, count: int, code: str | None) -> None:
    specialist = await north.add_specialist()
    rows = [DAY | {"reason": str(number)} for number in range(count)]

    answer = await set_overrides(north.admin, specialist, rows)

    assert answer.code == code
    assert len(await read_overrides(north, specialist)) == (0 if code else count)


async def test_one_specialists_overrides_are_not_anothers(north: Clinic) -> None:
    specialist, other = await north.add_specialist(), await north.add_specialist()
    await set_overrides(north.admin, specialist, [DAY])

    await set_overrides(north.admin, other, [])

    assert len(await read_overrides(north, specialist)) == 1


async def read_overrides(clinic: Clinic, specialist: int) -> Rows:
    answer = await clinic.patient.rest("GET", f"/v1/specialists/{specialist}?include=overrides")
    overrides: Rows = answer.json()["data"]["overrides"]
    return overrides

"""A soft-deleted specialist stays on record, leaves the lists, takes no writes, and can come back."""

import asyncio
from collections import Counter

import pytest

from tests.api import Api
from tests.client import Json
from tests.clinic import Clinic
from tests.contract.documented import add_documented
from tests.contract.scheduling import set_overrides, set_weekly_hours
from tests.text import INSTANT

HOURS = {"dayOfWeek": 1, "startTime": "09:00", "endTime": "17:00"}
AWAY = {"date": "2030-01-07", "isAvailable": False}


async def test_nothing_but_its_deletion_changes(api: Api, north: Clinic) -> None:
    example = await add_documented(north)

    answer = await api.delete_specialist(north.admin, example.jane["id"])

    record = (await api.get_specialist(north.patient, example.jane["id"], "specialties,user")).data
    now = answer.data["deleted_at"]
    related = {"specialties": example.specialties[:2], "user": example.user}
    assert INSTANT.fullmatch(now)
    assert record == example.jane | related | {"deleted_at": now, "updated_at": now}


async def test_it_leaves_the_active_list_and_enters_the_other(api: Api, north: Clinic) -> None:
    deleted_id, here = await north.add_specialist(), await north.add_specialist()
    await api.delete_specialist(north.admin, deleted_id)

    lists = [await api.list_specialists(north.patient, deleted=deleted) for deleted in (False, True)]

    assert [[record["id"] for record in answer.data] for answer in lists] == [[here], [deleted_id]]


@pytest.mark.parametrize("body", [{}, {"name": "Dr. After"}, {"specialty_ids": []}])
async def test_it_takes_no_change(api: Api, north: Clinic, body: Json) -> None:
    specialist = await north.add_specialist(name="Dr. Before")
    await api.delete_specialist(north.admin, specialist)
    before = (await api.get_specialist(north.patient, specialist)).data

    answer = await api.update_specialist(north.admin, specialist, body)

    assert (answer.status, answer.code) == (409, "already_deleted")
    assert (await api.get_specialist(north.patient, specialist)).data == before


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": ""}, "name_required"),
        ({"user_id": 9_000_000_000}, "user_not_found"),
        ({"specialty_ids": [9_000_000_000]}, "specialty_not_found"),
        ({"slug": "taken"}, "already_deleted"),
    ],
)
async def test_that_it_is_deleted_is_a_conflict_and_told_last(api: Api, north: Clinic, body: Json, code: str) -> None:
    await north.add_specialist(slug="taken")
    specialist = await north.add_specialist()
    await api.delete_specialist(north.admin, specialist)

    answer = await api.update_specialist(north.admin, specialist, body)

    assert answer.code == code


async def test_it_is_deleted_once(api: Api, north: Clinic) -> None:
    specialist = await north.add_specialist()
    first = await api.delete_specialist(north.admin, specialist)

    answer = await api.delete_specialist(north.admin, specialist)

    assert (answer.status, answer.code) == (409, "already_deleted")
    record = (await api.get_specialist(north.patient, specialist)).data
    assert record["deleted_at"] == first.data["deleted_at"]


async def test_of_a_crowd_that_deletes_one_wins(api: Api, north: Clinic) -> None:
    specialist, admin = await north.add_specialist(), north.admin

    answers = await asyncio.gather(*(api.delete_specialist(admin, specialist) for _ in range(20)))

    assert Counter(answer.code for answer in answers) == {None: 1, "already_deleted": 19}


async def test_it_comes_back_as_it_was(api: Api, north: Clinic) -> None:
    example = await add_documented(north)
    await api.delete_specialist(north.admin, example.jane["id"])

    answer = await api.restore_specialist(north.admin, example.jane["id"], "specialties,user")

    record = (await api.get_specialist(north.patient, example.jane["id"], "specialties,user")).data
    related = {"specialties": example.specialties[:2], "user": example.user}
    assert (answer.status, answer.data) == (200, record)
    assert record == example.jane | related | {"updated_at": record["updated_at"]}
    assert example.jane["id"] in [record["id"] for record in (await api.list_specialists(north.patient)).data]


async def test_it_can_be_deleted_again_after_its_return(api: Api, north: Clinic) -> None:
    specialist = await north.add_specialist()
    await api.delete_specialist(north.admin, specialist)
    await api.restore_specialist(north.admin, specialist)

    answer = await api.delete_specialist(north.admin, specialist)

    assert answer.code is None


async def test_who_is_active_cannot_come_back(api: Api, north: Clinic) -> None:
    specialist = await north.add_specialist()

    answer = await api.restore_specialist(north.admin, specialist)

    assert (answer.status, answer.code) == (409, "not_deleted")


@pytest.mark.parametrize("id_", ["abc", "-1", "0", str(10**30), "9000000000"])
async def test_who_does_not_exist_cannot_come_back(api: Api, north: Clinic, id_: str) -> None:
    answer = await api.restore_specialist(north.admin, id_)

    assert (answer.status, answer.code) == (404, "specialist_not_found")


async def test_of_a_crowd_that_restores_one_wins(api: Api, north: Clinic) -> None:
    specialist, admin = await north.add_specialist(), north.admin
    await api.delete_specialist(admin, specialist)

    answers = await asyncio.gather(*(api.restore_specialist(admin, specialist) for _ in range(20)))

    assert Counter(answer.code for answer in answers) == {None: 1, "not_deleted": 19}


@pytest.mark.parametrize("query", ["", "?include=user", "?include=user&include[]=specialties"])
async def test_a_restored_record_is_answered_as_a_read_would(north: Clinic, query: str) -> None:
    path = f"/v1/specialists/{await north.add_specialist()}"
    await north.admin.rest("DELETE", path)

    answer = await north.admin.rest("POST", f"{path}/restore/{query}")

    read = await north.patient.rest("GET", path + query)
    assert (answer.status_code, answer.text) == (200, read.text)
    assert (answer.headers["etag"], answer.headers["content-type"]) == (read.headers["etag"], "application/json")


async def test_an_unknown_include_restores_nothing(north: Clinic) -> None:
    path = f"/v1/specialists/{await north.add_specialist()}"
    await north.admin.rest("DELETE", path)

    answer = await north.admin.rest("POST", f"{path}/restore?include=user&include=bogus")

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_include")
    assert (await north.patient.rest("GET", path)).json()["data"]["deleted_at"]


async def test_the_address_of_a_restoration_takes_nothing_but_a_post(north: Clinic) -> None:
    path = f"/v1/specialists/{await north.add_specialist()}/restore"

    for method in ("GET", "HEAD", "PUT", "PATCH", "DELETE"):
        answer = await north.admin.rest(method, path)

        assert (answer.status_code, answer.headers["allow"]) == (405, "POST, OPTIONS")


async def test_its_hours_and_overrides_take_no_change(north: Clinic) -> None:
    specialist = await north.add_specialist()
    await set_weekly_hours(north.admin, specialist, [HOURS])
    await north.admin.rest("DELETE", f"/v1/specialists/{specialist}")

    answers = [
        await set_weekly_hours(north.admin, specialist, []),
        await set_overrides(north.admin, specialist, [AWAY]),
    ]

    response = await north.admin.rest("GET", f"/v1/specialists/{specialist}?include=weekly_hours,overrides")
    assert [(answer.status, answer.code) for answer in answers] == [(409, "already_deleted")] * 2
    assert [len(response.json()["data"][name]) for name in ("weekly_hours", "overrides")] == [1, 0]


async def test_hours_that_are_not_valid_are_told_before_the_deletion(north: Clinic) -> None:
    specialist = await north.add_specialist()
    await north.admin.rest("DELETE", f"/v1/specialists/{specialist}")

    answers = [
        await set_weekly_hours(north.admin, specialist, [HOURS | {"dayOfWeek": 8}]),
        await set_overrides(north.admin, specialist, [AWAY | {"date": "junk"}]),
    ]

    assert [answer.code for answer in answers] == ["invalid_weekly_hours", "invalid_overrides"]

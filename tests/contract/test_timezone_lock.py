"""While an override is for one appointment type, the zone that gives it its meaning stays."""

import asyncio
from contextlib import suppress
from datetime import date
from typing import Any

import pytest

from resolvers.specialists import update_specialist
from resolvers.writes import AdminTransaction
from schema.rest.selections import record_selection
from tests.api import Api
from tests.clinic import Clinic
from tests.contract.scheduling import set_overrides
from tests.rows import insert, put, transaction_of, until_it_blocks

ZONE = "Europe/Bucharest"
PLAIN: dict[str, Any] = {"date": date(2030, 1, 7), "is_available": False}
SELECTION = record_selection(("id",))
TYPE_OVERRIDE = PLAIN | {"appointment_type_id": 7}


class RolledBackError(Exception):
    """The insertion is not meant to be."""


async def zoned(clinic: Clinic, zone: str | None = ZONE) -> int:
    return await clinic.add_specialist(scheduling_timezone=zone)


@pytest.mark.parametrize(
    ("before", "after"), [(ZONE, "UTC"), (ZONE, None), (None, "UTC")], ids=["changed", "cleared", "set"]
)
async def test_the_zone_is_locked(api: Api, north: Clinic, before: str | None, after: str | None) -> None:
    specialist = await zoned(north, before)
    await put(north, "overrides", specialist_id=specialist, **TYPE_OVERRIDE)

    answer = await api.update_specialist(north.admin, specialist, {"scheduling_timezone": after, "name": "Dr. After"})

    assert (answer.status, answer.code, answer.field) == (400, "timezone_locked", "scheduling_timezone")
    record = (await api.get_specialist(north.patient, specialist)).data
    assert record["scheduling_timezone"] == before
    assert record["name"] != "Dr. After"


@pytest.mark.parametrize("change", [{"scheduling_timezone": f" {ZONE} "}, {}], ids=["same", "absent"])
async def test_what_does_not_change_the_zone_passes(api: Api, north: Clinic, change: dict[str, str]) -> None:
    specialist = await zoned(north)
    await put(north, "overrides", specialist_id=specialist, **TYPE_OVERRIDE)

    answer = await api.update_specialist(north.admin, specialist, change | {"name": "Dr. After"})

    assert (answer.data["scheduling_timezone"], answer.data["name"]) == (ZONE, "Dr. After")


async def test_overrides_for_every_type_lock_nothing(api: Api, north: Clinic) -> None:
    specialist, other = await zoned(north), await zoned(north)
    await put(north, "overrides", specialist_id=specialist, **PLAIN)
    await put(north, "overrides", specialist_id=other, **TYPE_OVERRIDE)

    answer = await api.update_specialist(north.admin, specialist, {"scheduling_timezone": "UTC"})

    assert answer.data["scheduling_timezone"] == "UTC"


async def test_the_zone_is_free_again_without_the_override(api: Api, north: Clinic) -> None:
    specialist = await zoned(north)
    await put(north, "overrides", specialist_id=specialist, **TYPE_OVERRIDE)
    await set_overrides(north.admin, specialist, [])

    answer = await api.update_specialist(north.admin, specialist, {"scheduling_timezone": "UTC"})

    assert answer.data["scheduling_timezone"] == "UTC"


async def test_a_zone_that_is_locked_and_not_valid_is_not_valid(api: Api, north: Clinic) -> None:
    specialist = await zoned(north)
    await put(north, "overrides", specialist_id=specialist, **TYPE_OVERRIDE)

    answer = await api.update_specialist(north.admin, specialist, {"scheduling_timezone": "EST"})

    assert answer.code == "invalid_timezone"


async def test_a_change_waits_for_an_override_that_is_being_inserted(api: Api, north: Clinic) -> None:
    specialist, admin = await zoned(north), north.admin

    async with transaction_of(north) as inserting:
        await insert(inserting, "overrides", specialist_id=specialist, **TYPE_OVERRIDE)
        change = asyncio.create_task(api.update_specialist(admin, specialist, {"scheduling_timezone": "UTC"}))
        await until_it_blocks(inserting)

    assert ((await change).status, (await change).code) == (400, "timezone_locked")
    assert (await api.get_specialist(admin, specialist)).data["scheduling_timezone"] == ZONE


async def test_a_change_passes_when_the_insertion_is_taken_back(api: Api, north: Clinic) -> None:
    specialist, admin = await zoned(north), north.admin

    with suppress(RolledBackError):
        async with transaction_of(north) as inserting:
            await insert(inserting, "overrides", specialist_id=specialist, **TYPE_OVERRIDE)
            change = asyncio.create_task(api.update_specialist(admin, specialist, {"scheduling_timezone": "UTC"}))
            await until_it_blocks(inserting)
            raise RolledBackError

    assert (await change).data["scheduling_timezone"] == "UTC"


async def test_an_override_waits_for_a_zone_that_is_being_changed(north: Clinic) -> None:
    specialist, admin = await zoned(north), north.admin
    row = {"date": "2030-01-07", "isAvailable": False, "appointmentTypeId": "7"}

    async with transaction_of(north) as changing:
        await update_specialist(
            AdminTransaction(changing), specialist, {"scheduling_timezone": "UTC"}, record_selection(("id",))
        )
        insertion = asyncio.create_task(set_overrides(admin, specialist, [row]))
        await until_it_blocks(changing)

    assert [record["appointmentTypeId"] for record in (await insertion).data] == ["7"]
    assert await _zone_and_overrides(north, specialist) == ("UTC", 1)


async def test_a_row_from_elsewhere_waits_for_it_too(north: Clinic) -> None:
    specialist = await zoned(north)

    async with transaction_of(north) as changing:
        await update_specialist(
            AdminTransaction(changing), specialist, {"scheduling_timezone": "UTC"}, record_selection(("id",))
        )
        insertion = asyncio.create_task(put(north, "overrides", specialist_id=specialist, **TYPE_OVERRIDE))
        await until_it_blocks(changing)

    assert (await insertion)["appointment_type_id"] == 7
    assert await _zone_and_overrides(north, specialist) == ("UTC", 1)


async def test_a_crowd_of_changes_around_an_override_ends_locked(api: Api, north: Clinic) -> None:
    specialist, admin = await zoned(north), north.admin
    row = {"date": "2030-01-07", "isAvailable": False, "appointmentTypeId": "7"}
    changes = [api.update_specialist(admin, specialist, {"scheduling_timezone": zone}) for zone in ("UTC", ZONE) * 5]

    updates, inserted = await asyncio.gather(asyncio.gather(*changes), set_overrides(admin, specialist, [row]))

    assert inserted.code is None
    assert {response.code for response in updates} <= {None, "timezone_locked"}
    assert (await api.update_specialist(admin, specialist, {"scheduling_timezone": "Japan"})).code == "timezone_locked"
    assert (await _zone_and_overrides(north, specialist))[1] == 1


async def _zone_and_overrides(clinic: Clinic, specialist: int) -> tuple[str, int]:
    answer = await clinic.admin.rest("GET", f"/v1/specialists/{specialist}?include=overrides")
    data = answer.json()["data"]
    return data["scheduling_timezone"], len(data["overrides"])

"""Every request that the contract shows, against a clinic in which the answer it shows is due."""

from datetime import date

from tests.api import SPECIALIST
from tests.clinic import Clinic
from tests.contract.documented import JANE, Documented, Json, add_documented, text_of
from tests.rows import put
from tests.text import INSTANT

LIST = "/v1/specialists?page=1&page_size=25&sort=-created_at&deleted=false"
META: Json = {"page": 1, "page_size": 25, "total": 5, "total_pages": 1}
CHANGES: Json = {
    "name": "Dr. Jane Marie Smith",
    "title": "Senior Cardiologist",
    "description": "Still hearts.",
    "scheduling_timezone": "Europe/Bucharest",
    "scheduling_active": False,
}


def test_the_fields_of_the_contract_stand_in_its_order() -> None:
    contract = ["id", "organization_id", "user_id", *JANE]

    assert [name for name in SPECIALIST.fields if name in contract] == contract


async def test_list_with_specialties(north: Clinic) -> None:
    example = await add_documented(north)

    answer = await north.patient.rest("GET", f"{LIST}&include=specialties")

    expected = example.jane | {"specialties": example.specialties[:2]}
    assert answer.status_code == 200
    assert text_of(answer.json()["data"][0]) == text_of(expected)
    assert list(answer.json()) == ["data", "meta"]
    assert text_of(answer.json()["meta"]) == text_of(META)


async def test_list_with_specialties_and_user(north: Clinic) -> None:
    example = await add_documented(north)

    answer = await north.patient.rest("GET", f"{LIST}&include=specialties,user")

    first, *others = answer.json()["data"]
    assert answer.status_code == 200
    assert text_of(first) == text_of(example.jane | {"specialties": example.specialties[:2], "user": example.user})
    assert [other["name"] for other in others] == ["dr-d", "dr-c", "dr-b", "dr-a"]
    assert [(other["specialties"], other["user"]) for other in others] == [([], None)] * 4


async def test_list_without_parameters(north: Clinic) -> None:
    example = await add_documented(north)

    answer = await north.patient.rest("GET", "/v1/specialists")

    assert answer.status_code == 200
    assert text_of(answer.json()["data"][0]) == text_of(example.jane)
    assert text_of(answer.json()["meta"]) == text_of(META)


async def test_create(north: Clinic) -> None:
    example = await add_documented(north)
    new = {
        "name": "Dr. Jane Smith",
        "title": "Cardiologist",
        "description": "Hearts, for fifteen years.",
        "slug": "dr-jane-smith-2",
        "user_id": example.user["id"],
        "specialty_ids": example.specialty_ids[:2],
        "scheduling_timezone": "America/New_York",
        "scheduling_active": True,
        "minicrm_name": "DrSmith",
    }

    answer = await north.admin.rest("POST", "/v1/specialists", new)

    record = answer.json()["data"]
    server_fields = {name: record[name] for name in ("id", "created_at", "updated_at")}
    client_fields = {name: value for name, value in new.items() if name != "specialty_ids"}
    unset = {"signature_url": None, "avatar_url": None}
    assert answer.status_code == 201
    assert text_of(answer.json()) == text_of({"data": example.jane | client_fields | unset | server_fields})
    assert type(record["id"]) is int
    assert INSTANT.fullmatch(record["created_at"])
    assert record["created_at"] == record["updated_at"]
    assert await _specialties(north, f"/v1/specialists/{record['id']}") == example.specialties[:2]


async def test_get_with_specialties_and_user(north: Clinic) -> None:
    example = await add_documented(north)

    answer = await north.patient.rest("GET", f"{example.path}?include=specialties,user")

    expected = example.jane | {"specialties": example.specialties[:2], "user": example.user}
    assert answer.status_code == 200
    assert text_of(answer.json()) == text_of({"data": expected})


async def test_get_with_everything(north: Clinic) -> None:
    example = await add_documented(north)
    hours, away = await _schedule(north, example)

    answer = await north.patient.rest("GET", f"{example.path}?include=specialties,user,weekly_hours,overrides")

    related = {
        "specialties": example.specialties[:2],
        "user": example.user,
        "weekly_hours": [hours],
        "overrides": [away],
    }
    assert answer.status_code == 200
    assert text_of(answer.json()) == text_of({"data": example.jane | related})


async def test_get_without_parameters(north: Clinic) -> None:
    example = await add_documented(north)

    answer = await north.specialist.rest("GET", example.path)

    assert answer.status_code == 200
    assert text_of(answer.json()) == text_of({"data": example.jane})


async def test_update(north: Clinic) -> None:
    example = await add_documented(north)

    answer = await north.admin.rest("PUT", example.path, CHANGES | {"specialty_ids": example.specialty_ids})

    now = answer.json()["data"]["updated_at"]
    assert answer.status_code == 200
    assert text_of(answer.json()) == text_of({"data": example.jane | CHANGES | {"updated_at": now}})
    assert INSTANT.fullmatch(now)
    assert now > JANE["updated_at"]
    assert await _specialties(north, example.path) == example.specialties


async def test_update_is_refused_as_a_whole_while_typed_overrides_hold_the_zone(north: Clinic) -> None:
    example = await add_documented(north)
    day = {"date": date(2025, 2, 1), "is_available": False, "appointment_type_id": 7}
    await put(north, "overrides", specialist_id=example.jane["id"], **day)

    answer = await north.admin.rest("PUT", example.path, CHANGES | {"specialty_ids": example.specialty_ids})

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "timezone_locked")
    assert (await north.patient.rest("GET", example.path)).json()["data"] == example.jane
    assert await _specialties(north, example.path) == example.specialties[:2]


async def test_delete(north: Clinic) -> None:
    example = await add_documented(north)

    answer = await north.admin.rest("DELETE", example.path)

    now = answer.json()["data"]["deleted_at"]
    receipt = {"id": example.jane["id"], "message": "Specialist soft-deleted successfully", "deleted_at": now}
    assert answer.status_code == 200
    assert text_of(answer.json()) == text_of({"data": receipt})
    assert INSTANT.fullmatch(now)


async def test_a_deleted_specialist_moves_from_one_list_to_the_other(north: Clinic) -> None:
    example = await add_documented(north)
    now = (await north.admin.rest("DELETE", example.path)).json()["data"]["deleted_at"]

    active = await north.patient.rest("GET", "/v1/specialists")
    deleted = await north.patient.rest("GET", "/v1/specialists?deleted=true")

    assert [record["name"] for record in active.json()["data"]] == ["dr-d", "dr-c", "dr-b", "dr-a"]
    assert text_of(deleted.json()["data"]) == text_of([example.jane | {"deleted_at": now, "updated_at": now}])


async def _schedule(clinic: Clinic, example: Documented) -> tuple[Json, Json]:
    """A weekly interval and an override of Jane's, as answers show them."""
    times = {"start_time": "09:00", "end_time": "17:00"}
    week = await clinic.admin.graphql(
        """mutation ($id: ID!, $hours: [WeeklyHoursInput!]!, $overrides: [OverrideInput!]!) {
            first: setWeeklyHours(specialistId: $id, weeklyHours: $hours) { weeklyHours { id } }
            setOverrides(specialistId: $id, overrides: $overrides) { overrides { id } updatedAt }
        }""",
        id=example.jane["id"],
        hours=[{"dayOfWeek": 1, "startTime": "09:00", "endTime": "17:00"}],
        overrides=[{"date": "2025-02-01", "endDate": "2025-02-07", "isAvailable": False, "reason": "Away"}],
    )
    hours, overrides = week["data"]["first"]["weeklyHours"], week["data"]["setOverrides"]["overrides"]
    example.jane["updated_at"] = week["data"]["setOverrides"]["updatedAt"]
    away = {"date": "2025-02-01", "end_date": "2025-02-07", "is_available": False}
    rest = {"start_time": None, "end_time": None, "appointment_type_id": None, "reason": "Away"}
    first = {"id": int(hours[0]["id"]), "day_of_week": 1} | times
    return first, {"id": int(overrides[0]["id"])} | away | rest


async def _specialties(clinic: Clinic, path: str) -> list[Json]:
    answer = await clinic.patient.rest("GET", f"{path}?include=specialties")
    specialties: list[Json] = answer.json()["data"]["specialties"]
    return specialties

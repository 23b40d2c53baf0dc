"""Writes merge: what is absent stays, null clears, and what changes nothing leaves no trace."""

from typing import Any

import pytest

from tests.api import Api
from tests.clinic import Clinic
from tests.contract.documented import Documented, add_documented

CLEARED = (
    "title",
    "description",
    "user_id",
    "signature_url",
    "avatar_url",
    "scheduling_timezone",
    "minicrm_name",
)
READ_ONLY = {
    "id": 7,
    "organization_id": 1,
    "created_at": "2000-01-01T00:00:00Z",
    "updated_at": "2000-01-01T00:00:00Z",
    "deleted_at": "2000-01-01T00:00:00Z",
    "version": 99,
    "specialties": [],
    "user": None,
    "weekly_hours": "junk",
    "bogus": {"a": ["\0", "\ud800", 1e308]},
    "": "",
    "\ud800": 1,
    "Name": "Dr. Other",
    "name ": "Dr. Other",
    "minicrmName": "x",
}


async def version(clinic: Clinic, example: Documented) -> str:
    return (await clinic.patient.rest("GET", example.path)).headers["etag"]


@pytest.mark.parametrize("field", CLEARED)
async def test_null_clears(api: Api, north: Clinic, field: str) -> None:
    example = await add_documented(north)

    answer = await api.update_specialist(north.admin, example.jane["id"], {field: None})

    assert answer.data == example.jane | {field: None, "updated_at": answer.data["updated_at"]}


async def test_null_clears_the_specialties(api: Api, north: Clinic) -> None:
    example = await add_documented(north)

    await api.update_specialist(north.admin, example.jane["id"], {"specialty_ids": None})

    assert (await api.get_specialist(north.admin, example.jane["id"], "specialties")).data["specialties"] == []


async def test_null_is_no_truth(api: Api, north: Clinic) -> None:
    example = await add_documented(north)

    answer = await api.update_specialist(north.admin, example.jane["id"], {"scheduling_active": None})

    assert (answer.status, answer.code) == (400, "invalid_scheduling_active")


@pytest.mark.parametrize("field", [*CLEARED, "specialty_ids", "scheduling_active"])
async def test_a_new_specialist_takes_null_for_absent(api: Api, north: Clinic, field: str) -> None:
    answer = await api.create_specialist(north.admin, {"name": "Dr. X", "slug": "dr-x", field: None}, "specialties")

    assert answer.status in (200, 201)
    assert answer.data.get(field) is (True if field == "scheduling_active" else None)
    assert answer.data["specialties"] == []


CHANGES = {
    "name": "Dr. Other",
    "title": "Nurse",
    "description": "Other",
    "slug": "dr-other",
    "signature_url": "https://example.com/s",
    "avatar_url": "https://example.com/a",
    "scheduling_timezone": "UTC",
    "scheduling_active": False,
    "minicrm_name": "Other",
}


@pytest.mark.parametrize("field", CHANGES)
async def test_what_is_absent_stays(api: Api, north: Clinic, field: str) -> None:
    example = await add_documented(north)
    before = await version(north, example)

    answer = await api.update_specialist(north.admin, example.jane["id"], {field: CHANGES[field]})

    now = answer.data["updated_at"]
    assert answer.data == example.jane | {field: CHANGES[field], "updated_at": now}
    assert now > example.jane["updated_at"]
    assert await version(north, example) != before


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
async def test_put_and_patch_are_the_same(north: Clinic, method: str) -> None:
    example = await add_documented(north)

    answer = await north.admin.rest(method, f"{example.path}?include=specialties", {"title": None, "name": "Dr. J"})

    changes = {"title": None, "name": "Dr. J", "updated_at": answer.json()["data"]["updated_at"]}
    assert answer.status_code == 200
    assert answer.json()["data"] == example.jane | changes | {"specialties": example.specialties[:2]}


async def test_an_empty_change_changes_nothing(api: Api, north: Clinic) -> None:
    example = await add_documented(north)
    before = await version(north, example)

    answer = await api.update_specialist(north.admin, example.jane["id"], {})

    assert answer.data == example.jane
    assert await version(north, example) == before


async def test_equal_values_change_nothing(api: Api, north: Clinic) -> None:
    example = await add_documented(north)
    before = await version(north, example)
    same: dict[str, Any] = {name: example.jane[name] for name in (*CHANGES, "user_id")}
    same |= {"name": f" {example.jane['name']} ", "specialty_ids": example.specialty_ids[1::-1] * 2}

    answer = await api.update_specialist(north.admin, example.jane["id"], same)

    assert answer.data == example.jane
    assert await version(north, example) == before


async def test_another_set_of_specialties_is_a_change(api: Api, north: Clinic) -> None:
    example = await add_documented(north)
    before = await version(north, example)

    answer = await api.update_specialist(north.admin, example.jane["id"], {"specialty_ids": example.specialty_ids[:1]})

    assert answer.data["updated_at"] > example.jane["updated_at"]
    assert await version(north, example) != before


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
async def test_read_only_and_unknown_fields_do_nothing(north: Clinic, method: str) -> None:
    example = await add_documented(north)
    before = await version(north, example)

    answer = await north.admin.rest(method, example.path, READ_ONLY)

    assert (answer.status_code, answer.json()["data"]) == (200, example.jane)
    assert await version(north, example) == before


async def test_a_new_record_chooses_none_of_its_read_only_fields(north: Clinic) -> None:
    organization = await north.organization_id()

    answer = await north.admin.rest("POST", "/v1/specialists", READ_ONLY | {"name": "Dr. X", "slug": "dr-x"})

    record = answer.json()["data"]
    assert answer.status_code == 201
    assert (record["organization_id"], record["name"], record["deleted_at"]) == (organization, "Dr. X", None)
    assert record["created_at"] == record["updated_at"] > "2025"
    assert "version" not in record
    assert "bogus" not in record


async def test_the_last_of_two_equal_keys_counts(north: Clinic) -> None:
    headers = north.admin.headers | {"content-type": "application/json"}
    content = '{"name": 7, "name": "Dr. X", "slug": "dr-x"}'

    answer = await north.http.post("/v1/specialists", headers=headers, content=content)

    assert (answer.status_code, answer.json()["data"]["name"]) == (201, "Dr. X")


async def test_several_writes_in_one_document_stand_on_their_own(north: Clinic) -> None:
    answer = await north.admin.graphql(
        """mutation {
            a: createSpecialist(input: {name: "Dr. A", slug: "dr-x"}) { name }
            b: createSpecialist(input: {name: "Dr. B", slug: "dr-x"}) { name }
            c: createSpecialist(input: {name: "Dr. C", slug: "dr-y"}) { name }
        }"""
    )

    (error,) = answer["errors"]
    assert answer["data"] == {"a": {"name": "Dr. A"}, "b": None, "c": {"name": "Dr. C"}}
    assert (error["path"], error["extensions"]["code"], error["extensions"]["status"]) == (["b"], "slug_exists", 409)

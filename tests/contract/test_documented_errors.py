"""Every error that the contract lists, at each of its endpoints."""

from datetime import date

import pytest

from tests.clinic import Clinic
from tests.contract.documented import Json, add_documented
from tests.rows import put

NEW: Json = {"name": "Dr. New", "slug": "dr-new"}
NOBODY = 9_000_000_000


def without(name: str) -> Json:
    return {key: value for key, value in NEW.items() if key != name}


CREATE = [
    (without("name"), 400, "name_required", "name"),
    (without("slug"), 400, "slug_required", "slug"),
    (NEW | {"slug": "Dr New"}, 400, "invalid_slug", "slug"),
    (NEW | {"slug": "dr-jane-smith"}, 409, "slug_exists", "slug"),
    (NEW | {"user_id": NOBODY}, 404, "user_not_found", "user_id"),
    (NEW | {"specialty_ids": [NOBODY]}, 404, "specialty_not_found", "specialty_ids"),
    (NEW | {"scheduling_timezone": "Mars/Olympus"}, 400, "invalid_timezone", "scheduling_timezone"),
]
UPDATE = [
    ({"slug": "dr-a"}, 409, "slug_exists", "slug"),
    ({"scheduling_timezone": "UTC"}, 400, "timezone_locked", "scheduling_timezone"),
    ({"user_id": NOBODY}, 404, "user_not_found", "user_id"),
    ({"specialty_ids": [NOBODY]}, 404, "specialty_not_found", "specialty_ids"),
    ({"name": ""}, 400, "name_required", "name"),
    ({"slug": None}, 400, "slug_required", "slug"),
    ({"slug": "Dr New"}, 400, "invalid_slug", "slug"),
    ({"scheduling_timezone": "Mars/Olympus"}, 400, "invalid_timezone", "scheduling_timezone"),
]


@pytest.mark.parametrize(("body", "status", "code", "field"), CREATE, ids=[row[2] for row in CREATE])
async def test_create_refuses(north: Clinic, body: Json, status: int, code: str, field: str) -> None:
    await add_documented(north)

    answer = await north.admin.rest("POST", "/v1/specialists", body)

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (status, code, field)
    assert (await north.patient.rest("GET", "/v1/specialists")).json()["meta"]["total"] == 5


@pytest.mark.parametrize("method", ["PUT", "PATCH"])
@pytest.mark.parametrize(("body", "status", "code", "field"), UPDATE, ids=[row[2] for row in UPDATE])
async def test_update_refuses(north: Clinic, method: str, body: Json, status: int, code: str, field: str) -> None:
    example = await add_documented(north)
    override = {"date": date(2025, 2, 1), "is_available": False, "appointment_type_id": 7}
    await put(north, "overrides", specialist_id=example.jane["id"], **override)

    answer = await north.admin.rest(method, example.path, body)

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (status, code, field)
    assert (await north.patient.rest("GET", example.path)).json()["data"] == example.jane


@pytest.mark.parametrize("role", ["patient", "specialist"])
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_only_an_admin_writes(north: Clinic, method: str, role: str) -> None:
    example = await add_documented(north)
    path = "/v1/specialists" if method == "POST" else example.path

    answer = await north.member(role).rest(method, path, NEW)

    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden")
    assert (await north.patient.rest("GET", example.path)).json()["data"] == example.jane


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
async def test_a_specialist_who_does_not_exist_is_not_found(north: Clinic, method: str) -> None:
    await add_documented(north)

    answer = await north.admin.rest(method, f"/v1/specialists/{NOBODY}", {})

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "specialist_not_found")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE"])
async def test_a_deleted_specialist_is_already_deleted(north: Clinic, method: str) -> None:
    example = await add_documented(north)
    await north.admin.rest("DELETE", example.path)

    answer = await north.admin.rest(method, example.path, {})

    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "already_deleted")

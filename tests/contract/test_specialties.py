"""Specialties: their own rules, the specialists that hold them, and when they may go."""

import asyncio
import re

import pytest

from db import records
from db.tables import specialties
from tests.api import Api
from tests.client import Json
from tests.clinic import Clinic
from tests.contract.documented import text_of
from tests.rows import insert, transaction_of, until_it_blocks

FIELDS = ["id", "organization_id", "title", "slug", "created_at", "updated_at"]
NEW: Json = {"title": "Cardiology", "slug": "cardiology"}
NOBODY = 9_000_000_000
INVALID_VALUES: list[tuple[str, object, str]] = [
    *(("title", blank, "title_required") for blank in ("", " \n")),
    *(("slug", blank, "slug_required") for blank in ("", " \n")),
    *(("title", text, "invalid_title") for text in ("x" * 201, "\0", "\ud800")),
    *(("slug", text, "invalid_slug") for text in ("x" * 201, "A", "a--b", "-a", "a_b", "\0", "\ud800")),
]
NOT_TEXT: list[object] = [7, 1.5, True, [], {}, ["x"]]
WRONG = [(field, value) for field in NEW for value in NOT_TEXT]


async def test_a_specialty_shows_its_fields_in_order(north: Clinic) -> None:
    answer = await north.admin.rest("POST", "/v1/specialties", {"title": " Cardiology ", "slug": " cardiology "})

    record = answer.json()["data"]
    organization = await north.organization_id()
    assert (answer.status_code, list(answer.json()), list(record)) == (201, ["data"], FIELDS)
    assert (record["organization_id"], record["title"], record["slug"]) == (organization, "Cardiology", "cardiology")
    assert type(record["id"]) is int
    assert answer.headers["location"] == f"/v1/specialties/{record['id']}"


async def test_the_list_has_data_and_meta(north: Clinic) -> None:
    record = (await north.admin.rest("POST", "/v1/specialties", NEW)).json()["data"]

    answer = await north.patient.rest("GET", "/v1/specialties")

    meta = {"page": 1, "page_size": 25, "total": 1, "total_pages": 1}
    assert (answer.status_code, text_of(answer.json())) == (200, text_of({"data": [record], "meta": meta}))


async def test_one_specialty_carries_its_specialists_as_lists_show_them(north: Clinic) -> None:
    record = (await north.admin.rest("POST", "/v1/specialties", NEW)).json()["data"]
    await north.add_specialist(specialty_ids=[record["id"]], title="Ă \u2028 /")
    body = (await north.patient.rest("GET", "/v1/specialists")).json()

    answer = await north.patient.rest("GET", f"/v1/specialties/{record['id']}")

    expected = {"data": record | {"specialists": body["data"]}, "meta": body["meta"]}
    assert (answer.status_code, text_of(answer.json())) == (200, text_of(expected))


async def test_its_specialists_are_the_active_ones_by_name(api: Api, north: Clinic) -> None:
    specialty, other = await north.add_specialty("A"), await north.add_specialty("B")
    for name in ("Dr. C", "Dr. A", "Dr. B"):
        await north.add_specialist(name=name, specialty_ids=[specialty, other])
    await api.delete_specialist(north.admin, await north.add_specialist(name="Dr. Gone", specialty_ids=[specialty]))
    await north.add_specialist(name="Dr. Elsewhere", specialty_ids=[other])

    answer = await api.get_specialty(north.patient, specialty)

    assert [specialist["name"] for specialist in answer.data["specialists"]] == ["Dr. A", "Dr. B", "Dr. C"]
    assert answer.meta == {"page": 1, "page_size": 25, "total": 3, "total_pages": 1}


@pytest.mark.parametrize(("page", "expected"), [(1, ["Dr. 0", "Dr. 1"]), (2, ["Dr. 2"]), (3, [])])
async def test_its_specialists_come_in_pages(api: Api, north: Clinic, page: int, expected: list[str]) -> None:
    specialty = await north.add_specialty()
    for number in range(3):
        await north.add_specialist(name=f"Dr. {number}", specialty_ids=[specialty])

    answer = await api.get_specialty(north.patient, specialty, page=page, page_size=2)

    assert [specialist["name"] for specialist in answer.data["specialists"]] == expected
    assert answer.meta == {"page": page, "page_size": 2, "total": 3, "total_pages": 2}


@pytest.mark.parametrize(("field", "value", "code"), INVALID_VALUES)
async def test_what_is_not_valid_is_refused(api: Api, north: Clinic, field: str, value: object, code: str) -> None:
    specialty = await north.add_specialty("Before", "before")

    creation = await api.create_specialty(north.admin, NEW | {field: value})
    update = await api.update_specialty(north.admin, specialty, {field: value})

    assert [(response.status, response.code, response.field) for response in (creation, update)] == [
        (400, code, field)
    ] * 2
    records = (await api.list_specialties(north.admin)).data
    assert [(record["title"], record["slug"]) for record in records] == [("Before", "before")]


@pytest.mark.parametrize(("field", "value"), WRONG)
async def test_a_value_of_another_type_is_refused(north: Clinic, field: str, value: object) -> None:
    answer = await north.admin.rest("POST", "/v1/specialties", NEW | {field: value})

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (400, f"invalid_{field}", field)


@pytest.mark.parametrize("body", [{}, {"title": None, "slug": None}, {"title": "", "slug": " "}])
async def test_both_fields_are_required(api: Api, north: Clinic, body: Json) -> None:
    specialty = await north.add_specialty("Before", "before")

    creation = await api.create_specialty(north.admin, body)
    update = await api.update_specialty(north.admin, specialty, body)

    required = ["title_required", "slug_required"]
    lacking = api.name == "graphql" and not any(body.values()) and body.get("title") is None
    assert (creation.status, list(creation.codes)) == (400, ["bad_user_input"] if lacking else required)
    assert list(update.codes) == (required if body else [])


@pytest.mark.parametrize("change", [{"title": "Other"}, {"slug": "other"}, {"title": "x" * 200, "slug": "x" * 200}])
async def test_a_change_merges(api: Api, north: Clinic, change: Json) -> None:
    before = (await api.create_specialty(north.admin, NEW)).data

    answer = await api.update_specialty(north.admin, before["id"], change)

    assert answer.data == before | change | {"updated_at": answer.data["updated_at"]}


@pytest.mark.parametrize("change", [{}, NEW, {"title": " Cardiology "}, {"id": 7, "bogus": None, "created_at": "x"}])
@pytest.mark.parametrize("method", ["PUT", "PATCH"])
async def test_what_changes_nothing_leaves_no_trace(north: Clinic, method: str, change: Json) -> None:
    response = await north.admin.rest("POST", "/v1/specialties", NEW)

    answer = await north.admin.rest(method, response.headers["location"], change)

    assert (answer.status_code, answer.text) == (200, response.text)
    assert answer.headers["etag"] == response.headers["etag"]


async def test_delete_removes_it(north: Clinic) -> None:
    path = (await north.admin.rest("POST", "/v1/specialties", NEW)).headers["location"]

    answer = await north.admin.rest("DELETE", path)

    receipt = {"id": int(path.rpartition("/")[2]), "message": "Specialty deleted successfully"}
    again = await north.admin.rest("DELETE", path)
    assert (answer.status_code, text_of(answer.json())) == (200, text_of({"data": receipt}))
    assert (again.status_code, again.json()["error"]["code"]) == (404, "specialty_not_found")
    assert (await north.patient.rest("GET", path)).status_code == 404


@pytest.mark.parametrize(("holders", "message"), [(1, "1 specialist "), (2, "2 specialists ")])
@pytest.mark.parametrize("deleted", [False, True], ids=["active", "soft-deleted"])
async def test_it_stays_while_a_specialist_holds_it(
    api: Api, north: Clinic, holders: int, message: str, deleted: bool
) -> None:
    specialty = await north.add_specialty()
    specialists = [await north.add_specialist(specialty_ids=[specialty]) for _ in range(holders)]
    for specialist in specialists if deleted else ():
        await api.delete_specialist(north.admin, specialist)

    answer = await api.delete_specialty(north.admin, specialty)

    again = await north.admin.rest("DELETE", f"/v1/specialties/{specialty}")
    assert (answer.status, answer.code) == (409, "specialty_in_use")
    assert re.search(rf"\b{message}", again.json()["error"]["message"])
    assert (await api.get_specialty(north.patient, specialty)).status == 200


async def test_it_may_go_once_nobody_holds_it(api: Api, north: Clinic) -> None:
    specialty = await north.add_specialty()
    specialist = await north.add_specialist(specialty_ids=[specialty])
    await api.update_specialist(north.admin, specialist, {"specialty_ids": []})

    answer = await api.delete_specialty(north.admin, specialty)

    assert answer.code is None
    assert (await api.list_specialties(north.patient)).data == []


async def test_a_removal_waits_for_a_specialist_who_takes_it_up(api: Api, north: Clinic) -> None:
    specialty, specialist, admin = await north.add_specialty(), await north.add_specialist(), north.admin

    async with transaction_of(north) as taking:
        link = {"specialist_id": specialist, "specialty_id": specialty}
        await insert(taking, "specialist_specialties", **link)
        removal = asyncio.create_task(api.delete_specialty(admin, specialty))
        await until_it_blocks(taking)

    assert (await removal).code == "specialty_in_use"


async def test_who_takes_it_up_waits_for_its_removal(api: Api, north: Clinic) -> None:
    specialty, specialist, admin = await north.add_specialty(), await north.add_specialist(), north.admin

    async with transaction_of(north) as removing:
        await records.lock(removing, specialties, specialty, "version")
        await records.delete(removing, specialties, specialty)
        taking = asyncio.create_task(api.update_specialist(admin, specialist, {"specialty_ids": [specialty]}))
        await until_it_blocks(removing)

    answer = await taking
    assert (answer.status, answer.code, answer.field) == (404, "specialty_not_found", "specialty_ids")


@pytest.mark.parametrize("body", [{"title": ""}, {"slug": "taken"}, {}])
async def test_an_unknown_specialty_is_not_found_whatever_is_sent(api: Api, north: Clinic, body: Json) -> None:
    await north.add_specialty(slug="taken")

    answers = [
        await api.update_specialty(north.admin, NOBODY, body),
        await api.delete_specialty(north.admin, NOBODY),
        await api.get_specialty(north.admin, NOBODY),
    ]

    assert [(answer.status, answer.code) for answer in answers] == [(404, "specialty_not_found")] * 3

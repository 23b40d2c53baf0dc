"""What a record shows: its fields, what is included, its instants."""

from typing import Any

import pytest

from schema.rest.specialists import resource
from tests.api import Api
from tests.clinic import Clinic
from tests.rows import instant, put
from tests.text import INSTANT

SEVERAL = ["specialties,user", "overrides,specialties", "specialties,user,weekly_hours,overrides"]
UNKNOWN = ["bogus", "specialties,bogus", "Specialties", "weeklyHours", ",", "user,", "specialties;user", "%00", "id"]


@pytest.mark.parametrize("include", ["", *resource.includes, *SEVERAL])
async def test_what_is_included_is_there_and_nothing_else(api: Api, north: Clinic, include: str) -> None:
    specialist = await north.add_specialist()
    plain = (await api.get_specialist(north.patient, specialist)).data

    answer = await api.get_specialist(north.patient, specialist, include)

    assert answer.data.keys() - plain.keys() == set(filter(None, include.split(",")))
    assert plain.items() <= answer.data.items()


@pytest.mark.parametrize("include", ["", *resource.includes, *SEVERAL])
async def test_a_list_includes_the_same(api: Api, north: Clinic, include: str) -> None:
    specialty, user = await north.add_specialty(), await north.add_user()
    specialist = await north.add_specialist(specialty_ids=[specialty], user_id=user)

    answer = await api.list_specialists(north.patient, include=include)

    assert answer.data == [(await api.get_specialist(north.patient, specialist, include)).data]


@pytest.mark.parametrize("include", [*resource.includes, *SEVERAL])
async def test_a_write_answers_what_a_read_would(north: Clinic, include: str) -> None:
    body = {"name": "Dr. X", "slug": "dr-x", "specialty_ids": [await north.add_specialty()]}

    creation = await north.admin.rest("POST", f"/v1/specialists?include={include}", body)
    path = f"{creation.headers['location']}?include={include}"
    update = await north.admin.rest("PUT", path, {"user_id": await north.add_user()})

    assert list(creation.json()["data"]) == list(update.json()["data"])
    assert update.text == (await north.patient.rest("GET", path)).text


async def test_included_records_stand_in_one_order_whatever_was_asked(north: Clinic) -> None:
    path = f"/v1/specialists/{await north.add_specialist()}?include="
    names = list(resource.includes)

    answer = await north.patient.rest("GET", path + ",%20".join([*reversed(names), names[0]]))

    assert list(answer.json()["data"])[-4:] == names


@pytest.mark.parametrize("include", UNKNOWN)
@pytest.mark.parametrize("method", ["LIST", "GET", "POST", "PUT", "PATCH"])
async def test_an_unknown_include_is_refused_and_writes_nothing(north: Clinic, method: str, include: str) -> None:
    specialist = await north.add_specialist(name="Dr. Before")
    path = "/v1/specialists" if method in ("LIST", "POST") else f"/v1/specialists/{specialist}"
    body = None if method in ("LIST", "GET") else {"name": "Dr. After", "slug": "after"}

    answer = await north.admin.rest(method.replace("LIST", "GET"), f"{path}?include={include}", body)

    error = answer.json()["error"]
    record = (await north.patient.rest("GET", "/v1/specialists")).json()["data"]
    assert (answer.status_code, error["code"], error["field"]) == (400, "invalid_include", "include")
    assert [record["name"] for record in record] == ["Dr. Before"]


async def test_specialties_within_a_specialist_come_by_title(api: Api, north: Clinic) -> None:
    titles = ["Surgery", "Cardiology", "Neurology"]
    specialties = [await north.add_specialty(title) for title in titles]
    specialist = await north.add_specialist(specialty_ids=specialties)

    answer = await api.get_specialist(north.patient, specialist, "specialties")

    assert [specialty["title"] for specialty in answer.data["specialties"]] == sorted(titles)


async def test_a_specialist_without_user_and_hours_shows_that_there_are_none(api: Api, north: Clinic) -> None:
    specialist = await north.add_specialist()

    answer = await api.get_specialist(north.patient, specialist, SEVERAL[-1])

    assert answer.data["user"] is None
    assert [answer.data[name] for name in ("specialties", "weekly_hours", "overrides")] == [[], [], []]


async def test_the_user_of_a_specialist_shows_the_role_on_record(api: Api, north: Clinic) -> None:
    user = await north.add_user("patient")
    specialist = await north.add_specialist(user_id=user)

    answer = await api.get_specialist(north.admin, specialist, "user")

    assert (answer.data["user"]["id"], answer.data["user"]["role"]) == (user, "patient")
    assert list(answer.data["user"]) == ["id", "email", "username", "role"]


async def test_a_soft_deleted_specialist_can_still_be_read(api: Api, north: Clinic) -> None:
    specialty = await north.add_specialty()
    specialist = await north.add_specialist(specialty_ids=[specialty])
    before = (await api.get_specialist(north.patient, specialist, "specialties")).data
    await api.delete_specialist(north.admin, specialist)

    answer = await api.get_specialist(north.patient, specialist, "specialties")

    moved = {name: answer.data[name] for name in ("deleted_at", "updated_at")}
    assert answer.data == before | moved
    assert INSTANT.fullmatch(answer.data["deleted_at"])


@pytest.mark.parametrize(
    ("database_value", "text"),
    [
        ("2025-01-10T08:00:00Z", "2025-01-10T08:00:00Z"),
        ("2025-01-10T08:00:00.999999Z", "2025-01-10T08:00:00Z"),
        ("2025-01-10T00:30:00+02:00", "2025-01-09T22:30:00Z"),
        ("0999-12-31T23:59:59Z", "0999-12-31T23:59:59Z"),
    ],
)
async def test_instants_are_utc_in_whole_seconds(api: Api, north: Clinic, database_value: str, text: str) -> None:
    instants = {name: instant(database_value) for name in ("created_at", "updated_at", "deleted_at")}
    row = await put(north, "specialists", name="Dr. X", slug="dr-x", **instants)

    answer = await api.get_specialist(north.patient, row["id"])

    assert [answer.data[name] for name in instants] == [text] * 3


async def test_a_new_records_instants_are_instants(api: Api, north: Clinic) -> None:
    specialty = (await api.create_specialty(north.admin, {"title": "Cardiology", "slug": "cardiology"})).data
    specialist = (await api.create_specialist(north.admin, {"name": "Dr. X", "slug": "dr-x"})).data

    instants = [record[name] for record in (specialty, specialist) for name in ("created_at", "updated_at")]

    assert all(INSTANT.fullmatch(text) for text in instants)
    assert specialist["deleted_at"] is None


async def test_fields_that_were_not_given_are_null(api: Api, north: Clinic) -> None:
    organization = await north.organization_id()

    answer = await api.create_specialist(north.admin, {"name": "Dr. X", "slug": "dr-x"})

    record: dict[str, Any] = answer.data
    fields = {"organization_id": organization, "name": "Dr. X", "slug": "dr-x", "scheduling_active": True}
    assert {name: value for name, value in record.items() if value is not None} == fields | {
        name: record[name] for name in ("id", "created_at", "updated_at")
    }


@pytest.mark.parametrize("slug", ["dr-nobody", "", "DR-X", "\0", "dr-x\0", "\ud800", "x" * 10_000])
@pytest.mark.parametrize("entity", ["specialist", "specialty"])
async def test_a_slug_that_no_record_has_is_not_found(north: Clinic, entity: str, slug: str) -> None:
    await north.add_specialist(slug="dr-x")

    answer = await north.patient.graphql(
        f"query ($slug: String!) {{ {entity}BySlug(slug: $slug) {{ id }} }}", slug=slug
    )

    assert answer["data"] == {f"{entity}BySlug": None}
    assert answer["errors"][0]["extensions"]["code"] == f"{entity}_not_found"


async def test_a_slug_finds_its_record_soft_deleted_too(north: Clinic) -> None:
    specialty = await north.add_specialty(slug="cardiology")
    specialist = await north.add_specialist(slug="dr-x")
    await north.admin.rest("DELETE", f"/v1/specialists/{specialist}")

    answer = await north.patient.graphql(
        '{ specialistBySlug(slug: "dr-x") { id } specialtyBySlug(slug: "cardiology") { id } }'
    )

    assert answer["data"] == {
        "specialistBySlug": {"id": str(specialist)},
        "specialtyBySlug": {"id": str(specialty)},
    }

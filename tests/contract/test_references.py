"""Users and specialties that a specialist points to: of the same clinic, all or none."""

import pytest

from tests.api import Api
from tests.clinic import Clinic

NOBODY = 9_000_000_000
NOT_IDS = [0, -1, 2**63, 10**30, -(10**30), NOBODY]


async def held(api: Api, clinic: Clinic, specialist: int) -> list[int]:
    specialties = (await api.get_specialist(clinic.patient, specialist, "specialties")).data["specialties"]
    return sorted(specialty["id"] for specialty in specialties)


async def test_duplicates_count_once(api: Api, north: Clinic) -> None:
    first, second = await north.add_specialty("A"), await north.add_specialty("B")

    answer = await api.create_specialist(
        north.admin, {"name": "Dr. X", "slug": "dr-x", "specialty_ids": [second, first, second]}, "specialties"
    )

    assert [specialty["id"] for specialty in answer.data["specialties"]] == [first, second]


@pytest.mark.parametrize("numbers", [[], [0], [1], [2], [0, 1], [1, 2], [2, 1, 0, 0]], ids=str)
async def test_the_list_replaces_the_set(api: Api, north: Clinic, numbers: list[int]) -> None:
    ids = [await north.add_specialty(title) for title in "ABC"]
    specialist = await north.add_specialist(specialty_ids=ids[:2])

    await api.update_specialist(north.admin, specialist, {"specialty_ids": [ids[index] for index in numbers]})

    assert await held(api, north, specialist) == sorted({ids[index] for index in numbers})


@pytest.mark.parametrize("junk", NOT_IDS)
async def test_one_unknown_specialty_refuses_all(api: Api, north: Clinic, junk: int) -> None:
    specialty, other = await north.add_specialty("A"), await north.add_specialty("B")
    specialist = await north.add_specialist(specialty_ids=[specialty], name="Dr. Before")
    before = (await api.get_specialist(north.patient, specialist)).data

    answer = await api.update_specialist(north.admin, specialist, {"name": "Dr. After", "specialty_ids": [other, junk]})

    assert (answer.status, answer.code, answer.field) == (404, "specialty_not_found", "specialty_ids")
    assert await held(api, north, specialist) == [specialty]
    assert (await api.get_specialist(north.patient, specialist)).data == before


@pytest.mark.parametrize("junk", NOT_IDS)
async def test_an_unknown_user_is_not_found(api: Api, north: Clinic, junk: int) -> None:
    answer = await api.create_specialist(north.admin, {"name": "Dr. X", "slug": "dr-x", "user_id": junk})

    assert (answer.status, answer.code, answer.field) == (404, "user_not_found", "user_id")
    assert (await api.list_specialists(north.patient)).data == []


async def test_another_clinics_records_cannot_be_pointed_to(api: Api, north: Clinic, south: Clinic) -> None:
    specialist = await north.add_specialist()
    theirs = {"user_id": await south.add_user(), "specialty_ids": [await south.add_specialty()]}

    answers = [await api.update_specialist(north.admin, specialist, {name: value}) for name, value in theirs.items()]

    assert [answer.code for answer in answers] == ["user_not_found", "specialty_not_found"]
    record = (await api.get_specialist(north.patient, specialist, "specialties,user")).data
    assert (record["user_id"], record["user"], record["specialties"]) == (None, None, [])


async def test_a_foreign_reference_is_refused_like_an_unknown_one(north: Clinic, south: Clinic) -> None:
    specialist = await north.add_specialist()
    path, headers = f"/v1/specialists/{specialist}", {"x_request_id": "the-same"}
    bodies = [{"user_id": await south.add_user()}, {"user_id": NOBODY}, {"user_id": 10**30}]
    lists = [{"specialty_ids": [id_]} for id_ in (await south.add_specialty(), NOBODY, 10**30)]

    answers = [await north.admin.rest("PUT", path, body, **headers) for body in (*bodies, *lists)]

    texts = [answer.text for answer in answers]
    assert [answer.status_code for answer in answers] == [404] * 6
    assert (len(set(texts[:3])), len(set(texts[3:]))) == (1, 1)


async def test_one_user_may_be_several_specialists(api: Api, north: Clinic) -> None:
    user = await north.add_user()
    await north.add_specialist(user_id=user)

    answer = await api.create_specialist(north.admin, {"name": "Dr. X", "slug": "dr-x", "user_id": user}, "user")

    assert (answer.data["user_id"], answer.data["user"]["id"]) == (user, user)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": "", "user_id": NOBODY, "slug": "taken"}, "name_required"),
        ({"name": "Dr. X", "user_id": NOBODY, "slug": "taken", "scheduling_timezone": "EST"}, "invalid_timezone"),
        ({"name": "Dr. X", "user_id": NOBODY, "slug": "taken", "specialty_ids": [NOBODY]}, "user_not_found"),
        ({"name": "Dr. X", "slug": "taken", "specialty_ids": [NOBODY]}, "specialty_not_found"),
        ({"name": "Dr. X", "slug": "taken"}, "slug_exists"),
    ],
)
async def test_validity_comes_before_references_and_these_before_conflicts(
    api: Api, north: Clinic, body: dict[str, object], code: str
) -> None:
    await north.add_specialist(slug="taken")
    other = await north.add_specialist()

    creation = await api.create_specialist(north.admin, body)
    update = await api.update_specialist(north.admin, other, body)

    assert [creation.code, update.code] == [code, code]

"""A slug is one record's for ever: within its clinic, soft-deleted records included, under any crowd."""

import asyncio
from collections import Counter

import pytest

from tests.api import Api
from tests.client import Json
from tests.clinic import Clinic

CROWD = 20


def new(entity: str, slug: str) -> Json:
    return {"name" if entity == "specialist" else "title": "X", "slug": slug}


@pytest.mark.parametrize("entity", ["specialist", "specialty"])
async def test_a_slug_is_taken_once(api: Api, north: Clinic, entity: str) -> None:
    await getattr(north, f"add_{entity}")(slug="taken")

    answer = await getattr(api, f"create_{entity}")(north.admin, new(entity, " taken "))

    assert (answer.status, answer.code, answer.field) == (409, "slug_exists", "slug")


@pytest.mark.parametrize("entity", ["specialist", "specialty"])
async def test_a_slug_cannot_be_taken_over(api: Api, north: Clinic, entity: str) -> None:
    await getattr(north, f"add_{entity}")(slug="taken")
    other = await getattr(north, f"add_{entity}")(slug="mine")

    answer = await getattr(api, f"update_{entity}")(north.admin, other, {"slug": "taken"})

    assert (answer.status, answer.code, answer.field) == (409, "slug_exists", "slug")
    assert (await getattr(api, f"get_{entity}")(north.admin, other)).data["slug"] == "mine"


@pytest.mark.parametrize("entity", ["specialist", "specialty"])
async def test_another_clinic_may_have_the_same_slug(api: Api, north: Clinic, south: Clinic, entity: str) -> None:
    await getattr(north, f"add_{entity}")(slug="taken")

    answer = await getattr(api, f"create_{entity}")(south.admin, new(entity, "taken"))

    assert answer.data["slug"] == "taken"


async def test_a_specialty_and_a_specialist_may_share_a_slug(api: Api, north: Clinic) -> None:
    await north.add_specialty(slug="shared")

    answer = await api.create_specialist(north.admin, new("specialist", "shared"))

    assert answer.data["slug"] == "shared"


async def test_a_deleted_specialists_slug_is_never_handed_on(api: Api, north: Clinic) -> None:
    deleted_id, other = await north.add_specialist(slug="hers"), await north.add_specialist()
    await api.delete_specialist(north.admin, deleted_id)

    creation = await api.create_specialist(north.admin, new("specialist", "hers"))
    update = await api.update_specialist(north.admin, other, {"slug": "hers"})

    assert [creation.code, update.code] == ["slug_exists", "slug_exists"]


async def test_a_slug_that_was_given_up_is_free(api: Api, north: Clinic) -> None:
    specialist = await north.add_specialist(slug="before")
    await api.update_specialist(north.admin, specialist, {"slug": "after"})

    answer = await api.create_specialist(north.admin, new("specialist", "before"))

    assert answer.data["slug"] == "before"


async def test_a_removed_specialtys_slug_is_free(api: Api, north: Clinic) -> None:
    await api.delete_specialty(north.admin, await north.add_specialty(slug="before"))

    answer = await api.create_specialty(north.admin, new("specialty", "before"))

    assert answer.data["slug"] == "before"


@pytest.mark.parametrize("entity", ["specialist", "specialty"])
async def test_of_a_crowd_that_creates_one_slug_one_wins(api: Api, north: Clinic, entity: str) -> None:
    admin, create = north.admin, getattr(api, f"create_{entity}")

    answers = await asyncio.gather(*(create(admin, new(entity, "wanted")) for _ in range(CROWD)))

    listing = await (api.list_specialists if entity == "specialist" else api.list_specialties)(admin)
    assert Counter((answer.code, answer.status == 409) for answer in answers) == {
        (None, False): 1,
        ("slug_exists", True): CROWD - 1,
    }
    assert [record["slug"] for record in listing.data] == ["wanted"]


async def test_of_a_crowd_that_takes_one_slug_one_wins(api: Api, north: Clinic) -> None:
    admin = north.admin
    specialists = [await north.add_specialist() for _ in range(CROWD)]

    answers = await asyncio.gather(*(api.update_specialist(admin, id_, {"slug": "wanted"}) for id_ in specialists))

    assert Counter(answer.code for answer in answers) == {None: 1, "slug_exists": CROWD - 1}

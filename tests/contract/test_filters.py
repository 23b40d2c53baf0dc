"""Check the filters of lists, and the answer to filters that are not valid."""

from typing import Any

import pytest

from tests.api import Api, GraphqlApi
from tests.clinic import Clinic

NOBODY = (0, -1, 10**30, "abc", "1.0", 9_000_000_000)


def slugs(records: list[dict[str, Any]]) -> list[str]:
    return sorted(record["slug"] for record in records)


async def three(clinic: Clinic) -> None:
    await clinic.add_specialist(name="Dr. Ángela Müller", title="Heart surgeon", slug="angela")
    await clinic.add_specialist(name="Ion Popescu-Heart", title=None, slug="ion")
    await clinic.add_specialist(name="Maria O'Neil", title="NURSE", slug="maria", scheduling_active=False)


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("heart", ["angela", "ion"]),
        ("HEA", ["angela", "ion"]),
        ("eart", []),
        ("angela", ["angela"]),
        ("ÁNGELA", ["angela"]),
        ("muller", ["angela"]),
        ("Müller, Dr.", ["angela"]),
        ("surgeon  an", ["angela"]),
        ("surgeon maria", []),
        ("nurse", ["maria"]),
        ("o'neil", ["maria"]),
        ("popescu", ["ion"]),
        ("  ", ["angela", "ion", "maria"]),
        ("%", []),
        ('"', []),
        ("\N{BLACK-LETTER CAPITAL H}eart", ["angela", "ion"]),
        ("he%rt", []),
        ("x" * 200, []),
        ("null", []),
    ],
)
async def test_each_word_begins_a_word_of_name_or_title(
    api: Api, north: Clinic, search: str, expected: list[str]
) -> None:
    await three(north)

    answer = await api.list_specialists(north.patient, search=search)

    assert slugs(answer.data) == expected
    assert answer.meta["total"] == len(expected)


async def test_a_search_follows_a_new_name(api: Api, north: Clinic) -> None:
    specialist = await north.add_specialist(name="Dr. Before", title="Nurse", slug="changed")
    await api.update_specialist(north.admin, specialist, {"name": "Dr. After"})

    matches = {
        word: (await api.list_specialists(north.patient, search=word)).data for word in ("before", "after nurse")
    }

    assert [slugs(value) for value in matches.values()] == [[], ["changed"]]


@pytest.mark.parametrize("search", ["\ud800", "a\udfff"], ids=ascii)
@pytest.mark.parametrize("entity", ["specialists", "specialties"])
async def test_a_search_holds_no_lone_surrogate(north: Clinic, entity: str, search: str) -> None:
    """An address cannot hold one either, so this is for one API only."""
    answer = await getattr(GraphqlApi(), f"list_{entity}")(north.patient, search=search)

    assert (answer.status, answer.code, answer.field) == (400, "invalid_search", "search")


@pytest.mark.parametrize("search", ["\0", "a\0b", "x" * 201], ids=["nul", "inner nul", "long"])
@pytest.mark.parametrize("entity", ["specialists", "specialties"])
async def test_a_search_is_short_text(api: Api, north: Clinic, entity: str, search: str) -> None:
    answer = await getattr(api, f"list_{entity}")(north.patient, search=search)

    assert (answer.status, answer.code, answer.field) == (400, "invalid_search", "search")


async def test_specialists_of_a_specialty(api: Api, north: Clinic) -> None:
    cardiology, surgery = await north.add_specialty("Cardiology"), await north.add_specialty("Surgery")
    await north.add_specialist(slug="both", specialty_ids=[cardiology, surgery])
    await north.add_specialist(slug="one", specialty_ids=[surgery])
    await north.add_specialist(slug="none")

    answer = await api.list_specialists(north.patient, specialty_id=surgery)

    assert slugs(answer.data) == ["both", "one"]
    assert answer.meta["total"] == 2


async def test_the_specialist_who_is_a_user(api: Api, north: Clinic) -> None:
    user = await north.add_user()
    await north.add_specialist(slug="hers", user_id=user)
    await north.add_specialist(slug="nobodys")

    answer = await api.list_specialists(north.patient, user_id=user)

    assert slugs(answer.data) == ["hers"]


@pytest.mark.parametrize("field", ["specialty_id", "user_id"])
@pytest.mark.parametrize("junk", NOBODY, ids=str)
async def test_an_id_that_no_record_has_finds_nothing(api: Api, north: Clinic, field: str, junk: object) -> None:
    await north.add_specialist(user_id=await north.add_user(), specialty_ids=[await north.add_specialty()])

    answer = await api.list_specialists(north.patient, **{field: junk})

    assert (answer.status, answer.data, answer.meta["total"]) == (200, [], 0)


async def test_another_clinics_ids_find_nothing(api: Api, north: Clinic, south: Clinic) -> None:
    theirs = {"specialty_id": await south.add_specialty(), "user_id": await south.add_user()}
    await south.add_specialist(user_id=theirs["user_id"], specialty_ids=[theirs["specialty_id"]])
    await north.add_specialist()

    answers = [await api.list_specialists(north.admin, **{name: id_}) for name, id_ in theirs.items()]

    assert [answer.data for answer in answers] == [[], []]


@pytest.mark.parametrize(("active", "expected"), [(True, ["angela", "ion"]), (False, ["maria"])])
async def test_who_can_be_booked(api: Api, north: Clinic, active: bool, expected: list[str]) -> None:
    await three(north)

    answer = await api.list_specialists(north.patient, scheduling_active=active)

    assert slugs(answer.data) == expected


@pytest.mark.parametrize("field", ["scheduling_active", "deleted"])
@pytest.mark.parametrize("junk", ["", "1", "0", "TRUE", "yes", "null", "true,false", "%00", " true"])
async def test_truth_is_written_true_or_false(north: Clinic, field: str, junk: str) -> None:
    answer = await north.patient.rest("GET", f"/v1/specialists?{field}={junk}")

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (400, f"invalid_{field}", field)


@pytest.mark.parametrize(("deleted", "expected"), [(False, ["here"]), (True, ["gone"])])
async def test_deleted_specialists_are_a_list_of_their_own(
    api: Api, north: Clinic, deleted: bool, expected: list[str]
) -> None:
    await north.add_specialist(slug="here")
    await api.delete_specialist(north.admin, await north.add_specialist(slug="gone"))

    answer = await api.list_specialists(north.patient, deleted=deleted)

    assert slugs(answer.data) == expected
    assert answer.meta["total"] == 1


async def test_filters_narrow_each_other(api: Api, north: Clinic) -> None:
    specialty = await north.add_specialty()
    match: dict[str, Any] = {"name": "Dr. Wanted", "specialty_ids": [specialty], "user_id": await north.add_user()}
    await north.add_specialist(**match, slug="all")
    others: list[dict[str, Any]] = [{"name": "Dr. X"}, {"specialty_ids": []}, {"user_id": None}]
    for number, other in enumerate(others):
        await north.add_specialist(**match | other, slug=f"other-{number}")
    narrowed = {"search": "wanted", "specialty_id": specialty, "user_id": match["user_id"], "scheduling_active": True}

    answer = await api.list_specialists(north.patient, **narrowed)

    assert slugs(answer.data) == ["all"]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("heart", ["heart"]),
        ("HEART sur", ["heart"]),
        ("surg", ["heart", "plain"]),
        ("urge", ["heart", "plain"]),
        (" ", ["heart", "plain"]),
        ("%", []),
        ("_", []),
        ("\\", []),
    ],
)
async def test_the_title_of_a_specialty_contains_the_text(
    api: Api, north: Clinic, search: str, expected: list[str]
) -> None:
    await north.add_specialty("Heart Surgery", "heart")
    await north.add_specialty("Surgery", "plain")

    answer = await api.list_specialties(north.patient, search=search)

    assert slugs(answer.data) == expected


@pytest.mark.parametrize("query", ["bogus=1", "deleted[]=x", "limit=0", "include_=x", "=x", "&&", "PAGE=0"])
@pytest.mark.parametrize("path", ["/v1/specialists", "/v1/specialties"])
async def test_unknown_parameters_are_ignored(north: Clinic, path: str, query: str) -> None:
    plain = await north.patient.rest("GET", path)

    answer = await north.patient.rest("GET", f"{path}?{query}")

    assert (answer.status_code, answer.text) == (200, plain.text)

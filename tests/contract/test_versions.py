"""GraphQL's version: the same one as in REST's tags."""

import pytest

from tests.api import Api, GraphqlApi
from tests.clinic import Clinic

UPDATE = """mutation ($id: ID!, $version: String) {
    updateSpecialist(id: $id, input: {name: "Dr. After"}, ifVersion: $version) { name version }
}"""
JUNK = ["0", "", " ", "*", '"1"', "1.0", "01", "+1", "-1", str(10**30), "\0", "\ud800", "1-0"]


async def test_the_version_is_what_the_tag_holds(north: Clinic) -> None:
    specialist = await north.add_specialist()
    tag = (await north.patient.rest("GET", f"/v1/specialists/{specialist}")).headers["etag"]

    answer = await north.patient.graphql("query ($id: ID!) { specialist(id: $id) { version } }", id=specialist)

    assert answer["data"]["specialist"]["version"] == tag.strip('"')


async def test_a_write_answers_with_the_next_version(north: Clinic) -> None:
    specialist = await north.add_specialist()

    first = await north.admin.graphql(UPDATE, id=specialist)
    second = await north.admin.graphql(UPDATE, id=specialist, version=None)
    read = (await north.patient.rest("GET", f"/v1/specialists/{specialist}")).headers["etag"]

    versions = [each["data"]["updateSpecialist"]["version"] for each in (first, second)]
    assert versions == [read.strip('"')] * 2


async def test_a_stale_version_writes_nothing(api: Api, north: Clinic) -> None:
    specialist = await north.add_specialist()
    stale = (await north.patient.rest("GET", f"/v1/specialists/{specialist}")).headers["etag"].strip('"')
    await api.update_specialist(north.admin, specialist, {"name": "Dr. Second"}, stale)

    answers = [
        await api.update_specialist(north.admin, specialist, {"name": "Dr. Third"}, stale),
        await api.delete_specialist(north.admin, specialist, stale),
    ]

    shown = (await api.get_specialist(north.patient, specialist)).data
    assert [(each.status, each.code) for each in answers] == [(412, "precondition_failed")] * 2
    assert (shown["name"], shown["deleted_at"]) == ("Dr. Second", None)


@pytest.mark.parametrize("junk", JUNK, ids=repr)
async def test_what_is_no_version_matches_none(north: Clinic, junk: str) -> None:
    specialist = await north.add_specialist()

    answers = [
        await GraphqlApi().update_specialist(north.admin, specialist, {"name": "Dr. After"}, junk),
        await GraphqlApi().delete_specialist(north.admin, specialist, junk),
    ]

    assert [(each.status, each.code) for each in answers] == [(412, "precondition_failed")] * 2


async def test_the_right_version_deletes(api: Api, north: Clinic) -> None:
    specialist = await north.add_specialist()
    version = (await north.patient.rest("GET", f"/v1/specialists/{specialist}")).headers["etag"].strip('"')

    answer = await api.delete_specialist(north.admin, specialist, version)

    assert answer.code is None


async def test_the_version_of_a_specialty_is_what_the_tag_holds(north: Clinic) -> None:
    specialty = await north.add_specialty()
    await north.admin.rest("PUT", f"/v1/specialties/{specialty}", {"title": "Changed"})
    tag = (await north.admin.rest("PUT", f"/v1/specialties/{specialty}", {})).headers["etag"]

    answer = await north.patient.graphql("query ($id: ID!) { specialty(id: $id) { version } }", id=specialty)

    assert answer["data"]["specialty"]["version"] == tag.strip('"')


async def test_rest_shows_the_version_of_a_specialty_in_the_tag_alone(north: Clinic) -> None:
    specialty = await north.add_specialty()

    answer = await north.patient.rest("GET", f"/v1/specialties/{specialty}")

    assert "version" not in answer.json()["data"]


async def test_a_stale_version_of_a_specialty_writes_nothing(api: Api, north: Clinic) -> None:
    specialty = await north.add_specialty("First", "first")
    stale = (await north.admin.rest("PUT", f"/v1/specialties/{specialty}", {})).headers["etag"].strip('"')
    await api.update_specialty(north.admin, specialty, {"title": "Second"}, stale)

    answers = [
        await api.update_specialty(north.admin, specialty, {"title": "Third"}, stale),
        await api.delete_specialty(north.admin, specialty, stale),
    ]

    shown = (await api.get_specialty(north.patient, specialty)).data
    assert [(answer.status, answer.code) for answer in answers] == [(412, "precondition_failed")] * 2
    assert shown["title"] == "Second"


@pytest.mark.parametrize("junk", JUNK, ids=repr)
async def test_what_is_no_version_matches_no_specialty(north: Clinic, junk: str) -> None:
    specialty = await north.add_specialty()

    answers = [
        await GraphqlApi().update_specialty(north.admin, specialty, {"title": "After"}, junk),
        await GraphqlApi().delete_specialty(north.admin, specialty, junk),
    ]

    assert [(answer.status, answer.code) for answer in answers] == [(412, "precondition_failed")] * 2


async def test_the_right_version_removes_a_specialty(api: Api, north: Clinic) -> None:
    specialty = await north.add_specialty()
    version = (await north.admin.rest("PUT", f"/v1/specialties/{specialty}", {})).headers["etag"].strip('"')

    answer = await api.delete_specialty(north.admin, specialty, version)

    assert answer.code is None

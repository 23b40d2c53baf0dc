"""GraphQL's version: the same one as in REST's tags."""

from typing import Any

import pytest

from tests.api import Api, GraphqlApi, Reply
from tests.clinic import Clinic

JUNK = ["0", "", " ", "*", '"1"', "1.0", "01", "+1", "-1", str(10**30), "\0", "\ud800", "1-0"]
PLURALS = {"specialist": "specialists", "specialty": "specialties"}
NAMES = {"specialist": "name", "specialty": "title"}  # the field that is changed
of_each_entity = pytest.mark.parametrize("entity", NAMES)


async def add(clinic: Clinic, entity: str) -> int:
    return await (clinic.add_specialist() if entity == "specialist" else clinic.add_specialty())


async def version_of(clinic: Clinic, entity: str, id_: int) -> str:
    """The version in the tag of an update that changes nothing."""
    return (await clinic.admin.rest("PUT", f"/v1/{PLURALS[entity]}/{id_}", {})).headers["etag"].strip('"')


async def update(api: Api, clinic: Clinic, entity: str, id_: int, name: str, version: str | None) -> Reply:
    reply: Reply = await getattr(api, f"update_{entity}")(clinic.admin, id_, {NAMES[entity]: name}, version)
    return reply


async def delete(api: Api, clinic: Clinic, entity: str, id_: int, version: str) -> Reply:
    reply: Reply = await getattr(api, f"delete_{entity}")(clinic.admin, id_, version)
    return reply


@of_each_entity
async def test_the_version_is_what_the_tag_holds(north: Clinic, entity: str) -> None:
    id_ = await add(north, entity)

    answer = await north.patient.graphql(f"query ($id: ID!) {{ {entity}(id: $id) {{ version }} }}", id=id_)

    assert answer["data"][entity]["version"] == await version_of(north, entity, id_)


@of_each_entity
async def test_rest_shows_the_version_in_the_tag_alone(north: Clinic, entity: str) -> None:
    answer = await north.patient.rest("GET", f"/v1/{PLURALS[entity]}/{await add(north, entity)}")

    assert "version" not in answer.json()["data"]


@of_each_entity
async def test_a_write_answers_with_the_next_version(north: Clinic, entity: str) -> None:
    id_, type_ = await add(north, entity), entity.capitalize()
    field = f'update{type_}(id: $id, input: {{{NAMES[entity]}: "After"}}, ifVersion: $version) {{ version }}'
    document = f"mutation ($id: ID!, $version: String) {{ updated: {field} }}"
    before = await version_of(north, entity, id_)

    answers: list[dict[str, Any]] = [
        await north.admin.graphql(document, id=id_, version=version) for version in (before, None)
    ]

    versions = [answer["data"]["updated"]["version"] for answer in answers]
    assert versions == [await version_of(north, entity, id_)] * 2
    assert versions[0] != before


@of_each_entity
async def test_a_stale_version_writes_nothing(api: Api, north: Clinic, entity: str) -> None:
    id_ = await add(north, entity)
    stale = await version_of(north, entity, id_)
    await update(api, north, entity, id_, "Second", stale)

    answers = [
        await update(api, north, entity, id_, "Third", stale),
        await delete(api, north, entity, id_, stale),
    ]

    record = (await getattr(api, f"get_{entity}")(north.patient, id_)).data
    assert [(answer.status, answer.code) for answer in answers] == [(412, "precondition_failed")] * 2
    assert (record[NAMES[entity]], record.get("deleted_at")) == ("Second", None)


@of_each_entity
@pytest.mark.parametrize("junk", JUNK, ids=repr)
async def test_what_is_no_version_matches_none(north: Clinic, entity: str, junk: str) -> None:
    id_ = await add(north, entity)

    answers = [
        await update(GraphqlApi(), north, entity, id_, "After", junk),
        await delete(GraphqlApi(), north, entity, id_, junk),
    ]

    assert [(answer.status, answer.code) for answer in answers] == [(412, "precondition_failed")] * 2


@of_each_entity
async def test_the_right_version_deletes(api: Api, north: Clinic, entity: str) -> None:
    id_ = await add(north, entity)

    answer = await delete(api, north, entity, id_, await version_of(north, entity, id_))

    assert answer.code is None

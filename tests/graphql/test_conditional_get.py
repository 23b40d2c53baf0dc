"""A query by GET has a tag of its answer, by which a client that has it is spared it."""

from typing import Any
from urllib.parse import urlencode

import httpx2
import pytest

from tests.client import Member
from tests.clinic import Clinic

NAMES = "{ specialties(first: 2) { nodes { title } } }"
MODERN = "application/graphql-response+json"


async def fetch(who: Member, query: str, **headers: str) -> httpx2.Response:
    return await who.rest("GET", f"/graphql?{urlencode({'query': query})}", **headers)


def vary(response: httpx2.Response) -> set[str]:
    return {name.strip().lower() for name in response.headers["vary"].split(",")}


async def test_an_answer_has_a_strong_tag_and_is_kept_for_one_viewer_only(west: Clinic) -> None:
    response = await fetch(west.patient, NAMES)

    assert response.headers["etag"].startswith('"')
    assert response.headers["cache-control"] == "private, no-cache"
    assert vary(response) >= {"authorization", "accept"}


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', '"other", W/{}', "*"])
async def test_who_has_the_answer_is_told_so(form: str, west: Clinic) -> None:
    first = await fetch(west.patient, NAMES)

    response = await fetch(west.patient, NAMES, if_none_match=form.format(first.headers["etag"]))

    assert response.status_code == 304
    assert response.content == b""
    assert response.headers["etag"] == first.headers["etag"]
    assert response.headers["cache-control"] == first.headers["cache-control"]
    assert vary(response) == vary(first)


@pytest.mark.parametrize("form", ['"other"', 'W/"other"', "", "nonsense", "{}x", '"{}'])
async def test_who_has_another_is_answered(form: str, west: Clinic) -> None:
    first = await fetch(west.patient, NAMES)

    response = await fetch(west.patient, NAMES, if_none_match=form.format(first.headers["etag"]))

    assert response.status_code == 200
    assert response.content == first.content


async def test_the_tag_changes_with_the_data(north: Clinic) -> None:
    before = await fetch(north.patient, NAMES)
    await north.add_specialty("Cardiology")

    after = await fetch(north.patient, NAMES, if_none_match=before.headers["etag"])

    assert after.status_code == 200
    assert after.headers["etag"] != before.headers["etag"]


async def test_each_media_type_has_a_tag_of_its_own(west: Clinic) -> None:
    older, newer = await fetch(west.patient, NAMES), await fetch(west.patient, NAMES, accept=MODERN)

    assert older.content == newer.content
    assert older.headers["etag"] != newer.headers["etag"]


async def test_each_viewer_has_an_answer_of_his_own(west: Clinic) -> None:
    query = "{ viewer { role } }"
    patient = await fetch(west.patient, query)

    admin = await fetch(west.admin, query, if_none_match=patient.headers["etag"])

    assert admin.json() == {"data": {"viewer": {"role": "admin"}}}


@pytest.mark.parametrize(
    "query",
    ["{ users { totalCount } }", "{ nothing }", "{", 'mutation { deleteSpecialty(id: "1") }', ""],
)
async def test_an_answer_with_errors_has_no_tag(query: str, west: Clinic) -> None:
    response = await fetch(west.patient, query, if_none_match="*")

    assert response.json()["errors"]
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("body", [{"query": NAMES}])
async def test_a_post_has_no_tag(body: dict[str, Any], west: Clinic) -> None:
    response = await west.patient.rest("POST", "/graphql", body, if_none_match="*")

    assert response.status_code == 200
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"


async def test_a_tag_does_not_stand_in_for_a_token(west: Clinic) -> None:
    first = await fetch(west.patient, NAMES)

    response = await west.http.get(
        f"/graphql?{urlencode({'query': NAMES})}", headers={"if-none-match": first.headers["etag"]}
    )

    assert response.status_code == 401

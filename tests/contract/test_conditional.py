"""Conditional requests: a write that holds only for the version that was read, a read of what is new."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date

import pytest

from tests.api import Api
from tests.clinic import Clinic
from tests.contract.documented import Documented, Json, add_documented
from tests.rows import put

MATCHING = [
    "{tag}",
    "*",
    ' {tag} , "0"',
    '"0", "a,b", {tag}',
    '"0",{tag}',
    'W/"0", {tag}',
    " * ",
    "W/{tag}",
    'W/{tag},"0"',
]
STALE = ['"0"', '"0", "00"', 'W/"0"', 'W/"0", "00"', '""']
JUNK = ["", " ", "{bare}", "'{bare}'", '"{bare}', '{bare}"', "w/{tag}", "x{tag}", "{tag}x", "null", ",", '"', '"*"']
Change = Callable[[Clinic, Documented], Awaitable[None]]
WRITES: list[tuple[str, Json | None]] = [
    ("PUT", {"name": "Dr. After"}),
    ("PATCH", {"name": "Dr. After"}),
    ("DELETE", None),
]


async def tag_of(clinic: Clinic, path: str) -> str:
    tag: str = (await clinic.patient.rest("GET", path)).headers["etag"]
    return tag


def filled(pattern: str, tag: str) -> str:
    return pattern.replace("{tag}", tag).replace("{bare}", tag.strip('"'))


async def test_single_records_carry_a_strong_tag(north: Clinic) -> None:
    example = await add_documented(north)
    paths = [example.path, f"{example.path}?include=specialties", f"/v1/specialties/{example.specialty_ids[0]}"]

    tags = [await tag_of(north, path) for path in paths]

    assert all(tag[0] == tag[-1] == '"' and len(tag) > 2 for tag in tags)
    assert "etag" not in (await north.patient.rest("GET", "/v1/specialists")).headers


@pytest.mark.parametrize("header", MATCHING)
@pytest.mark.parametrize(("method", "body"), WRITES)
async def test_a_write_holds_for_the_version_that_was_read(
    north: Clinic, method: str, body: Json | None, header: str
) -> None:
    example = await add_documented(north)
    tag = await tag_of(north, example.path)

    answer = await north.admin.rest(method, example.path, body, if_match=filled(header, tag))

    assert answer.status_code == 200
    assert await tag_of(north, example.path) != tag


@pytest.mark.parametrize("header", [*STALE, *JUNK])
@pytest.mark.parametrize(("method", "body"), WRITES[::2])
async def test_a_write_fails_for_any_other_version(north: Clinic, method: str, body: Json | None, header: str) -> None:
    example = await add_documented(north)
    tag = await tag_of(north, example.path)

    answer = await north.admin.rest(method, example.path, body, if_match=filled(header, tag))

    assert (answer.status_code, answer.json()["error"]["code"]) == (412, "precondition_failed")
    assert (await north.patient.rest("GET", example.path)).json()["data"] == example.jane


async def test_a_tag_is_stale_after_a_write(north: Clinic) -> None:
    example = await add_documented(north)
    first = await tag_of(north, example.path)
    second = (await north.admin.rest("PUT", example.path, {"name": "Dr. Second"}, if_match=first)).headers["etag"]

    answers = [
        await north.admin.rest("PUT", example.path, {"name": "Dr. Third"}, if_match=tag) for tag in (first, second)
    ]

    assert [answer.status_code for answer in answers] == [412, 200]


@pytest.mark.parametrize("path", ["{path}?include=specialties,user", "{path}?include=overrides"])
async def test_the_tag_of_an_answer_with_more_in_it_serves_too(north: Clinic, path: str) -> None:
    example = await add_documented(north)
    tag = await tag_of(north, path.format(path=example.path))

    answers = [await north.admin.rest("PUT", example.path, {"name": "Dr. X"}, if_match=tag) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 412]


async def test_several_lines_of_a_header_are_one_list(north: Clinic) -> None:
    example = await add_documented(north)
    tag = await tag_of(north, example.path)
    headers = [*north.admin.headers.items(), ("if-match", '"0"'), ("if-match", tag)]

    answer = await north.http.delete(example.path, headers=headers)

    assert answer.status_code == 200


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/v1/specialists/9000000000", {}, 404),
        ("{path}", {"name": ""}, 400),
        ("{path}", {"user_id": 9_000_000_000}, 404),
        ("{path}", {"slug": "dr-a"}, 412),
    ],
)
async def test_a_stale_tag_is_told_after_what_else_is_wrong(north: Clinic, path: str, body: Json, status: int) -> None:
    example = await add_documented(north)

    answer = await north.admin.rest("PUT", path.format(path=example.path), body, if_match='"0"')

    assert answer.status_code == status


@pytest.mark.parametrize("header", MATCHING)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("query", ["", "?include=specialties,user"])
async def test_what_the_client_has_is_not_sent_again(north: Clinic, method: str, query: str, header: str) -> None:
    example = await add_documented(north)
    tag = await tag_of(north, example.path + query)

    answer = await north.patient.rest(method, example.path + query, if_none_match=filled(header, tag))

    assert (answer.status_code, answer.content, answer.headers["etag"]) == (304, b"", tag)


@pytest.mark.parametrize("header", ['"0"', 'W/"0"', '""', *(junk for junk in JUNK if "{tag}" not in junk)])
async def test_what_is_new_is_sent(north: Clinic, header: str) -> None:
    example = await add_documented(north)
    tag = await tag_of(north, example.path)

    answer = await north.patient.rest("GET", example.path, if_none_match=filled(header, tag))

    assert (answer.status_code, answer.json()["data"]) == (200, example.jane)


async def test_a_tag_is_of_one_answer_only(north: Clinic) -> None:
    example = await add_documented(north)
    names = ["", "?include=specialties", "?include=user", "?include=specialties,user"]

    tags = {await tag_of(north, example.path + name) for name in names}

    assert len(tags) == len(names)
    assert await tag_of(north, f"{example.path}?include=") == await tag_of(north, example.path)


async def _rename_specialty(clinic: Clinic, example: Documented) -> None:
    await clinic.admin.rest("PUT", f"/v1/specialties/{example.specialty_ids[0]}", {"title": "Hearts"})


async def _add_override(clinic: Clinic, example: Documented) -> None:
    day = date(2030, 1, 7)
    await put(clinic, "overrides", specialist_id=example.jane["id"], date=day, is_available=False)


@pytest.mark.parametrize(
    ("include", "change"), [("specialties", _rename_specialty), ("overrides", _add_override)], ids=["title", "row"]
)
async def test_a_tag_follows_what_is_included(north: Clinic, include: str, change: Change) -> None:
    example = await add_documented(north)
    path = f"{example.path}?include={include}"
    whole, plain = await tag_of(north, path), await tag_of(north, example.path)

    await change(north, example)

    assert await tag_of(north, path) != whole
    assert await tag_of(north, example.path) == plain
    assert (await north.patient.rest("GET", path, if_none_match=whole)).status_code == 200


async def test_a_specialtys_tag_follows_its_specialists(north: Clinic) -> None:
    example = await add_documented(north)
    path = f"/v1/specialties/{example.specialty_ids[0]}"
    before = await tag_of(north, path)
    await north.admin.rest("PUT", example.path, {"name": "Dr. After"})

    answer = await north.patient.rest("GET", path, if_none_match=before)
    response = await north.admin.rest("PUT", path, {"title": "Hearts"}, if_match=before)
    again = await north.admin.rest("DELETE", path, if_match=before)

    assert [answer.status_code, response.status_code] == [200, 200]
    assert again.json()["error"]["code"] == "specialty_in_use"


@pytest.mark.parametrize("entity", ["specialists", "specialties"])
async def test_writes_tell_the_tag_that_a_read_would(north: Clinic, entity: str) -> None:
    title = "name" if entity == "specialists" else "title"

    creation = await north.admin.rest("POST", f"/v1/{entity}", {title: "X", "slug": "x"})
    unchanged = await north.admin.rest("PUT", creation.headers["location"], {}, if_match=creation.headers["etag"])
    update = await north.admin.rest(
        "PUT", creation.headers["location"], {title: "Y"}, if_match=creation.headers["etag"]
    )
    stale = await north.admin.rest("DELETE", creation.headers["location"], if_match=creation.headers["etag"])
    deletion = await north.admin.rest("DELETE", creation.headers["location"], if_match=update.headers["etag"])

    assert creation.headers["etag"] == unchanged.headers["etag"] != update.headers["etag"]
    assert [response.status_code for response in (creation, update, stale, deletion)] == [201, 200, 412, 200]


async def test_of_a_crowd_with_one_version_one_wins(api: Api, north: Clinic) -> None:
    example, admin = await add_documented(north), north.admin
    version = (await tag_of(north, example.path)).strip('"')
    names = [f"Dr. {number}" for number in range(20)]

    answers = await asyncio.gather(
        *(api.update_specialist(admin, example.jane["id"], {"name": name}, version) for name in names)
    )

    (winner,) = (answer for answer in answers if answer.code is None)
    assert Counter((answer.code, answer.status) for answer in answers if answer is not winner) == {
        ("precondition_failed", 412): 19
    }
    assert (await api.get_specialist(admin, example.jane["id"])).data == winner.data

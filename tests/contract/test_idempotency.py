"""Creates under an Idempotency-Key: a repeat gets the response of the first request, and creates nothing."""

import asyncio
from datetime import timedelta

import httpx2
import pytest

from db.idempotency import claim_key
from db.statements.compile import compile_sql
from tests.clinic import Clinic
from tests.rows import insert, transaction_of

PATH = "/v1/specialists"
NEW = {"name": "Dr. New", "slug": "dr-new"}
OTHER = {"name": "Dr. Other", "slug": "dr-other"}
SELECT_KEYS = compile_sql("select * from idempotency_keys as kept where kept.organization_id = :organization_id")
DELETE_KEYS = compile_sql("delete from idempotency_keys as kept where kept.organization_id = :organization_id")


async def create(clinic: Clinic, key: str, body: object = NEW, path: str = PATH) -> httpx2.Response:
    return await clinic.admin.rest("POST", path, body, idempotency_key=key)


async def slugs(clinic: Clinic) -> list[str]:
    return [row["slug"] for row in (await clinic.patient.rest("GET", PATH)).json()["data"]]


async def age(clinic: Clinic, by: timedelta) -> None:
    """Make every key of the clinic older."""
    async with transaction_of(clinic) as transaction:
        rows = [dict(row) for row in await transaction.run(SELECT_KEYS)]
        await transaction.run(DELETE_KEYS)
        for row in rows:
            del row["organization_id"]
            await insert(transaction, "idempotency_keys", **row | {"created_at": row["created_at"] - by})


@pytest.mark.parametrize(("path", "body"), [(PATH, NEW), ("/v1/specialties", {"title": "A", "slug": "a"})])
async def test_a_repeat_answers_as_the_first_did(north: Clinic, path: str, body: object) -> None:
    first = await create(north, "key", body, path)

    repeats = [await create(north, "key", body, address) for address in (path, f"{path}/", path)]

    for answer in repeats:
        assert (answer.status_code, answer.text) == (201, first.text)
        assert [answer.headers[name] for name in ("location", "etag", "content-type")] == [
            first.headers[name] for name in ("location", "etag", "content-type")
        ]
    assert (await north.patient.rest("GET", path)).json()["meta"]["total"] == 1


async def test_a_repeat_gets_the_first_response_even_if_the_record_has_changed(north: Clinic) -> None:
    first = await create(north, "key")
    await north.admin.rest("PUT", first.headers["location"], {"name": "Dr. After"})
    await north.admin.rest("DELETE", first.headers["location"])

    answer = await create(north, "key")

    assert (answer.status_code, answer.text) == (201, first.text)


@pytest.mark.parametrize("body", [OTHER, NEW | {"title": None}, {}])
async def test_another_body_needs_another_key(north: Clinic, body: object) -> None:
    await create(north, "key")

    answer = await create(north, "key", body)

    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "idempotency_key_reused")
    assert await slugs(north) == ["dr-new"]


async def test_a_repeat_while_the_first_still_runs_is_a_conflict(north: Clinic) -> None:
    async with transaction_of(north) as first:
        assert await claim_key(first, PATH, "key")
        answer = await create(north, "key")

    after = await create(north, "key")
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "idempotency_in_progress")
    assert answer.headers["retry-after"] == "1"
    assert after.status_code == 201


@pytest.mark.parametrize("other", [("/v1/specialties", "key"), (PATH, "other")], ids=["route", "key"])
async def test_a_running_request_does_not_block_other_keys_and_clinics(
    north: Clinic, south: Clinic, other: tuple[str, str]
) -> None:
    async with transaction_of(north) as first:
        assert await claim_key(first, *other)
        mine, theirs = await create(north, "key"), await create(south, "key")

    assert [mine.status_code, theirs.status_code] == [201, 201]


@pytest.mark.parametrize(
    "failing",
    [{"slug": "dr-new"}, NEW | {"slug": "taken"}, NEW | {"specialty_ids": [9_000_000_000]}, []],
    ids=["invalid", "conflict", "reference", "body"],
)
async def test_a_failure_leaves_the_key_free(north: Clinic, failing: object) -> None:
    await north.add_specialist(slug="taken")
    failure = await create(north, "key", failing)

    answer = await create(north, "key")

    assert failure.status_code in (400, 404, 409)
    assert (answer.status_code, answer.json()["data"]["slug"]) == (201, "dr-new")


async def test_a_patient_learns_nothing_of_a_key_and_uses_none_up(north: Clinic) -> None:
    await create(north, "key")

    answers = [await north.patient.rest("POST", PATH, NEW, idempotency_key=key) for key in ("key", "new", "")]

    assert [answer.json()["error"]["code"] for answer in answers] == ["forbidden"] * 3
    assert (await create(north, "new", OTHER)).status_code == 201


async def test_a_key_belongs_to_one_clinic(north: Clinic, south: Clinic) -> None:
    await create(north, "key")

    answer = await create(south, "key", OTHER)

    assert (answer.status_code, answer.json()["data"]["slug"]) == (201, "dr-other")
    assert await slugs(north) == ["dr-new"]


async def test_a_key_belongs_to_one_route(north: Clinic) -> None:
    await create(north, "key")

    answer = await create(north, "key", {"title": "A", "slug": "a"}, "/v1/specialties")

    assert answer.status_code == 201


async def test_keys_differ_in_case(north: Clinic) -> None:
    await create(north, "key")

    answer = await create(north, "KEY", OTHER)

    assert answer.status_code == 201


@pytest.mark.parametrize("key", [b"", b" ", b"a b", b"a\tb", b"\x7f", "é".encode("latin-1"), "é".encode(), b"x" * 256])
async def test_a_key_is_short_visible_text(north: Clinic, key: bytes) -> None:
    headers = {name.encode(): value.encode() for name, value in north.admin.headers.items()}

    answer = await north.http.post(PATH, headers=headers | {b"idempotency-key": key}, json=NEW)

    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (400, "invalid_idempotency_key")
    assert (error["field"], error["message"].split()[0]) == ("Idempotency-Key", "Idempotency-Key")
    assert await slugs(north) == []


@pytest.mark.parametrize("key", ["x" * 255, "';drop--", "!~", "a/b?c=d", "0"])
async def test_any_visible_text_is_a_key(north: Clinic, key: str) -> None:
    first = await create(north, key)

    answer = await create(north, key)

    assert (answer.status_code, answer.text) == (201, first.text)


@pytest.mark.parametrize(("hours", "status"), [(23.99, 422), (24.01, 201)])
async def test_a_key_is_kept_for_a_day(north: Clinic, hours: float, status: int) -> None:
    await create(north, "key")
    await age(north, timedelta(hours=hours))

    answer = await create(north, "key", OTHER)

    assert answer.status_code == status


async def test_keys_of_yesterday_are_forgotten(north: Clinic) -> None:
    await create(north, "old")
    await age(north, timedelta(hours=24.01))

    await create(north, "new", OTHER)

    async with transaction_of(north) as transaction:
        assert [row["key"] for row in await transaction.run(SELECT_KEYS)] == ["new"]


@pytest.mark.parametrize("query", ["", "?include=user"])
async def test_a_restore_may_be_repeated(north: Clinic, query: str) -> None:
    record = f"{PATH}/{await north.add_specialist()}"
    await north.admin.rest("DELETE", record)

    answers = [
        await north.admin.rest("POST", f"{record}/restore{query}", idempotency_key=key) for key in ("a", "a", "b")
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 409]
    assert (answers[1].text, answers[1].headers["etag"]) == (answers[0].text, answers[0].headers["etag"])
    assert "location" not in answers[0].headers


async def test_only_a_post_looks_at_the_key(north: Clinic) -> None:
    path = f"{PATH}/{await north.add_specialist()}"

    answers = [
        await north.admin.rest("PUT", path, {"name": name}, idempotency_key="key") for name in ("Dr. A", "Dr. B")
    ]

    assert [answer.json()["data"]["name"] for answer in answers] == ["Dr. A", "Dr. B"]


async def test_a_crowd_with_one_key_creates_one_record(north: Clinic) -> None:
    admin = north.admin

    answers = await asyncio.gather(*(admin.rest("POST", PATH, NEW, idempotency_key="key") for _ in range(20)))

    created = [answer for answer in answers if answer.status_code == 201]
    codes = {answer.json()["error"]["code"] for answer in answers if answer.status_code != 201}
    assert len({answer.text for answer in created}) == 1
    assert codes <= {"idempotency_in_progress"}
    assert await slugs(north) == ["dr-new"]


async def test_other_parameters_need_another_key_too(north: Clinic) -> None:
    body = {"name": "Dr. X", "slug": "dr-x"}

    first = await north.admin.rest("POST", "/v1/specialists?include=user", body, idempotency_key="k")
    again = await north.admin.rest("POST", "/v1/specialists?include=user", body, idempotency_key="k")
    other = await north.admin.rest("POST", "/v1/specialists", body, idempotency_key="k")

    assert (again.status_code, again.text) == (201, first.text)
    assert other.json()["error"]["code"] == "idempotency_key_reused"

"""GraphQL's creates under an ``idempotencyKey``: once done, a repeat creates nothing, whatever it selects."""

import asyncio
from typing import Any

import pytest

from db.idempotency import claim_key
from tests.client import Member
from tests.clinic import Clinic
from tests.rows import transaction_of

Json = dict[str, Any]
NEW = {"name": "Dr. New", "slug": "dr-new"}
OTHER = {"name": "Dr. Other", "slug": "dr-other"}
SPECIALTY = {"title": "New", "slug": "new"}
TYPES = {"createSpecialist": "CreateSpecialistInput", "createSpecialty": "CreateSpecialtyInput"}
BODIES = {"createSpecialist": NEW, "createSpecialty": SPECIALTY}
creates = pytest.mark.parametrize("name", TYPES)


async def create(
    who: Member, key: str | None, body: Json, name: str = "createSpecialist", selection: str = "id slug version"
) -> Json:
    """The whole answer."""
    document = f"""mutation ($input: {TYPES[name]}!, $key: String) {{
        created: {name}(input: $input, idempotencyKey: $key) {{ {selection} }}
    }}"""
    return await who.graphql(document, input=body, key=key)


def code_of(answer: Json) -> str:
    (error,) = answer["errors"]
    code: str = error["extensions"]["code"]
    return code


async def slugs(clinic: Clinic) -> list[str]:
    return [record["slug"] for record in (await clinic.patient.rest("GET", "/v1/specialists")).json()["data"]]


@creates
async def test_a_repeat_is_answered_as_the_first_request_was(north: Clinic, name: str) -> None:
    first = await create(north.admin, "key", BODIES[name], name)

    repeats = [await create(north.admin, "key", BODIES[name], name) for _ in range(2)]

    assert first["data"]["created"]["slug"] == BODIES[name]["slug"]
    assert repeats == [first] * 2
    total = (await north.patient.graphql("{ specialists { totalCount } specialties { totalCount } }"))["data"]
    assert sorted(page["totalCount"] for page in total.values()) == [0, 1]


async def test_a_repeat_tells_what_was_even_if_that_has_changed(north: Clinic) -> None:
    first = await create(north.admin, "key", NEW, selection="id name")
    await north.admin.rest("PUT", f"/v1/specialists/{first['data']['created']['id']}", {"name": "Dr. Changed"})

    assert await create(north.admin, "key", NEW, selection="id name") == first


async def test_a_repeat_that_selects_something_else_reads_the_record_as_it_is(north: Clinic) -> None:
    first = await create(north.admin, "key", NEW)
    await north.admin.rest("PUT", f"/v1/specialists/{first['data']['created']['id']}", {"name": "Dr. Changed"})

    answer = await create(north.admin, "key", NEW, selection="id called: name specialties { id }")

    id_ = first["data"]["created"]["id"]
    assert answer == {"data": {"created": {"id": id_, "called": "Dr. Changed", "specialties": []}}}
    assert await slugs(north) == ["dr-new"]


async def test_a_record_that_is_gone_can_be_told_but_not_read(north: Clinic) -> None:
    first = await create(north.admin, "key", SPECIALTY, "createSpecialty")
    await north.admin.rest("DELETE", f"/v1/specialties/{first['data']['created']['id']}")

    same = await create(north.admin, "key", SPECIALTY, "createSpecialty")
    other = await create(north.admin, "key", SPECIALTY, "createSpecialty", selection="title")

    assert same == first
    assert code_of(other) == "specialty_not_found"


@pytest.mark.parametrize("body", [OTHER, NEW | {"title": None}, NEW | {"name": "Dr. New "}])
async def test_another_input_needs_another_key(north: Clinic, body: Json) -> None:
    await create(north.admin, "key", NEW)

    answer = await create(north.admin, "key", body)

    assert code_of(answer) == "idempotency_key_reused"
    assert answer["errors"][0]["message"] == "This idempotencyKey was used for another request"
    assert answer["errors"][0]["extensions"]["status"] == 422
    assert await slugs(north) == ["dr-new"]


async def test_the_same_input_may_be_written_otherwise(north: Clinic) -> None:
    first = await create(north.admin, "key", {"name": "A", "slug": "a", "userId": None})

    literal = 'mutation { created: createSpecialist(idempotencyKey: "key", input: {slug: "a", userId: null, name: "A"})'
    answer = await north.admin.graphql(f"{literal} {{ id slug version }} }}")

    assert answer == first


async def test_one_document_may_repeat_itself(north: Clinic) -> None:
    field = 'createSpecialist(idempotencyKey: "key", input: {name: "A", slug: "a"}) { id }'

    answer = await north.admin.graphql(f"mutation {{ one: {field} two: {field} }}")

    assert answer["data"]["one"] == answer["data"]["two"]
    assert await slugs(north) == ["a"]


async def test_without_a_key_every_request_is_the_first(north: Clinic) -> None:
    await create(north.admin, None, NEW)

    assert code_of(await create(north.admin, None, NEW)) == "slug_exists"


@pytest.mark.parametrize("key", ["", " ", "a b", "a\tb", "\x7f", "\xe9", "\0", "x" * 256])
@creates
async def test_a_key_is_short_visible_text(north: Clinic, name: str, key: str) -> None:
    (error,) = (await create(north.admin, key, BODIES[name], name))["errors"]

    message = "idempotencyKey must be 1 to 255 visible ASCII characters"
    assert (error["message"], error["extensions"]["status"]) == (message, 400)
    assert error["extensions"]["code"] == "invalid_idempotency_key"
    assert error["extensions"]["field"] == "idempotencyKey"
    assert error["extensions"]["errors"][0]["path"] == ["idempotencyKey"]


async def test_a_create_that_failed_leaves_the_key_free(north: Clinic) -> None:
    await north.add_specialist(slug="taken")
    for failing in ({"name": " ", "slug": "x"}, {"name": "A", "slug": "taken"}, NEW | {"userId": "1"}):
        assert "errors" in await create(north.admin, "key", failing)

    assert (await create(north.admin, "key", NEW))["data"]["created"]["slug"] == "dr-new"


async def test_a_key_belongs_to_one_clinic_and_one_route(north: Clinic, south: Clinic) -> None:
    await create(north.admin, "key", NEW)

    answers = [
        await create(south.admin, "key", OTHER),
        await create(north.admin, "key", SPECIALTY, "createSpecialty"),
    ]
    rest = await north.admin.rest("POST", "/v1/specialists", OTHER, idempotency_key="key")

    assert ["errors" in answer for answer in answers] == [False, False]
    assert rest.status_code == 201


async def test_whoever_may_not_write_learns_nothing(north: Clinic) -> None:
    await create(north.admin, "key", NEW)

    answers = [await create(north.patient, key, NEW) for key in ("key", "new", "")]

    assert [code_of(answer) for answer in answers] == ["forbidden"] * 3


async def test_a_repeat_while_the_first_still_runs_is_told_so(north: Clinic) -> None:
    async with transaction_of(north) as first:
        assert await claim_key(first, "createSpecialist", "key")

        answer = await create(north.admin, "key", NEW)

    assert code_of(answer) == "idempotency_in_progress"
    assert (await create(north.admin, "key", NEW))["data"]["created"]["slug"] == "dr-new"


async def test_a_crowd_with_one_key_creates_one_record(north: Clinic) -> None:
    admin = north.admin

    answers = await asyncio.gather(*(create(admin, "key", NEW) for _ in range(20)))

    ids = {answer["data"]["created"]["id"] for answer in answers if "errors" not in answer}
    assert len(ids) == 1
    assert {code_of(answer) for answer in answers if "errors" in answer} <= {"idempotency_in_progress"}
    assert await slugs(north) == ["dr-new"]

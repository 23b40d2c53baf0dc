"""Check who may call each operation: without a token, from another clinic, as a patient, as an admin."""

from dataclasses import dataclass
from time import time

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from resolvers.identity.development import DevelopmentKeys
from tests.client import Member
from tests.clinic import Clinic
from tests.contract.operations import MUTATIONS, OPERATIONS, QUERIES, REST, Operation

# What the contract opens to everyone: pages and their files, descriptions, probes, development's own tokens. An address
# that is planned stands here with the commit that serves it.
OPEN = {"/", "/docs", "/openapi.json", "/schema.graphql", "/livez", "/readyz"}
OF_PAGES = {"/assets/{name}", "/favicon.ico", "/favicon.svg", "/development/token"}
NOBODY = 9_000_000_000
ALL = """{
    specialists { nodes { ...all } }
    deleted: specialists(deleted: true) { nodes { ...all } }
    specialties { nodes { id title slug updatedAt } }
}
fragment all on Specialist { id name slug version specialties { id } weeklyHours { id } overrides { id } }"""


@dataclass(frozen=True)
class Scene:
    """A record of north's that an operation is about, if it is about one."""

    id: int
    slug: str


async def add_record(clinic: Clinic, operation: Operation) -> Scene:
    if operation.entity == "specialty":
        return Scene(await clinic.add_specialty("Of North", "of-north"), "of-north")
    specialist = await clinic.add_specialist(name="Of North", slug="of-north")
    if operation.deleted:
        await clinic.admin.rest("DELETE", f"/v1/specialists/{specialist}")
    return Scene(specialist, "of-north")


async def state(clinic: Clinic) -> object:
    """All that a clinic holds, as its admin reads it."""
    return (await clinic.admin.graphql(ALL))["data"]


def token(keys: DevelopmentKeys, clinic: Clinic, *, organization: bool = True, now: float | None = None) -> str:
    names = {"organization_id": clinic.clerk_id, "organization_slug": clinic.slug, "role": "admin"}
    return keys.token(user_id="user_ladder", now=now, **(names if organization else dict.fromkeys(names)))


every = pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
writing = pytest.mark.parametrize(
    "operation", [operation for operation in OPERATIONS if operation.writes], ids=lambda operation: operation.name
)
of_a_record = pytest.mark.parametrize(
    "operation", [operation for operation in OPERATIONS if operation.entity], ids=lambda operation: operation.name
)


@every
async def test_nobody_is_told_to_sign_in(
    http: httpx2.AsyncClient, keys: DevelopmentKeys, north: Clinic, operation: Operation
) -> None:
    scene = await add_record(north, operation)
    before = await state(north)
    strangers = [Member(http, ""), Member(http, "x.y.z"), Member(http, token(keys, north, now=time() - 3_600))]

    answers = [await operation.ask(stranger, scene.id, scene.slug) for stranger in strangers]

    assert [(answer.status, answer.code) for answer in answers] == [(401, "unauthorized")] * 3
    assert all("www-authenticate" in answer.headers for answer in answers)
    assert await state(north) == before


@every
async def test_a_session_needs_an_organization(
    http: httpx2.AsyncClient, keys: DevelopmentKeys, north: Clinic, operation: Operation
) -> None:
    scene = await add_record(north, operation)
    before = await state(north)

    answer = await operation.ask(Member(http, token(keys, north, organization=False)), scene.id, scene.slug)

    assert (answer.status, answer.code) == (403, "organization_required")
    assert await state(north) == before


@of_a_record
async def test_a_record_of_another_clinic_does_not_exist(north: Clinic, south: Clinic, operation: Operation) -> None:
    scene = await add_record(north, operation)
    before = await state(north)

    answer = await operation.ask(south.admin, scene.id, scene.slug)

    assert (answer.status, answer.code) == (404, operation.missing)
    assert "Of North" not in answer.text
    assert await state(north) == before


@pytest.mark.parametrize(
    "operation", [operation for operation in OPERATIONS if not operation.entity], ids=lambda operation: operation.name
)
async def test_another_clinics_lists_are_not_seen_or_touched(
    north: Clinic, south: Clinic, operation: Operation
) -> None:
    await add_record(north, operation)
    await north.add_specialty("Of North", "of-north")
    await north.add_user()
    before = await state(north)

    answer = await operation.ask(south.admin, 0)

    assert answer.status in (200, 201)
    assert "Of North" not in answer.text
    users = 1 if operation.admin_only else 0  # whoever asks for the users is one
    assert answer.text.count('"id"') == users or operation.writes
    assert await state(north) == before


@pytest.mark.parametrize("role", ["patient", "specialist", "member", "org:owner"])
@writing
async def test_only_an_admin_writes(north: Clinic, operation: Operation, role: str) -> None:
    scene, member = await add_record(north, operation), north.member(role)
    before = await state(north)

    answers = [
        await operation.ask(member, scene.id),
        await operation.ask(member, scene.id, body=operation.bad),
        await operation.ask(member, NOBODY),
        await operation.ask(member, "abc", body=operation.bad),
    ]

    assert [(answer.status, answer.code) for answer in answers] == [(403, "forbidden")] * 4
    assert await state(north) == before


@pytest.mark.parametrize("role", ["patient", "specialist", "member"])
@pytest.mark.parametrize(
    "operation", [operation for operation in OPERATIONS if not operation.writes], ids=lambda operation: operation.name
)
async def test_everyone_in_the_clinic_reads(north: Clinic, operation: Operation, role: str) -> None:
    scene = await add_record(north, operation)

    answer = await operation.ask(north.member(role), scene.id, scene.slug)

    expected = (403, "forbidden") if operation.admin_only else (200, None)
    assert (answer.status, answer.code) == expected


@every
async def test_an_admin_may(north: Clinic, operation: Operation) -> None:
    scene = await add_record(north, operation)
    before = await state(north)

    answer = await operation.ask(north.admin, scene.id, scene.slug)

    assert (answer.status, answer.code) == (201 if operation.creates else 200, None)
    assert (await state(north) != before) == operation.writes


@pytest.mark.parametrize(
    "operation", [operation for operation in OPERATIONS if operation.good], ids=lambda operation: operation.name
)
async def test_an_admin_too_is_told_what_is_not_valid(north: Clinic, operation: Operation) -> None:
    scene = await add_record(north, operation)
    before = await state(north)

    answer = await operation.ask(north.admin, scene.id, body=operation.bad)

    assert answer.status == 400
    assert await state(north) == before


async def test_the_ladder_has_every_field_of_the_schema(north: Clinic) -> None:
    answer = await north.admin.graphql(
        "{ __schema { queryType { fields { name } } mutationType { fields { name } } } }"
    )

    schema = answer["data"]["__schema"]
    for root, operations in (("queryType", QUERIES), ("mutationType", MUTATIONS)):
        assert {field["name"] for field in schema[root]["fields"]} == {operation.name for operation in operations}


async def test_the_ladder_has_every_route(app: Starlette, http: httpx2.AsyncClient) -> None:
    paths = {route.path.rstrip("/") or "/" for route in app.routes if isinstance(route, Route)}
    names = set()
    for path in {path for path in paths if path.startswith("/v1")}:
        methods = (await http.options(path.replace("{id}", "1"))).headers["allow"].split(", ")
        names |= {f"{method} {path}" for method in methods if method not in ("HEAD", "OPTIONS")}

    assert len(app.routes) == len([route for route in app.routes if isinstance(route, Route)])
    assert names == {operation.name for operation in REST}
    assert {path for path in paths if not path.startswith("/v1")} == {*OPEN, *OF_PAGES, "/graphql"}


@pytest.mark.parametrize("path", sorted(OPEN))
async def test_nobody_needs_a_session_for_what_is_open(http: httpx2.AsyncClient, path: str) -> None:
    assert (await http.get(path)).status_code == 200

"""Each write of either API leaves one entry in the audit log for each row that it changes, and tells who did it."""

import asyncio
from contextvars import Context
from dataclasses import replace

import httpx2
import pytest

from resolvers.identity.development import DevelopmentKeys
from tests.api import Api
from tests.audit import Entry, entries_of, replay, rows_of
from tests.client import Member
from tests.clinic import Clinic
from tests.contract.operations import OPERATIONS, Operation
from tests.contract.test_ladder import add_record

WRITES = [operation for operation in OPERATIONS if operation.writes]
REQUEST_ID = "audit-1.2_3"


async def new_entries(clinic: Clinic, before: list[Entry]) -> list[Entry]:
    return (await entries_of(clinic))[len(before) :]


@pytest.mark.parametrize("operation", WRITES, ids=lambda operation: operation.name)
async def test_the_log_says_what_a_write_changed_and_who_did_it(north: Clinic, operation: Operation) -> None:
    scene = await add_record(north, operation)
    admin, rows, before = await north.admin.signed_in(), await rows_of(north), await entries_of(north)

    outcome = await operation.ask(admin, scene.id, request_id=REQUEST_ID)

    entries = await new_entries(north, before)
    assert entries
    assert outcome.headers["x-request-id"] == REQUEST_ID
    assert replay(rows, entries) == await rows_of(north)
    assert {(entry.actor_id, entry.request_id, entry.database_role) for entry in entries} == {
        (f"user_{north.slug.replace('-', '_')}_admin", REQUEST_ID, None)
    }


@pytest.mark.parametrize(
    "operation", [operation for operation in WRITES if operation.good], ids=lambda operation: operation.name
)
async def test_a_write_that_is_refused_leaves_nothing(north: Clinic, operation: Operation) -> None:
    scene = await add_record(north, operation)
    admin, before = await north.admin.signed_in(), await entries_of(north)

    await operation.ask(admin, scene.id, body=operation.bad)
    await operation.ask(north.patient, scene.id)

    entries = await new_entries(north, before)
    assert [(entry.table_name, entry.actor_id) for entry in entries] == [
        ("users", f"user_{north.slug.replace('-', '_')}_patient")  # whom the second request made known
    ]


async def test_an_update_that_changes_nothing_leaves_nothing(api: Api, north: Clinic) -> None:
    specialist = await north.add_specialist(name="Ada", title="Dr.")
    before = await entries_of(north)

    await api.update_specialist(north.admin, specialist, {"name": " Ada ", "title": "Dr."})
    await api.update_specialist(north.admin, specialist, {})

    assert await new_entries(north, before) == []


async def test_only_what_changed_is_written_down(api: Api, north: Clinic) -> None:
    specialist = await north.add_specialist(name="Ada", title="Dr.")
    before = await entries_of(north)

    await api.update_specialist(
        north.admin, specialist, {"name": "Ada", "title": None, "avatar_url": "https://a.example/a"}
    )

    (entry,) = await new_entries(north, before)
    assert (entry.action, entry.table_name, entry.record_id, entry.specialist_id) == (
        "update",
        "specialists",
        specialist,
        specialist,
    )
    assert entry.old_values == {"title": "Dr.", "avatar_url": None}
    assert entry.new_values == {"title": None, "avatar_url": "https://a.example/a"}


async def test_a_set_of_specialties_is_written_down_link_by_link(api: Api, north: Clinic) -> None:
    old, kept, new = [await north.add_specialty() for _ in range(3)]
    specialist = await north.add_specialist(specialty_ids=[old, kept])
    before = await entries_of(north)

    await api.update_specialist(north.admin, specialist, {"specialty_ids": [kept, new]})

    entries = await new_entries(north, before)
    assert {(entry.action, entry.table_name, entry.record_id, entry.specialist_id) for entry in entries} == {
        ("delete", "specialist_specialties", old, specialist),
        ("create", "specialist_specialties", new, specialist),
    }
    assert len(entries) == 2


async def test_a_soft_delete_and_its_restore_are_changes_of_one_field(api: Api, north: Clinic) -> None:
    specialist = await north.add_specialist()
    before = await entries_of(north)

    await api.delete_specialist(north.admin, specialist)
    await api.restore_specialist(north.admin, specialist)

    deleted, restored = await new_entries(north, before)
    assert (deleted.action, list(deleted.old_values)) == ("update", ["deleted_at"])
    assert deleted.new_values["deleted_at"] is not None
    assert (restored.old_values, restored.new_values) == (deleted.new_values, deleted.old_values)


async def test_a_conflict_leaves_nothing_of_the_write(api: Api, north: Clinic) -> None:
    specialty = await north.add_specialty()
    await north.add_specialist(slug="taken")
    before = await entries_of(north)

    reply = await api.create_specialist(north.admin, {"name": "B", "slug": "taken", "specialty_ids": [specialty]})

    assert reply.code == "slug_exists"
    assert await new_entries(north, before) == []


async def test_two_sessions_of_one_admin_are_told_apart(
    http: httpx2.AsyncClient, keys: DevelopmentKeys, north: Clinic
) -> None:
    def sign_in(ttl: int) -> Member:
        token = keys.token(
            user_id="user_twice", organization_id=north.clerk_id, organization_slug=north.slug, role="admin", ttl=ttl
        )
        return Member(http, token)

    first, second = sign_in(3_000), sign_in(3_001)
    specialist = await north.add_specialist()
    await first.signed_in()
    before = await entries_of(north)

    for number, member in enumerate((first, second, first)):
        await member.rest("PUT", f"/v1/specialists/{specialist}", {"title": f"Title {number}"})

    sessions = [entry.session_id for entry in await new_entries(north, before)]
    assert sessions[0] == sessions[2] != sessions[1]
    assert None not in sessions


async def test_a_login_writes_down_the_organization_and_its_user(south: Clinic) -> None:
    await south.patient.rest("GET", "/v1/specialties", x_request_id=REQUEST_ID)

    organization, user = await entries_of(south)
    assert (organization.table_name, organization.new_values["clerk_id"]) == ("organizations", south.clerk_id)
    assert (user.table_name, user.new_values["role"]) == ("users", "patient")
    for entry in (organization, user):
        assert (entry.actor_id, entry.request_id) == (user.new_values["clerk_id"], REQUEST_ID)
        assert entry.session_id


async def test_a_write_without_a_request_names_the_role_of_the_database(north: Clinic) -> None:
    await north.organization_id()
    before = await entries_of(north)

    # in a context of its own: this one has seen requests
    await asyncio.create_task(north.add_user(), context=Context())

    (entry,) = await new_entries(north, before)
    assert replace(entry, id=0, record_id=0, old_values={}, new_values={}) == Entry(
        0, None, None, None, entry.database_role, "create", "users", 0, None, None, {}, {}
    )
    assert entry.database_role


async def test_a_repeat_under_an_idempotency_key_changes_nothing_more(north: Clinic) -> None:
    admin, body = await north.admin.signed_in(), {"name": "Ada", "slug": "ada"}
    await admin.rest("POST", "/v1/specialists", body, idempotency_key="once")
    before = await entries_of(north)

    await admin.rest("POST", "/v1/specialists", body, idempotency_key="once")

    assert await new_entries(north, before) == []

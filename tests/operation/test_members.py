"""A member with a valid token gets a user record once; later requests need no statement for it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from db.database import Database
from db.errors import DatabaseUnavailableError
from resolvers.authentication import RECORD_SECONDS, RETRY_SECONDS, Authentication
from resolvers.identity.development import DEVELOPMENT_ISSUER, DevelopmentKeys
from resolvers.identity.verifier import Verifier
from schema.server.settings import ServerSettings
from tests.client import Member
from tests.clinic import Clinic
from tests.isolation.scratch import Scratch, connected, run_sql
from tests.operation.commands import PATIENCE
from tests.operation.conftest import House, house_on
from tests.operation.faults import end_connections, gone, is_unavailable

VIEWER = "{ viewer { role user { role } } }"
USERS = """
    select users.clerk_id, users.role, users.version from users
    join organizations on organizations.id = users.organization_id
    where organizations.clerk_id = $1 order by users.id
"""
AWAY = "alter function record_member(text, text, text, text, text, text) rename to away"
BACK = "alter function away(text, text, text, text, text, text) rename to record_member"


async def users_of(superuser: asyncpg.Connection, clinic: Clinic) -> list[tuple[str, str, int]]:
    """Return Clerk id, role and version of each user on record."""
    return [(row[0], row[1], row[2]) for row in await superuser.fetch(USERS, clinic.clerk_id)]


async def test_fifty_first_requests_to_two_workers_make_one_user(
    scratch: Scratch, settings: ServerSettings, keys: DevelopmentKeys, superuser: asyncpg.Connection
) -> None:
    async with house_on(scratch, settings, keys) as first, house_on(scratch, settings, keys) as second:
        clinic = first.clinic
        token = clinic.member("patient", "user_first").token
        members = [Member(house.http, token) for house in (first, second)]

        answers = await asyncio.gather(*(members[number % 2].graphql(VIEWER) for number in range(50)))

    assert answers == [{"data": {"viewer": {"role": "patient", "user": {"role": "patient"}}}}] * 50
    assert await users_of(superuser, clinic) == [("user_first", "patient", 1)]


async def test_a_member_on_record_costs_no_statement(house: House, superuser: asyncpg.Connection) -> None:
    member, stranger = house.clinic.patient, house.clinic.admin
    await member.signed_in()

    await superuser.execute(AWAY)
    try:
        answers = [await person.rest("GET", "/v1/specialists") for person in (member, stranger, member)]
    finally:
        await superuser.execute(BACK)

    assert [answer.status_code for answer in answers] == [200, 500, 200]


async def test_a_change_of_role_is_followed_at_once(house: House, superuser: asyncpg.Connection) -> None:
    roles = ("patient", "patient", "org:admin", "admin", "doctor")

    for role in roles:
        await house.clinic.member(role, "user_who_rises").signed_in()

    assert await users_of(superuser, house.clinic) == [("user_who_rises", "doctor", 3)]


@asynccontextmanager
async def read_only(house: House) -> AsyncIterator[None]:
    """Make the database read-only."""
    setting = f"alter database {house.scratch.name} {{}} default_transaction_read_only"
    await run_sql(house.scratch.superuser, setting.format("set") + " = on")
    await reconnected(house, 503)
    try:
        yield
    finally:
        await run_sql(house.scratch.superuser, "set default_transaction_read_only = off", setting.format("reset"))
        await reconnected(house, 200)


async def reconnected(house: House, ready: int) -> None:
    """End the application's connections, and return once its readiness is ``ready`` by a new one."""
    async with asyncio.timeout(PATIENCE), connected(house.scratch.superuser) as superuser:
        while await end_connections(superuser, house.scratch.name):
            pass
        while (await house.http.get("/readyz")).status_code != ready:
            pass


async def test_a_read_only_database_serves_everyone_and_records_strangers_later(
    scratch: Scratch, settings: ServerSettings, keys: DevelopmentKeys
) -> None:
    async with house_on(scratch, settings, keys) as before:
        clinic = before.clinic
        await clinic.patient.signed_in()
    async with house_on(scratch, settings, keys, pool_size=1) as later:
        member, stranger = (Member(later.http, person.token) for person in (clinic.patient, clinic.specialist))
        async with read_only(later):
            during = [await person.graphql(VIEWER) for person in (member, stranger)]
            of_a_new_clinic = await later.clinic.patient.rest("GET", "/v1/specialists")
        after = await stranger.graphql(VIEWER)

    users = [answer["data"]["viewer"]["user"] for answer in (*during, after)]
    assert users == [{"role": "patient"}, None, {"role": "specialist"}]
    assert is_unavailable(of_a_new_clinic)


class Clock:
    """A clock that only tests move."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


async def test_what_another_worker_recorded_or_removed_is_set_right_in_minutes(
    house: House, keys: DevelopmentKeys, superuser: asyncpg.Connection
) -> None:
    clock, database = Clock(), Database(house.scratch.server, pool_size=1)
    verifier = Verifier(DEVELOPMENT_ISSUER, keys.key_source())
    worker = Authentication(verifier, database, frozenset({"org:admin"}), clock)
    header = [house.clinic.member("patient", "user_seen").headers["authorization"]]
    await worker.authenticate(header)

    states = []
    for change in ("update users set role = 'admin' where clerk_id = $1", "delete from users where clerk_id = $1"):
        await superuser.execute(change, "user_seen")
        clock.now += RECORD_SECONDS
        await worker.authenticate(header)
        states.append([(name, role) for name, role, _ in await users_of(superuser, house.clinic)])
    await database.close()

    assert states == [[("user_seen", "patient")]] * 2


async def test_a_member_on_record_is_served_while_the_database_does_not_answer(
    house: House, keys: DevelopmentKeys
) -> None:
    clock, database = Clock(), Database(house.scratch.server, pool_size=1)
    worker = Authentication(Verifier(DEVELOPMENT_ISSUER, keys.key_source()), database, frozenset({"admin"}), clock)
    member, stranger = ([house.clinic.member(role).headers["authorization"]] for role in ("patient", "specialist"))
    before = await worker.authenticate(member)

    clock.now += RECORD_SECONDS
    async with gone(house.scratch):
        during = await worker.authenticate(member)
        with pytest.raises(DatabaseUnavailableError):
            await worker.authenticate(stranger)
    clock.now += RETRY_SECONDS
    after = await worker.authenticate(member)
    await database.close()

    assert before == during == after


async def test_the_record_of_a_demo_clinic_keeps_its_address(house: House, superuser: asyncpg.Connection) -> None:
    user = await house.clinic.add_user("specialist", clerk_id="user_demo_like")

    answer = await house.clinic.member("specialist", "user_demo_like").graphql("{ viewer { user { id email role } } }")

    assert answer["data"]["viewer"]["user"]["id"] == str(user)
    assert answer["data"]["viewer"]["user"]["email"].endswith("@example.com")
    assert await users_of(superuser, house.clinic) == [("user_demo_like", "specialist", 1)]

"""A transaction that is lost before COMMIT was sent is run again as a whole, and the client notices nothing."""

import asyncio

import asyncpg
import pytest

import db.errors
from db.failure_log import FailureLog
from db.retries import MAX_ATTEMPTS
from resolvers.identity.development import DevelopmentKeys
from schema.server.settings import ServerSettings
from tests.isolation.scratch import Scratch
from tests.operation.conftest import House, house_on
from tests.operation.failing import (
    AT_COMMIT,
    LIST,
    ONE,
    failing,
    graphql,
    graphql_create,
    locked,
    rest_create,
    waiting_backend,
)
from tests.operation.faults import end_connections, is_served, is_unavailable


@pytest.mark.parametrize("sqlstate", ["40001", "40P01"])
async def test_a_transaction_that_collides_is_run_again(
    sqlstate: str, house: House, superuser: asyncpg.Connection
) -> None:
    await house.clinic.admin.signed_in()

    async with failing(superuser, sqlstate, times=MAX_ATTEMPTS - 1):
        created = await rest_create(house, "again")
        attempts = await superuser.fetchval("select last_value from attempts")
    async with failing(superuser, sqlstate, times=MAX_ATTEMPTS - 1):
        created_by_graphql = await graphql_create(house, "again-by-graphql")
    async with failing(superuser, sqlstate):
        refused = await rest_create(house, "never")
        last_attempt = await superuser.fetchval("select last_value from attempts")

    assert [is_served(created), is_served(created_by_graphql), is_unavailable(refused)] == [True] * 3
    assert (attempts, last_attempt) == (MAX_ATTEMPTS, MAX_ATTEMPTS)


async def test_nothing_is_run_again_once_commit_was_sent(house: House, superuser: asyncpg.Connection) -> None:
    await house.clinic.admin.signed_in()

    async with failing(superuser, "40001", trigger=AT_COMMIT):
        answers = [await rest_create(house), await graphql_create(house)]
        attempts = await superuser.fetchval("select last_value from attempts")

    assert [is_unavailable(answer) for answer in answers] == [True, True]
    assert attempts == 2


async def test_one_of_two_in_a_deadlock_is_run_again(
    scratch: Scratch,
    settings: ServerSettings,
    keys: DevelopmentKeys,
    superuser: asyncpg.Connection,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(db.errors, "failure_log", FailureLog())
    await superuser.execute(f"alter database {scratch.name} set deadlock_timeout = '20ms'")
    await superuser.execute("set deadlock_timeout = '1min'")
    async with house_on(scratch, settings, keys) as house:
        specialty, specialist = await house.clinic.add_specialty(), await house.clinic.add_specialist()

        async with superuser.transaction():
            await superuser.execute("select from specialties where id = $1 for update", specialty)
            body = {"specialty_ids": [specialty]}
            update = asyncio.create_task(house.clinic.admin.rest("PUT", f"/v1/specialists/{specialist}", body))
            await waiting_backend(superuser)
            await superuser.execute("select from specialists where id = $1 for update", specialist)
        answer = await update
    await superuser.execute(f"alter database {scratch.name} reset deadlock_timeout")

    assert is_served(answer)
    assert "DeadlockDetectedError" in caplog.text


@pytest.mark.parametrize("query", [LIST, ONE])
async def test_a_read_whose_connection_is_ended_is_run_again(
    query: str, house: House, superuser: asyncpg.Connection
) -> None:
    await house.clinic.add_specialty(slug="first")

    async with locked(superuser):
        reads = asyncio.gather(graphql(house, query), house.clinic.admin.rest("GET", "/v1/specialties"))
        await waiting_backend(superuser)
        await end_connections(superuser, house.scratch.name)
    answers = await reads

    assert [is_served(answer) for answer in answers] == [True, True]

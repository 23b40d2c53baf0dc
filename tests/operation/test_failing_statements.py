"""What PostgreSQL answers instead of a result: the code that clients get, in both APIs, and what is tried again."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx2
import pytest

import db.database
import db.pool
from db.retries import MAX_ATTEMPTS
from resolvers.identity.development import DevelopmentKeys
from schema.server.settings import ServerSettings
from tests.isolation.scratch import Scratch, connected, run_sql
from tests.operation.conftest import House, house_on
from tests.operation.faults import end_connections, is_served, is_unavailable

CREATE = "mutation($input: CreateSpecialtyInput!) { createSpecialty(input: $input) { id slug } }"
LIST = "{ specialties { nodes { slug } } }"
ONE = '{ __typename specialtyBySlug(slug: "first") { id } }'
FAIL = """
    create sequence attempts;
    grant usage on sequence attempts to public;
    create function fail() returns trigger language plpgsql as $$
    begin
        if nextval('attempts') <= {times} then raise exception using errcode = '{sqlstate}'; end if;
        return new;
    end $$;
"""
BEFORE_INSERT = "create trigger fail before insert on specialties for each row execute function fail()"
AT_COMMIT = (
    "create constraint trigger fail after insert on specialties deferrable initially deferred"
    " for each row execute function fail()"
)
NEVER_MIND = "drop function fail cascade; drop sequence attempts"
WAITING = """
    select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and application_name = 'clinic-api'
"""


@pytest.fixture
async def superuser(scratch: Scratch) -> AsyncIterator[asyncpg.Connection]:
    async with connected(scratch.superuser) as connection:
        yield connection


@asynccontextmanager
async def failing(
    superuser: asyncpg.Connection, sqlstate: str, times: int = 100, trigger: str = BEFORE_INSERT
) -> AsyncIterator[None]:
    """Let the first inserts of a specialty fail with ``sqlstate``."""
    await superuser.execute(FAIL.format(sqlstate=sqlstate, times=times) + trigger)
    try:
        yield
    finally:
        await superuser.execute(NEVER_MIND)


@asynccontextmanager
async def locked(superuser: asyncpg.Connection, table: str = "specialties") -> AsyncIterator[None]:
    async with superuser.transaction():
        await superuser.execute(f"lock table {table} in access exclusive mode")
        yield


async def waiting_backend(superuser: asyncpg.Connection) -> int:
    """Return the process id of a backend of the application that waits for a lock."""
    while (pid := await superuser.fetchval(WAITING)) is None:
        pass
    return int(pid)


async def rest_create(house: House, slug: str = "first") -> httpx2.Response:
    return await house.clinic.admin.rest("POST", "/v1/specialties", {"title": "Any", "slug": slug})


async def graphql(house: House, query: str, **variables: Any) -> httpx2.Response:
    body = {"query": query, "variables": variables}
    return await house.http.post("/graphql", headers=house.clinic.admin.headers, json=body)


async def graphql_create(house: House, slug: str = "first") -> httpx2.Response:
    return await graphql(house, CREATE, input={"title": "Any", "slug": slug})


def outcome(response: httpx2.Response) -> tuple[int, str, str | None]:
    """Return status, code and ``Retry-After``."""
    body = response.json()
    code = body["error"]["code"] if "error" in body else body["errors"][0]["extensions"]["code"]
    return response.status_code, code, response.headers.get("retry-after")


@pytest.mark.parametrize(
    ("sqlstate", "expected"),
    [
        *((state, (503, "unavailable", "1")) for state in ("25006", "40001", "40P01", "53100", "53300", "55P03")),
        *((state, (503, "unavailable", "1")) for state in ("57014", "58030", "XX001")),
        *((state, (422, "too_expensive", None)) for state in ("54001", "53400")),
    ],
)
async def test_each_failure_has_one_code_in_both_apis(
    sqlstate: str, expected: tuple[int, str, str | None], house: House, superuser: asyncpg.Connection
) -> None:
    await house.clinic.admin.signed_in()

    async with failing(superuser, sqlstate):
        answers = [await rest_create(house), await graphql_create(house)]

    assert [outcome(answer) for answer in answers] == [expected] * 2
    assert answers[1].json()["data"] is None


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
) -> None:
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


@pytest.fixture
async def hasty(
    scratch: Scratch, settings: ServerSettings, keys: DevelopmentKeys, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[House]:
    """An application whose statements may run for a tenth of a second."""
    monkeypatch.setattr(db.database, "STATEMENT_SECONDS", 0.1)
    monkeypatch.setitem(db.pool.SETTINGS, "statement_timeout", "100ms")
    async with house_on(scratch, settings, keys) as house:
        yield house


async def test_a_statement_that_runs_out_of_time_is_not_to_be_tried_again(
    hasty: House, superuser: asyncpg.Connection
) -> None:
    await hasty.clinic.admin.signed_in()

    async with locked(superuser):
        rest = [hasty.clinic.admin.rest("GET", "/v1/specialties"), rest_create(hasty)]
        answers = await asyncio.gather(*rest, *(graphql(hasty, query) for query in (LIST, ONE)), graphql_create(hasty))

    assert [outcome(answer) for answer in answers] == [(422, "too_expensive", None)] * 5
    assert [answer.json()["data"] for answer in answers[2:]] == [None] * 3


async def test_a_wait_for_a_lock_that_takes_too_long_may_be_tried_again(
    scratch: Scratch,
    settings: ServerSettings,
    keys: DevelopmentKeys,
    superuser: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(db.pool.SETTINGS, "lock_timeout", "50ms")
    async with house_on(scratch, settings, keys) as house:
        await house.clinic.admin.signed_in()

        async with locked(superuser):
            answers = await asyncio.gather(rest_create(house), graphql_create(house), graphql(house, ONE))

    assert [is_unavailable(answer) for answer in answers] == [True] * 3


async def test_what_a_mutation_has_committed_stays_in_its_answer(house: House, superuser: asyncpg.Connection) -> None:
    await house.clinic.admin.signed_in()
    inputs = {name: {"title": "Any", "slug": name} for name in ("one", "two")}
    document = """mutation($one: CreateSpecialtyInput!, $two: CreateSpecialtyInput!) {
        first: createSpecialty(input: $one) { slug }  second: createSpecialty(input: $two) { slug }
    }"""

    async with failing(superuser, "53100"):
        await superuser.execute("drop trigger fail on specialties")
        await superuser.execute(
            "create trigger fail before insert on specialties for each row when (new.slug = 'two')"
            " execute function fail()"
        )
        answer = await graphql(house, document, **inputs)

    assert outcome(answer) == (503, "unavailable", "1")
    assert answer.json()["data"] == {"first": {"slug": "one"}, "second": None}
    assert [error["path"] for error in answer.json()["errors"]] == [["second"]]


async def test_a_read_only_database_serves_reads_and_refuses_writes(
    scratch: Scratch, settings: ServerSettings, keys: DevelopmentKeys
) -> None:
    name = scratch.name
    async with house_on(scratch, settings, keys) as before:
        await before.clinic.add_specialty(slug="first")
        await run_sql(scratch.superuser, f"alter database {name} set default_transaction_read_only = on")
        async with connected(scratch.superuser) as superuser:
            await end_connections(superuser, name)
        try:
            ready = await before.http.get("/readyz")
            reads = [await graphql(before, LIST), await before.clinic.admin.rest("GET", "/v1/specialties")]
            writes = [await rest_create(before, "second"), await graphql_create(before, "second")]
        finally:
            await run_sql(
                scratch.superuser,
                "set default_transaction_read_only = off",
                f"alter database {name} reset default_transaction_read_only",
            )
            async with connected(scratch.superuser) as superuser:
                await end_connections(superuser, name)

    assert (ready.status_code, ready.headers["retry-after"]) == (503, "1")
    assert [is_served(answer) for answer in reads] == [True, True]
    assert [is_unavailable(answer) for answer in writes] == [True, True]

"""What PostgreSQL answers instead of a result: the code that clients get, in both APIs, and what is tried again."""

import asyncio
from collections.abc import AsyncIterator
from traceback import format_exception

import asyncpg
import pytest

import db.database
import db.pool
from db.statements.compile import compile_sql
from db.tenant import Tenant
from resolvers.identity.development import DevelopmentKeys
from schema.server.settings import ServerSettings
from tests.isolation.scratch import Scratch, connected, run_sql
from tests.operation.conftest import House, house_on
from tests.operation.failing import LIST, ONE, failing, graphql, graphql_create, locked, outcome, rest_create
from tests.operation.faults import end_connections, is_served, is_unavailable


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


@pytest.mark.parametrize(
    ("sql", "value"),
    [("select cast(cast(:value as text) as bigint)", "secret"), ("select cast(:value as bigint)", "secret")],
    ids=["refused by PostgreSQL", "refused by the driver"],
)
async def test_a_value_that_does_not_fit_is_not_quoted(sql: str, value: str, house: House) -> None:
    tenant, statement = Tenant(await house.clinic.organization_id(), "member"), compile_sql(sql)

    with pytest.raises(asyncpg.DataError) as error:
        async with house.clinic.database.transaction(tenant) as transaction:
            await transaction.run(statement, value=value)

    assert value not in "".join(format_exception(error.value))

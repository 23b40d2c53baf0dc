"""The subjects of the benchmark, on a few small organizations: what they answer, not how fast."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from secrets import randbelow

import httpx2
import pytest

from db.database import Database
from db.embedded import Addresses
from db.search_words import words_of
from db.statements.compile import compile_sql
from db.tenant import Tenant
from resolvers.identity.development import DevelopmentKeys
from tests.bench import conventional, floor, server
from tests.bench.dataset import Group, fill
from tests.bench.equality import check_equal
from tests.bench.operations import OPERATIONS, Operation
from tests.bench.organizations import Organization, load_organizations
from tests.bench.pgbench import literal, scripts
from tests.bench.recorded import record
from tests.bench.report import Row, Verdict, table
from tests.bench.request import NUMBER, BenchRequest
from tests.bench.wrk import BenchmarkError, Load, parse

MAKERS = {"server": server.make, "floor": floor.make, "conventional": conventional.make}
BASE = 1_000_000 + randbelow(1_000_000_000)  # new ones each time, for the database may be an old one
CLINICS = range(BASE, BASE + 3)
Subjects = dict[str, httpx2.AsyncClient]


@pytest.fixture(scope="module")
async def organizations(addresses: Addresses, keys: DevelopmentKeys) -> list[Organization]:
    await fill(addresses.server, [Group(CLINICS[0], CLINICS[-1], 30)])
    return await load_organizations(addresses.server, keys, CLINICS)


@pytest.fixture(scope="module")
async def subjects(addresses: Addresses, data_dir: Path) -> AsyncIterator[Subjects]:
    async with AsyncExitStack() as stack:
        answers = {}
        for name, make in MAKERS.items():
            app = make(addresses.server, data_dir)
            await stack.enter_async_context(app.router.lifespan_context(app))
            client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://bench")
            answers[name] = await stack.enter_async_context(client)
        yield answers


async def _answers(
    subjects: Subjects, operation: Operation, bench_request: BenchRequest, number: int
) -> dict[str, bytes]:
    answers = {}
    for i, name in enumerate(operation.subjects):
        fresh_request = bench_request.numbered(number + i if operation.fresh else number)
        response = await subjects[name].request(
            fresh_request.method, fresh_request.path, content=fresh_request.body, headers=fresh_request.headers
        )
        answers[name] = response.content
    return answers


@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda operation: operation.name)
async def test_every_subject_gives_the_same_answer(
    operation: Operation, subjects: Subjects, organizations: list[Organization]
) -> None:
    cycle = operation.cycle(organizations)

    for place in (0, 1, 2, 4):
        check_equal(operation, await _answers(subjects, operation, cycle[place], 100 * place))


async def test_a_subject_that_answers_otherwise_is_found_out() -> None:
    operation = OPERATIONS[0]

    check_equal(operation, {"server": b'{"data": {"a": 1}}', "floor": b'{"data":{"a":1}}'})
    with pytest.raises(BenchmarkError):
        check_equal(operation, {"server": b'{"data":{"a":1}}', "floor": b'{"data":{"a":2}}'})
    with pytest.raises(BenchmarkError):
        check_equal(operation, {"server": b'{"data":null,"errors":[]}', "floor": b'{"data":null,"errors":[]}'})


async def test_sql_finds_the_words_that_the_server_would(organizations: list[Organization], database: Database) -> None:
    statement = compile_sql(
        """
        select
            specialist.name, specialist.title,
            array(
                select word from specialist_words as known
                where known.organization_id = :organization_id and known.specialist_id = specialist.id order by word
            ) as words
        from specialists as specialist where specialist.organization_id = :organization_id
        """
    )

    async with database.transaction(Tenant(organizations[0].id, "member")) as transaction:
        rows = await transaction.run(statement)

    assert rows
    assert all(row["words"] == words_of(row["name"], row["title"]) for row in rows)


async def test_pgbench_gets_the_statement_without_a_colon_in_its_texts(
    organizations: list[Organization], addresses: Addresses, database: Database
) -> None:
    bench_request = OPERATIONS[0].cycle(organizations)[0]
    (step,), _ = await record(database, bench_request)

    (script, *_) = await scripts(addresses.server, [bench_request])

    assert f"organization_id = '{bench_request.organization.id}'::BIGINT" in script
    assert r"HH24\x3aMI\x3aSS" in script
    assert ":" not in literal(step, 1).replace("::", "")


def test_a_number_takes_the_place_of_its_mark_and_no_more(organizations: list[Organization]) -> None:
    bench_request = OPERATIONS[4].cycle(organizations)[0]

    fresh_request = bench_request.numbered(17)

    assert len(fresh_request.raw()) == len(bench_request.raw())
    assert "made-000000017" in fresh_request.raw()
    assert NUMBER not in fresh_request.raw()


def test_answers_that_are_errors_fail_loudly() -> None:
    assert parse("measured 3000 2000000 0 8000 20000\n") == Load(1_500, 8, 20)
    with pytest.raises(BenchmarkError):
        parse("measured 3000 2000000 1 8000 20000\n")
    with pytest.raises(BenchmarkError):
        parse("unable to connect")


def test_the_table_tells_each_bar() -> None:
    row = Row("a list", {"server": "9/s"}, [Verdict("0.9 x", ">= 0.85", True), Verdict("9 x", ">= 15", False)])

    lines = table([row]).splitlines()

    assert [line.split("|")[-2].strip() for line in lines[2:]] == ["met", "MISSED"]

"""The database goes away: clients are told to try again, nothing half-done stays, and it is over at once."""

import asyncio
import logging
import re
from collections.abc import AsyncIterator

import httpx2
import pytest

import db.errors
import db.failure_log
from db.database import Database
from db.errors import DatabaseUnavailableError
from db.failure_log import FailureLog
from db.tenant import Tenant
from resolvers.identity.development import DevelopmentKeys
from schema.server.logs import RequestContext
from schema.server.settings import ServerSettings
from tests.isolation.scratch import Scratch, connected
from tests.operation.commands import PATIENCE
from tests.operation.conftest import House, house_on
from tests.operation.faults import end_connections, gone, is_served, is_unavailable

ROUNDS, CLIENTS = 12, 6
LIST_QUERY = {"query": "{ specialists { totalCount nodes { id specialties { id } } } viewer { role } }"}
PROBES = {"/livez": 200, "/readyz": 503}


async def ask(house: House, kind: str, name: str = "") -> httpx2.Response:
    """One request of a kind: a list on either API, or a create."""
    headers = house.clinic.admin.headers
    if kind == "rest":
        return await house.http.get("/v1/specialists?include=user,specialties", headers=headers)
    if kind == "graphql":
        return await house.http.post("/graphql", headers=headers, json=LIST_QUERY)
    return await house.http.post("/v1/specialists", headers=headers, json={"name": name, "slug": name})


async def test_requests_while_connections_are_ended_are_served_or_told_to_try_again(house: House) -> None:
    await house.clinic.add_specialist()
    answers: list[tuple[str, httpx2.Response]] = []

    async def client(number: int) -> None:
        for i in range(ROUNDS):
            for kind in ("rest", "graphql", "create"):
                name = f"made-{number}-{i}"
                answers.append((name if kind == "create" else "", await ask(house, kind, name)))

    async with connected(house.scratch.superuser) as superuser:
        clients = asyncio.gather(*(client(number) for number in range(CLIENTS)))
        while not clients.done():
            await end_connections(superuser, house.scratch.name)
            await asyncio.sleep(0.01)
        await clients

    assert [response.text for _, response in answers if not is_served(response) and not is_unavailable(response)] == []
    assert is_served(await ask(house, "rest"))
    acknowledged = {name for name, response in answers if response.status_code == 201}
    assert acknowledged <= await slugs(house)


async def slugs(house: House) -> set[str]:
    response = await house.http.get("/v1/specialists?page_size=100", headers=house.clinic.admin.headers)
    assert is_served(response)
    return {record["slug"] for record in response.json()["data"]}


@pytest.mark.parametrize("kind", ["rest", "graphql", "create"])
async def test_a_database_that_is_away_is_told_and_its_return_is_seen_at_once(kind: str, house: House) -> None:
    assert is_served(await ask(house, "rest"))

    async with gone(house.scratch):
        assert is_unavailable(await ask(house, kind, f"away-{kind}"))

    assert is_served(await ask(house, kind, f"away-{kind}"))


async def test_a_token_of_an_unknown_organization_waits_for_the_database_too(house: House) -> None:
    async with gone(house.scratch):
        assert is_unavailable(await ask(house, "rest"))

    assert is_served(await ask(house, "rest"))


async def probes(house: House, expected: dict[str, int]) -> dict[str, httpx2.Response]:
    """Return the answers of the probes, as soon as their statuses are ``expected``: a check answers for a moment."""
    async with asyncio.timeout(PATIENCE):
        while True:
            answers = {path: await house.http.get(path) for path in expected}
            if {path: response.status_code for path, response in answers.items()} == expected:
                return answers
            await asyncio.sleep(0.01)


async def test_the_process_lives_and_is_ready_only_with_its_database(house: House) -> None:
    with_database = dict.fromkeys(PROBES, 200)
    assert {path: (await house.http.get(path)).status_code for path in PROBES} == with_database

    async with gone(house.scratch):
        answers = await probes(house, PROBES)
    await probes(house, with_database)

    assert answers["/readyz"].headers["retry-after"] == "1"


async def test_a_request_without_a_token_needs_no_database(house: House) -> None:
    async with gone(house.scratch):
        answers = [await house.http.get("/v1/specialists"), await house.http.post("/graphql", json=LIST_QUERY)]

    assert [answer.status_code for answer in answers] == [401, 401]


@pytest.fixture
async def narrow(scratch: Scratch, settings: ServerSettings, keys: DevelopmentKeys) -> AsyncIterator[House]:
    """An application with one connection."""
    async with house_on(scratch, settings, keys, pool_size=1) as house:
        yield house


async def test_an_exhausted_pool_is_told_in_time(narrow: House) -> None:
    assert is_served(await ask(narrow, "rest"))

    async with connected(narrow.scratch.superuser) as superuser, superuser.transaction():
        await superuser.execute("lock table specialists in access exclusive mode")
        waiting = asyncio.gather(*(ask(narrow, kind) for kind in ("rest", "graphql") * 5))
        live = await narrow.http.get("/livez")
        answers = await asyncio.wait_for(waiting, 5)

    assert live.status_code == 200
    assert [is_unavailable(answer) for answer in answers] == [True] * 10
    assert is_served(await ask(narrow, "rest"))


async def test_no_wait_for_a_connection_is_without_an_end(scratch: Scratch) -> None:
    database = Database(scratch.server, pool_size=1)
    await database.open()
    tenant = Tenant(await database.organization_of("org_waiting", None), "member")

    async def another() -> None:
        async with database.transaction(tenant):
            raise AssertionError("there is but one connection")

    async with database.transaction(tenant):
        waits = [another(), database.organization_of("org_waiting_too", None), database.ping()]
        ends = await asyncio.gather(*(asyncio.wait_for(wait, 5) for wait in waits), return_exceptions=True)
    await database.close()

    assert [type(end) for end in ends] == [DatabaseUnavailableError, DatabaseUnavailableError, type(None)]


@pytest.fixture
def fast_log(caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch) -> pytest.LogCaptureFixture:
    """The log with request ids, in which failures are folded within a twentieth of a second."""
    monkeypatch.setattr(db.failure_log, "FOLD_SECONDS", 0.05)
    monkeypatch.setattr(db.errors, "failure_log", FailureLog())
    caplog.handler.addFilter(RequestContext())
    return caplog


async def test_an_outage_is_in_the_log_without_a_word_of_the_request(
    house: House, fast_log: pytest.LogCaptureFixture
) -> None:
    async with gone(house.scratch):
        await ask(house, "create", "secret-name")

    lines = [record for record in fast_log.records if record.name == "clinic"]
    assert {line.levelname for line in lines} == {"WARNING"}
    assert all(line.getMessage().startswith("database: ") for line in lines)
    assert not [line for line in lines if line.exc_info]
    assert "secret-name" not in fast_log.text


async def test_many_failures_are_one_line_with_the_id_of_the_first(
    house: House, fast_log: pytest.LogCaptureFixture
) -> None:
    await house.clinic.admin.signed_in()
    ids = [f"request-{number}" for number in range(20)]

    async with gone(house.scratch):
        headers = [house.clinic.admin.headers | {"x-request-id": id_} for id_ in ids]
        await asyncio.gather(*(house.http.get("/v1/specialties", headers=header) for header in headers))
        for _ in range(1_000):
            lines = [record for record in fast_log.records if getattr(record, "request_id", "") in ids]
            if sum(map(count, lines)) >= len(ids):  # a read whose connection is ended fails a second time
                break
            await asyncio.sleep(0.005)

    assert sum(map(count, lines)) >= len(ids)
    assert len(lines) <= 6
    assert [line for line in lines if count(line) > 1]


def count(line: logging.LogRecord) -> int:
    """Return how many failures ``line`` tells of."""
    folded = re.search(r"(\d+) more within a second", line.getMessage())
    return int(folded[1]) if folded else 1

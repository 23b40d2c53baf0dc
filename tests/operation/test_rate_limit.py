"""An organization that has spent what it may spend a minute is told when to come back; the others notice nothing."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from random import Random

import httpx2
import pytest

from db.database import Database
from resolvers.cost import REQUEST_COST
from resolvers.errors.request import RateLimited
from resolvers.identity.development import DevelopmentKeys
from resolvers.rate_limit import MAX_ACCOUNTS, WINDOW_SECONDS, Account, RateLimiter
from schema.server.settings import ServerSettings
from tests.application import run_application
from tests.clinic import Clinic

LIMIT, WORKERS = 80_000, 4
WORKER_LIMIT = LIMIT // WORKERS
POLICY = f'"default";q={WORKER_LIMIT};w=60'
STATE = re.compile(r'"default";r=(\d+);t=(\d+)')
LIST = "{ specialists { nodes { id specialties { id } } } }"
TYPENAME = {"query": "{ __typename }"}
ENOUGH = 100  # requests that cost more than all there is


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def is_refused(account: Account, cost: int = 1) -> RateLimited | None:
    """Try to spend ``cost``; return the refusal."""
    try:
        account.spend(cost)
    except RateLimited as problem:
        return problem
    return None


def test_what_was_spent_comes_back_within_a_minute() -> None:
    clock = Clock()
    account = Account(600, clock)

    assert [is_refused(account, 100) for _ in range(6)] == [None] * 6
    assert is_refused(account)
    assert account.state() == (0, 1)
    clock.now += 10
    assert account.state() == (100, 50)
    assert is_refused(account, 100) is None
    clock.now += WINDOW_SECONDS
    assert account.state() == (600, 0)


@pytest.mark.parametrize("limit", [1, 7, 600, 1_000_003])
def test_whoever_waits_as_long_as_told_is_served_and_no_sooner(limit: int) -> None:
    random, clock = Random(limit), Clock()
    account = Account(limit, clock)

    for _ in range(500):
        clock.now += random.random() * 20
        refusal = is_refused(account, random.randint(1, 16_000))
        if refusal is not None:
            assert refusal.retry_after is not None
            assert 1 <= refusal.retry_after <= WINDOW_SECONDS + 1
            clock.now += refusal.retry_after - 1
            assert is_refused(account)
            clock.now += 1
            assert is_refused(account) is None


def test_over_an_hour_nobody_spends_more_than_the_limit_and_one_request() -> None:
    random, clock = Random(1), Clock()
    account, spent = Account(6_000, clock), 0

    while clock.now < 3_600:
        clock.now += random.random()
        cost = random.randint(1, 1_000)
        spent += 0 if is_refused(account, cost) else cost

    assert 60 * 6_000 <= spent <= 61 * 6_000 + 1_000


def test_the_accounts_are_bounded_and_the_busiest_stay() -> None:
    limiter = RateLimiter(10, Clock())
    is_refused(limiter.account(0), 10)

    for organization_id in range(1, 2 * MAX_ACCOUNTS):
        limiter.account(organization_id).spend(1)
        limiter.account(0)

    assert is_refused(limiter.account(0))
    assert is_refused(limiter.account(1), 10) is None


@pytest.fixture(scope="module")
async def limited(settings: ServerSettings) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of one of four workers, which takes batches."""
    async with run_application(replace(settings, rate_limit=LIMIT, workers=WORKERS, batching=True)) as client:
        yield client


@pytest.fixture(autouse=True)
def refusal_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let refusals take less time than they do."""
    monkeypatch.setattr("schema.http.request_context.REFUSAL_SECONDS", 0.05)


@pytest.fixture
def greedy(limited: httpx2.AsyncClient, keys: DevelopmentKeys, database: Database) -> Clinic:
    return Clinic.new("greedy", limited, keys, database)


@pytest.fixture
def modest(limited: httpx2.AsyncClient, keys: DevelopmentKeys, database: Database) -> Clinic:
    return Clinic.new("modest", limited, keys, database)


def state(response: httpx2.Response) -> tuple[int, int]:
    """Return what the headers say is left, and in how many seconds there is more."""
    match = STATE.fullmatch(response.headers["ratelimit"])
    assert match
    return int(match[1]), int(match[2])


async def until_refused(clinic: Clinic, path: str, body: object = None) -> httpx2.Response:
    """Send the request again and again; return the first response that is no success."""
    for _ in range(ENOUGH):
        response = await clinic.patient.rest("POST" if body else "GET", path, body)
        if response.status_code != 200:
            return response
    raise AssertionError("nothing was refused")


@pytest.mark.parametrize(
    ("path", "body"), [("/v1/specialists?include=specialties", None), ("/graphql", {"query": LIST})]
)
async def test_what_is_spent_is_refused_in_both_apis_and_to_one_organization(
    path: str, body: object, greedy: Clinic, modest: Clinic
) -> None:
    refusal = await until_refused(greedy, path, body)
    others = [
        await greedy.admin.rest("GET", "/v1/specialties"),
        await greedy.admin.rest("POST", "/graphql", TYPENAME),
        await greedy.patient.rest("POST", "/v1/specialties", {}),
    ]
    neighbour = await modest.patient.rest("GET", "/v1/specialists")

    error = refusal.json()["error"] if body is None else refusal.json()["errors"][0]["extensions"]
    assert (refusal.status_code, error["code"]) == (429, "rate_limited")
    assert refusal.headers["ratelimit-policy"] == POLICY
    remaining, seconds = state(refusal)
    assert remaining == 0
    assert 1 <= seconds <= int(refusal.headers["retry-after"])  # which was written before the refusal had to wait
    assert [response.status_code for response in others] == [429, 429, 429]
    assert neighbour.status_code == 200
    assert state(neighbour)[0] > 0.8 * WORKER_LIMIT


async def test_a_refusal_comes_later_than_what_others_ask_for_meanwhile(
    greedy: Clinic, modest: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    await until_refused(greedy, "/v1/specialists")
    monkeypatch.setattr("schema.http.request_context.REFUSAL_SECONDS", 60)

    refusal = asyncio.create_task(greedy.patient.rest("POST", "/graphql", TYPENAME))
    await asyncio.sleep(0)
    answers = [await modest.patient.rest("GET", "/v1/specialists") for _ in range(3)]
    is_over = refusal.done()
    refusal.cancel()

    assert [answer.status_code for answer in answers] == [200] * 3
    assert not is_over


async def test_a_success_says_what_is_left(modest: Clinic) -> None:
    cheap = await modest.patient.rest("POST", "/graphql", TYPENAME)
    listing = await modest.patient.rest("GET", "/v1/specialists")
    written = await modest.admin.rest("POST", "/v1/specialties", {"title": "Any", "slug": "any"})

    costs = [int(response.headers["x-cost"]) for response in (cheap, listing, written)]
    assert costs[0] == REQUEST_COST < costs[1]
    left = [state(response)[0] for response in (cheap, listing, written)]
    assert all(WORKER_LIMIT - sum(costs[: number + 1]) <= rest <= WORKER_LIMIT for number, rest in enumerate(left))
    assert left[1] < WORKER_LIMIT
    assert written.headers["ratelimit-policy"] == POLICY


async def test_every_operation_of_a_batch_counts(greedy: Clinic, modest: Clinic) -> None:
    one = await modest.patient.rest("POST", "/graphql", {"query": LIST})
    batch = await greedy.patient.rest("POST", "/graphql", [{"query": LIST}] * 3)

    assert int(batch.headers["x-cost"]) > 2.9 * int(one.headers["x-cost"])


async def test_a_document_that_is_refused_pays_for_its_planning(greedy: Clinic) -> None:
    document = f"{{ specialists {{ nodes {{ {'id ' * 900} nothing }} }} }}"

    refusal = await greedy.patient.rest("POST", "/graphql", {"query": document})

    assert refusal.json()["errors"][0]["extensions"]["code"] == "graphql_validation_failed"
    assert int(refusal.headers["x-cost"]) > REQUEST_COST


async def test_a_request_of_nobody_has_no_account(limited: httpx2.AsyncClient, http: httpx2.AsyncClient) -> None:
    refused = await limited.get("/v1/specialists")

    assert refused.status_code == 401
    assert "ratelimit" not in refused.headers


async def test_a_development_server_limits_nothing_unless_it_is_told_to(north: Clinic) -> None:
    response = await north.patient.rest("GET", "/v1/specialists")

    assert response.status_code == 200
    assert "ratelimit" not in response.headers

"""While every connection is in use, whatever needs none is answered as ever."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import pytest

from db.database import Database
from resolvers.identity.development import DevelopmentKeys
from schema.server.settings import ServerSettings
from tests.client import Member
from tests.isolation.scratch import Scratch
from tests.operation.conftest import House, house_on
from tests.operation.failing import locked, waiting_backend

SIZE, PROBES = 2, 50
INTROSPECTION = {"query": "{ __schema { queryType { name } } }"}
TYPENAME = {"query": "{ __typename }"}
UNKNOWN_FIELD = {"query": "{ nothing }"}
# who asks, what for, and the status of the answer; "nobody" has no token, "homeless" one without an organization
REQUESTS: list[tuple[str, str, str, object, int]] = [
    ("nobody", "GET", "/livez", None, 200),
    ("nobody", "GET", "/readyz", None, 200),
    ("nobody", "GET", "/openapi.json", None, 200),
    ("nobody", "GET", "/v1/specialists", None, 401),
    ("nobody", "POST", "/graphql", TYPENAME, 401),
    ("homeless", "GET", "/v1/specialists", None, 403),
    ("homeless", "POST", "/graphql", TYPENAME, 403),
    ("patient", "POST", "/v1/specialties", {"title": "Any", "slug": "any"}, 403),
    ("patient", "GET", "/nowhere", None, 404),
    ("patient", "DELETE", "/v1/specialists", None, 405),
    ("patient", "DELETE", "/graphql", None, 405),
    ("patient", "GET", "/v1/specialists?page=0", None, 400),
    ("patient", "POST", "/graphql", UNKNOWN_FIELD, 200),
    ("patient", "POST", "/graphql", TYPENAME, 200),
    ("patient", "POST", "/graphql", INTROSPECTION, 200),
]


@pytest.fixture(scope="module")
async def narrow(scratch: Scratch, settings: ServerSettings, keys: DevelopmentKeys) -> AsyncIterator[House]:
    """An application with two connections, to which the members of its clinic are known."""
    async with house_on(scratch, settings, keys, pool_size=SIZE) as house:
        for member in (house.clinic.admin, house.clinic.patient):
            await member.signed_in()
        assert (await house.http.get("/readyz")).status_code == 200
        yield house


@asynccontextmanager
async def exhausted(house: House, superuser: asyncpg.Connection) -> AsyncIterator[None]:
    """Let requests that wait for a locked table have every connection, and as many more wait for one."""
    async with locked(superuser):
        ask = house.clinic.admin.rest
        waiting = [asyncio.create_task(ask("GET", "/v1/specialties")) for _ in range(2 * SIZE)]
        while not await waiting_backend(superuser):
            pass
        yield
        assert not any(task.done() for task in waiting)
    answers = await asyncio.gather(*waiting)
    assert {answer.status_code for answer in answers} == {200}


async def test_probes_and_refusals_need_no_connection_of_the_pool(
    narrow: House, superuser: asyncpg.Connection, keys: DevelopmentKeys
) -> None:
    tokens = {
        "nobody": "",
        "homeless": keys.token(user_id="user_homeless", organization_id=None, organization_slug=None, role=None),
        "patient": narrow.clinic.patient.token,
    }

    async with exhausted(narrow, superuser):
        members = {who: Member(narrow.http, token) for who, token in tokens.items()}
        requests = [members[who].rest(method, path, body) for who, method, path, body, _ in REQUESTS]
        answers = await asyncio.gather(*requests)

    assert [answer.status_code for answer in answers] == [status for *_, status in REQUESTS]


async def test_probes_at_the_same_time_share_one_check(
    narrow: House, superuser: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    count, ping = 0, Database.ping

    async def counting_ping(database: Database) -> None:
        nonlocal count
        count += 1
        await ping(database)

    monkeypatch.setattr(Database, "ping", counting_ping)
    async with exhausted(narrow, superuser):
        first, *probes = [asyncio.create_task(narrow.http.get("/readyz")) for _ in range(PROBES)]
        await asyncio.sleep(0)
        first.cancel()  # whoever gives up takes no check away from the others
        answers = await asyncio.gather(*probes)

    assert {answer.status_code for answer in answers} == {200}
    assert count < PROBES / 10

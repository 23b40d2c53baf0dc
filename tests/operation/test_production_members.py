"""Production with a pinned key on an empty database: members become users, invalid tokens leave nothing."""

import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import httpx2
import pytest

from app import make_app
from db.embedded import EmbeddedServer
from db.guard import check_database
from schema.server.settings import read_server_settings
from tests.client import Member
from tests.identity.tokens import ABSENT, ISSUER, pem, session
from tests.isolation.scratch import Scratch, connected, scratch_database

ORIGIN = "https://app.clinic.example"
USERS = "{ users { nodes { id email username role } } viewer { user { id } } }"
CREATE = """mutation ($user: ID!) {
    createSpecialist(input: {name: "Dr. Second", slug: "second", userId: $user}) { userId user { id role } }
}"""


@dataclass(frozen=True)
class Production:
    scratch: Scratch
    http: httpx2.AsyncClient

    def member(self, token: str) -> Member:
        return Member(self.http, token)


@pytest.fixture
async def production(embedded: EmbeddedServer, tmp_path: Path) -> AsyncIterator[Production]:
    async with scratch_database(embedded) as scratch:
        environment = {
            "ENVIRONMENT": "production",
            "DATABASE_URL": scratch.server,
            "DATABASE_POOL_SIZE": "2",
            "DATA_DIR": str(tmp_path),
            "CLERK_ISSUER": ISSUER,
            "CLERK_JWT_KEY": pem(),
            "CLERK_AUTHORIZED_PARTIES": ORIGIN,
        }
        await check_database(scratch.server)
        app = make_app(read_server_settings(environment))
        transport = httpx2.ASGITransport(app, raise_app_exceptions=False)
        async with (
            app.router.lifespan_context(app),
            httpx2.AsyncClient(transport=transport, base_url="https://api.clinic.example") as http,
        ):
            yield Production(scratch, http)


def token(user: str, role: str, changes: Mapping[str, object] | None = None, owner: str = "issuer") -> str:
    """Return a session of the clinic ``org_own`` that has just begun, with ``changes`` to its claims."""
    now = int(time.time())
    times = {"iat": now, "nbf": now - 10, "exp": now + 60}
    return session({"sub": user, **times, "o": {"id": "org_own", "rol": role}, **(changes or {})}, owner=owner)


async def test_an_admin_gives_a_specialist_the_user_of_a_member_who_has_signed_in(production: Production) -> None:
    admin, second = production.member(token("user_1", "admin")), production.member(token("user_2", "doctor"))
    empty = await admin.rest("GET", "/v1/specialists")
    viewer = (await second.graphql("{ viewer { role user { id role } } }"))["data"]["viewer"]
    data = (await admin.graphql(USERS))["data"]
    user = viewer["user"]["id"]

    response = await admin.rest(
        "POST", "/v1/specialists?include=user", {"name": "Dr. First", "slug": "first", "user_id": int(user)}
    )
    other = await admin.graphql(CREATE, user=user)
    specialist = await second.rest("GET", f"{response.headers['location']}?include=user")

    assert (empty.status_code, empty.json()["data"]) == (200, [])
    assert viewer == {"role": "doctor", "user": {"id": user, "role": "doctor"}}
    assert data["users"]["nodes"] == [
        {"id": id_, "email": None, "username": None, "role": role}
        for id_, role in ((data["viewer"]["user"]["id"], "admin"), (user, "doctor"))
    ]
    record = {"id": int(user), "email": None, "username": None, "role": "doctor"}
    assert response.status_code == 201
    assert response.json()["data"]["user"] == specialist.json()["data"]["user"] == record
    assert other == {"data": {"createSpecialist": {"userId": user, "user": {"id": user, "role": "doctor"}}}}


INVALID_CLAIMS: dict[str, tuple[int, dict[str, object]]] = {
    "another issuer": (401, {"iss": "https://clerk.other.example"}),
    "an hour ago": (401, {"exp": int(time.time()) - 3_600}),
    "an hour ahead": (401, {"nbf": int(time.time()) + 3_600}),
    "another party": (401, {"azp": "https://evil.example"}),
    "no party": (401, {"azp": ABSENT}),
    "a pending session": (401, {"sts": "pending"}),
    "no session": (401, {"sid": ABSENT}),
    "no user": (401, {"sub": "machine_x"}),
    "no organization": (403, {"o": ABSENT}),
    "an organization that is none": (401, {"o": {"id": "clinic"}}),
    "a role that is none": (401, {"o": {"id": "org_own", "rol": ["admin"]}}),
}


@pytest.fixture
async def superuser(production: Production) -> AsyncIterator[asyncpg.Connection]:
    async with connected(production.scratch.superuser) as connection:
        yield connection


async def test_a_token_that_is_refused_leaves_no_trace(production: Production, superuser: asyncpg.Connection) -> None:
    statuses = {flaw: status for flaw, (status, _) in INVALID_CLAIMS.items()} | {
        "another key": 401,
        "another payload": 401,
    }
    tokens = {flaw: token("user_x", "admin", changes) for flaw, (_, changes) in INVALID_CLAIMS.items()}
    good = token("user_x", "admin").split(".")
    tokens["another key"] = token("user_x", "admin", owner="forger")
    tokens["another payload"] = ".".join([good[0], token("user_y", "admin").split(".")[1], good[2]])

    answers = {flaw: await statuses_of(production.member(bad_token)) for flaw, bad_token in tokens.items()}
    traces = await counts(superuser)
    await production.member(".".join(good)).signed_in()

    assert answers == {flaw: [status] * 2 for flaw, status in statuses.items()}
    assert (traces, await counts(superuser)) == ([0, 0], [1, 1])


async def statuses_of(member: Member) -> list[int]:
    """Return the status of a read from each API."""
    answers = [await member.rest("GET", "/v1/specialists"), await member.rest("POST", "/graphql", {"query": USERS})]
    return [answer.status_code for answer in answers]


async def counts(superuser: asyncpg.Connection) -> list[int]:
    return [await superuser.fetchval(f"select count(*) from {table}") for table in ("users", "organizations")]

"""Check the response headers that report timings, and in development the number of SQL statements."""

import re
from dataclasses import replace

import httpx2
import pytest

from app import make_app
from resolvers.identity.development import DEVELOPMENT_ISSUER, DevelopmentKeys
from resolvers.identity.issuer import Issuer
from schema.server.settings import ServerSettings
from tests.bench.server import pem
from tests.clinic import Clinic
from tests.contract.test_headers import KINDS, Kind, ReadRequest, ask

__all__ = ["ask"]
TIMING = re.compile(r"auth;dur=(\d+\.\d\d), plan;dur=(\d+\.\d\d), database;dur=(\d+\.\d\d), total;dur=(\d+\.\d\d)")
QUERY = {"query": "{ specialists { nodes { specialties { specialists { nodes { user { email } } } } } } }"}


def milliseconds(answer: httpx2.Response) -> tuple[float, ...]:
    """Of each stage, the total last."""
    match = TIMING.fullmatch(answer.headers["server-timing"])
    assert match, answer.headers["server-timing"]
    return tuple(map(float, match.groups()))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
async def test_every_answer_tells_its_time(ask: ReadRequest, kind: Kind) -> None:
    answer = await ask(kind)

    *parts, total = milliseconds(answer)
    assert sum(parts) <= total + 0.05
    assert "x-sql-statements" in answer.headers


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        ("{ viewer { role } }", 335),
        ("{ specialties(first: 7) { nodes { title } } }", 511),
        ("{ specialists(first: 7) { nodes { specialties { title } user { email } } } }", 924),
        ("{ a: specialties(first: 7) { nodes { title } } b: specialties(first: 7) { nodes { title } } }", 1023),
    ],
)
async def test_an_operation_tells_its_cost(north: Clinic, query: str, cost: int) -> None:
    answer = await north.patient.rest("POST", "/graphql", {"query": query})

    assert answer.headers["x-cost"] == str(cost)


async def test_a_read_is_planned_and_answered_in_one_statement_on_either_face(north: Clinic) -> None:
    response = await north.patient.rest("POST", "/graphql", QUERY)
    listing = await north.patient.rest("GET", "/v1/specialists?include=specialties,user")

    for answer in (response, listing):
        *_, database, total = milliseconds(answer)
        assert 0 < database <= total
        assert answer.headers["x-sql-statements"] == "1"


async def test_production_does_not_count_for_everybody(settings: ServerSettings, keys: DevelopmentKeys) -> None:
    production = replace(
        settings,
        environment="production",
        clerk_issuer=Issuer(DEVELOPMENT_ISSUER),
        clerk_jwt_key=pem(settings.data_dir),
    )
    transport = httpx2.ASGITransport(make_app(production))

    async with httpx2.AsyncClient(transport=transport, base_url="http://clinic.test") as client:
        answer = await client.get("/livez")

    assert milliseconds(answer)[:3] == (0, 0, 0)
    assert "x-sql-statements" not in answer.headers

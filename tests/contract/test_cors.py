"""Pages of other origins: who may call, what they may send, and what of the answer they can read."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx2
import pytest

from app import make_app
from schema.server.settings import ServerSettings
from tests.clinic import Clinic

LOOPBACK = [
    "http://localhost",
    "http://localhost:5173",
    "https://localhost:3000",
    "http://127.0.0.1:8080",
    "http://[::1]:4321",
]
WRONG_LIST = [
    "null",
    "http://localhost.evil.example",
    "http://localhost:5173.evil.example",
    "http://evil.example/localhost",
    "http://evil-localhost:5173",
    "http://user@localhost:5173",
    "http://127.0.0.2",
    "http://127.0.0.1.evil.example",
    "ftp://localhost",
    "http://LOCALHOST",
    "http://app.example.com",
    "https://app.example.com.evil.example",
    "",
]
OURS = "https://app.example.com"
READABLE = {
    "etag",
    "link",
    "location",
    "ratelimit",
    "ratelimit-policy",
    "retry-after",
    "server-timing",
    "x-request-id",
}
ANSWERS = {
    "/v1/specialists": 401,
    "/nothing": 404,
    "/livez": 200,
    "/openapi.json": 200,
    "/graphql?query={__typename}": 401,
}


@pytest.fixture(scope="module")
async def production(
    settings: ServerSettings, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[httpx2.AsyncClient]:
    """The server in production, which names one origin."""
    away = replace(settings, environment="production", cors_origins=(OURS,), data_dir=tmp_path_factory.mktemp("none"))
    transport = httpx2.ASGITransport(make_app(away), raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://clinic.test") as client:
        yield client


async def preflight(
    http: httpx2.AsyncClient, origin: str, method: str = "POST", path: str = "/graphql"
) -> httpx2.Response:
    asking = {"access-control-request-method": method, "access-control-request-headers": "authorization,x-anything"}
    return await http.options(path, headers={"origin": origin, **asking})


def cors_headers(answer: httpx2.Response) -> list[str]:
    return [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("origin", LOOPBACK)
@pytest.mark.parametrize("path", ["/graphql", "/v1/specialists", "/v1/specialists/1"])
async def test_in_development_pages_of_this_machine_may_ask(http: httpx2.AsyncClient, origin: str, path: str) -> None:
    answer = await preflight(http, origin, "PUT", path)

    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == origin
    assert "PUT" in answer.headers["access-control-allow-methods"].split(", ")
    assert answer.headers["access-control-allow-headers"] == "authorization,x-anything"
    assert answer.headers["access-control-max-age"] == "7200"
    assert {"origin", "access-control-request-headers"} <= set(answer.headers["vary"].lower().split(", "))
    assert answer.headers["x-request-id"]
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("origin", WRONG_LIST)
async def test_to_other_origins_it_answers_as_without_cors(http: httpx2.AsyncClient, origin: str) -> None:
    answers = [await preflight(http, origin), await http.get("/livez", headers={"origin": origin})]

    assert [cors_headers(answer) for answer in answers] == [[], []]
    assert (answers[0].status_code, answers[0].json()["errors"][0]["extensions"]["code"]) == (405, "method_not_allowed")
    assert "origin" in answers[1].headers["vary"].lower()


@pytest.mark.parametrize("origin", [*LOOPBACK, *WRONG_LIST])
async def test_in_production_other_origins_are_elsewhere(production: httpx2.AsyncClient, origin: str) -> None:
    assert cors_headers(await preflight(production, origin)) == []
    assert cors_headers(await production.get("/livez", headers={"origin": origin})) == []


async def test_in_production_the_origins_of_the_setting_may_call(production: httpx2.AsyncClient) -> None:
    answer = await production.get("/livez", headers={"origin": OURS})

    assert (await preflight(production, OURS)).headers["access-control-allow-origin"] == OURS
    assert answer.headers["access-control-allow-origin"] == OURS
    assert set(answer.headers["access-control-expose-headers"].lower().split(", ")) == READABLE


async def test_a_method_that_nothing_has_is_refused_in_the_shape_of_all_errors(http: httpx2.AsyncClient) -> None:
    answer = await preflight(http, LOOPBACK[0], "BREW")

    assert cors_headers(answer) == []
    assert answer.headers["content-type"].startswith("application/json")


async def test_a_private_network_may_be_asked_from_an_origin_that_may_call(http: httpx2.AsyncClient) -> None:
    asking = {"access-control-request-method": "GET", "access-control-request-private-network": "true"}

    answer = await http.options("/v1/specialists", headers={"origin": LOOPBACK[1], **asking})

    assert (answer.status_code, answer.headers["access-control-allow-private-network"]) == (200, "true")


@pytest.mark.parametrize(("path", "status"), ANSWERS.items())
async def test_a_page_can_read_every_answer(http: httpx2.AsyncClient, path: str, status: int) -> None:
    answer = await http.get(path, headers={"origin": LOOPBACK[1]})

    assert answer.status_code == status
    assert answer.headers.get_list("access-control-allow-origin") == [LOOPBACK[1]]
    assert set(answer.headers["access-control-expose-headers"].lower().split(", ")) == READABLE | {
        "x-cost",
        "x-sql-statements",
    }


@pytest.mark.parametrize("path", ["/v1/specialists", "/graphql?query={viewer{role}}"])
async def test_a_page_can_read_that_the_server_crashed(
    crashing_http: httpx2.AsyncClient, north: Clinic, path: str
) -> None:
    answer = await crashing_http.get(path, headers={"origin": LOOPBACK[1], **north.admin.headers})

    assert answer.status_code == 500
    assert answer.headers["access-control-allow-origin"] == LOOPBACK[1]

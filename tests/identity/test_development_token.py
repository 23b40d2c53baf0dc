"""``POST /development/token``: for the pages of a development server on this machine, and for nobody else."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import replace

import httpx2
import jwt
import pytest
from starlette.applications import Starlette

from app import make_app
from db.demo.ids import DEMO_CLINICS, DEMO_ROLES
from schema.server.settings import ServerSettings

ADMIN = {"clinic": "north", "role": "admin"}
ReadRequest = Callable[..., Awaitable[httpx2.Response]]
OF_PROXIES = (
    *("forwarded", "via", "x_forwarded_for", "x_forwarded_host", "x_forwarded_proto", "x_original_host"),
    *("x_real_ip", "x_client_ip", "true_client_ip", "cf_connecting_ip"),
)


@pytest.fixture
async def ask(app: Starlette) -> AsyncIterator[ReadRequest]:
    """ReadRequest for a token from ``client`` under the name ``host``, with ``headers``."""
    async with AsyncExitStack() as stack:

        async def request(
            body: object = ADMIN, *, client: str = "127.0.0.1", host: str = "localhost:8000", **headers: str
        ) -> httpx2.Response:
            transport = httpx2.ASGITransport(app, client=(client, 50_000))
            http = await stack.enter_async_context(httpx2.AsyncClient(transport=transport, base_url="http://localhost"))
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            return await http.post("/development/token", json=body, headers={"host": host, **names})

        yield request


@pytest.mark.parametrize("clinic", DEMO_CLINICS)
@pytest.mark.parametrize("role", DEMO_ROLES)
async def test_a_token_signs_in_as_the_person_for_a_minute(
    clinic: str, role: str, ask: ReadRequest, http: httpx2.AsyncClient
) -> None:
    answer = (await ask({"clinic": clinic, "role": role})).json()

    claims = jwt.decode(answer["token"], options={"verify_signature": False})
    viewer = await http.post(
        "/graphql",
        json={"query": "{ viewer { role organization { slug } } }"},
        headers={"authorization": f"Bearer {answer['token']}"},
    )
    assert (answer["expires_in"], claims["exp"] - claims["iat"]) == (60, 60)
    assert viewer.json() == {"data": {"viewer": {"role": role, "organization": {"slug": clinic}}}}


@pytest.mark.parametrize("host", ["localhost", "localhost:5173", "LOCALHOST:80", "127.0.0.1:8000", "[::1]:8000"])
@pytest.mark.parametrize("client", ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"])
async def test_a_page_of_this_server_gets_one(host: str, client: str, ask: ReadRequest) -> None:
    answer = await ask(client=client, host=host, origin=f"http://{host}", sec_fetch_site="same-origin")

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"


async def test_a_program_of_this_machine_gets_one(ask: ReadRequest) -> None:
    assert (await ask()).status_code == 200


@pytest.mark.parametrize(
    "request_of_a_stranger",
    [
        *({"client": client} for client in ("192.168.1.7", "::ffff:10.0.0.1", "2001:db8::1", "localhost", "")),
        *(
            {"host": host}
            for host in ("clinic.example", "localhost.evil.example", "evil-localhost", "127.0.0.1.evil.example", "")
        ),
        *({"host": host} for host in ("127.0.0.2", "localhost:port", "user@localhost", "localhost:8000/", "0.0.0.0")),
        *({"origin": origin} for origin in ("http://localhost:5173", "https://localhost:8000", "http://localhost")),
        *({"origin": origin} for origin in ("http://127.0.0.1:8000", "http://evil.example", "null")),
        *({"sec_fetch_site": site} for site in ("cross-site", "same-site", "none")),
        {"host": "evil.example:8000", "origin": "http://evil.example:8000", "sec_fetch_site": "same-origin"},
        *({name: "203.0.113.9"} for name in OF_PROXIES),
    ],
    ids=str,
)
async def test_to_everyone_else_there_is_nothing(request_of_a_stranger: dict[str, str], ask: ReadRequest) -> None:
    answer = await ask(**request_of_a_stranger)

    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"clinic": "north"},
        {"clinic": "west", "role": "admin"},
        {"clinic": "north", "role": "owner"},
        {"clinic": ["north"], "role": {}},
        [],
    ],
    ids=str,
)
async def test_only_the_persons_of_the_demo_have_tokens(body: object, ask: ReadRequest) -> None:
    answer = await ask(body)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_body")


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", ""])
async def test_a_form_cannot_ask(media_type: str, ask: ReadRequest) -> None:
    assert (await ask(content_type=media_type)).status_code == 415


@pytest.mark.parametrize("graphiql", [True, False])
async def test_in_production_there_is_no_such_address(graphiql: bool, settings: ServerSettings) -> None:
    app = make_app(replace(settings, environment="production", graphiql=graphiql))

    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://localhost") as http:
        answer = await http.post("/development/token", json=ADMIN)

    assert answer.status_code == 404
    assert "/development/token" not in {getattr(route, "path", "") for route in app.routes}

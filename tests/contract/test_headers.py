"""What every answer carries, whatever produced it: safe headers, a request id, one shape of error."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import httpx2
import pytest

from tests.clinic import Clinic

JSON = {"content-type": "application/json"}
NEW = b'{"name": "Dr. X", "slug": "dr-x"}'
SECURITY = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
HARMLESS = ["a", "0", "A-b_c.9", "x" * 64, "7d1c2f2e-0000-4000-8000-000000000000"]
DANGEROUS = [
    b"",
    b" ",
    b"a b",
    b"x" * 65,
    b"<script>",
    b'"',
    b"a;b",
    b"../x",
    b"a\r\nset-cookie: x",
    b"a\n",
    b"a\0",
    b"\xc3\xa9",
    b"\xff",
    b"%0d%0a",
    b"${x}",
    b"a,b",
]
REQUEST_ID = re.compile("[0-9a-f]{32}")


@dataclass(frozen=True)
class Kind:
    """A request, and the status and code it is answered with."""

    status: int
    code: str | None
    method: str
    path: str
    body: bytes | None = None
    headers: dict[str, str] | None = None
    role: str | None = "admin"


KINDS = {
    "list": Kind(200, None, "GET", "/v1/specialists"),
    "record": Kind(200, None, "GET", "/v1/specialists/{id}"),
    "head": Kind(200, None, "HEAD", "/v1/specialists/{id}"),
    "created": Kind(201, None, "POST", "/v1/specialists", NEW, JSON),
    "options": Kind(204, None, "OPTIONS", "/v1/specialists", role=None),
    "unchanged": Kind(304, None, "GET", "/v1/specialists/{id}", None, {"if-none-match": "*"}),
    "parameter": Kind(400, "invalid_page", "GET", "/v1/specialists?page=0"),
    "field": Kind(400, "name_required", "POST", "/v1/specialists", b'{"slug": "x"}', JSON),
    "fields": Kind(400, "name_required", "POST", "/v1/specialists", b"{}", JSON),
    "json": Kind(400, "invalid_json", "POST", "/v1/specialists", b"{", JSON),
    "object": Kind(400, "invalid_body", "POST", "/v1/specialists", b"[]", JSON),
    "anonymous": Kind(401, "unauthorized", "GET", "/v1/specialists", role=None),
    "forged": Kind(401, "unauthorized", "GET", "/v1/specialists", None, {"authorization": "Bearer x"}, None),
    "role": Kind(403, "forbidden", "DELETE", "/v1/specialists/{id}", role="patient"),
    "no record": Kind(404, "specialist_not_found", "GET", "/v1/specialists/0"),
    "no route": Kind(404, "not_found", "GET", "/nothing", role=None),
    "method": Kind(405, "method_not_allowed", "POST", "/v1/specialists/{id}"),
    "router's method": Kind(405, "method_not_allowed", "POST", "/livez", role=None),
    "conflict": Kind(409, "slug_exists", "POST", "/v1/specialists", b'{"name": "x", "slug": "taken"}', JSON),
    "version": Kind(412, "precondition_failed", "DELETE", "/v1/specialists/{id}", None, {"if-match": '"0"'}),
    "size": Kind(413, "body_too_large", "POST", "/v1/specialists", b" " * ((1 << 20) + 1), JSON),
    "type": Kind(415, "unsupported_media_type", "POST", "/v1/specialists", NEW),
    "live": Kind(200, None, "GET", "/livez", role=None),
    "graphql": Kind(200, None, "POST", "/graphql", b'{"query": "{ viewer { role } }"}', JSON),
    "graphql error": Kind(200, None, "POST", "/graphql", b'{"query": "{ specialist(id: 0) { id } }"}', JSON),
    "graphql body": Kind(400, None, "POST", "/graphql", b"{", JSON),
    "graphql anonymous": Kind(401, None, "POST", "/graphql", b"{}", JSON, None),
    "graphql method": Kind(405, None, "DELETE", "/graphql"),
}
ReadRequest = Callable[..., Awaitable[httpx2.Response]]


@pytest.fixture
async def ask(north: Clinic) -> ReadRequest:
    """Sends a kind of request in a clinic that has one specialist."""
    specialist = await north.add_specialist(slug="taken")

    async def send(kind: Kind, **more: str | bytes) -> httpx2.Response:
        authorization = north.member(kind.role).headers if kind.role else {}
        headers = {**authorization, **(kind.headers or {}), **more}
        path = kind.path.format(id=specialist)
        return await north.http.request(kind.method, path, headers=headers, content=kind.body)  # type: ignore[arg-type]

    return send


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
async def test_every_answer_is_safe_and_has_an_id(ask: ReadRequest, kind: Kind) -> None:
    answer = await ask(kind)

    assert answer.status_code == kind.status
    assert {name: answer.headers.get(name) for name in SECURITY} == SECURITY
    assert {"authorization", "origin"} <= set(answer.headers["vary"].lower().split(", "))
    assert REQUEST_ID.fullmatch(answer.headers["x-request-id"])


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
async def test_the_clients_own_id_comes_back(ask: ReadRequest, kind: Kind) -> None:
    answer = await ask(kind, **{"x-request-id": "Own-id_1.0"})

    assert answer.headers.get_list("x-request-id") == ["Own-id_1.0"]
    if kind.status >= 400 and kind.method != "HEAD":
        assert '"request_id":"Own-id_1.0"' in answer.text


@pytest.mark.parametrize("kind", [kind for kind in KINDS.values() if kind.code], ids=lambda kind: kind.code)
async def test_an_error_has_one_shape(ask: ReadRequest, kind: Kind) -> None:
    answer = await ask(kind)

    body = answer.json()
    error = body["error"]
    expected = ["code", "message", "field", "request_id", "errors"]
    assert (list(body), answer.headers["content-type"]) == (["error"], "application/json")
    assert list(error) == [name for name in expected if name in error]
    assert (error["code"], error["request_id"]) == (kind.code, answer.headers["x-request-id"])
    assert error["message"]
    assert isinstance(error["message"], str)


@pytest.mark.parametrize("own", HARMLESS)
async def test_a_harmless_id_is_taken(http: httpx2.AsyncClient, own: str) -> None:
    answer = await http.get("/livez", headers={"x-request-id": own})

    assert answer.headers["x-request-id"] == own


@pytest.mark.parametrize("own", DANGEROUS)
@pytest.mark.parametrize("path", ["/livez", "/nothing"])
async def test_any_other_id_is_replaced(http: httpx2.AsyncClient, path: str, own: bytes) -> None:
    answer = await http.get(path, headers={b"x-request-id": own})

    assert REQUEST_ID.fullmatch(answer.headers["x-request-id"])
    assert "set-cookie" not in answer.headers


async def test_no_two_requests_share_an_id(http: httpx2.AsyncClient) -> None:
    answers = [await http.get("/livez") for _ in range(10)]

    assert len({answer.headers["x-request-id"] for answer in answers}) == 10


@pytest.mark.parametrize("path", ["/v1/specialists", "/graphql?query=%7B__typename%7D"])
@pytest.mark.parametrize(
    ("authorization", "challenge"),
    [
        (None, r'Bearer realm="clinic"'),
        ("Bearer x", r'Bearer realm="clinic", error="invalid_token", error_description="[^"\\]+"'),
        ("Basic eDp5", r'Bearer realm="clinic", error="invalid_token", error_description="[^"\\]+"'),
    ],
)
async def test_who_is_unknown_hears_how_to_sign_in(
    http: httpx2.AsyncClient, path: str, authorization: str | None, challenge: str
) -> None:
    answer = await http.get(path, headers={"authorization": authorization} if authorization else {})

    assert answer.status_code == 401
    assert re.fullmatch(challenge, answer.headers["www-authenticate"])


async def test_who_is_known_but_may_not_hears_nothing_of_the_kind(north: Clinic) -> None:
    answer = await north.patient.rest("DELETE", "/v1/specialists/1")

    assert answer.status_code == 403
    assert "www-authenticate" not in answer.headers

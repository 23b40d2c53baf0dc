"""What only a real socket shows: preflights, encodings, HEAD, and a client that offers another protocol."""

from collections.abc import Iterator

import httpx
import pytest
from zstandard import ZstdDecompressor

from tests.operation.commands import PATIENCE, Commands, Running

PAGE = "http://localhost:5173"
LIST = "/v1/specialists?include=specialties,user"
KNOCK = {
    "connection": "Upgrade",
    "upgrade": "websocket",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
    "sec-websocket-version": "13",
    "sec-websocket-protocol": "graphql-transport-ws",
}


@pytest.fixture(scope="module")
def running(commands: Commands) -> Iterator[Running]:
    """A server that somebody has given a setting which is none."""
    with commands.serving(CORS_ORIGIN=PAGE) as server:
        yield server


@pytest.fixture(scope="module")
def client(running: Running, commands: Commands) -> Iterator[httpx.Client]:
    """An admin on one connection that is kept."""
    signed = {"authorization": f"Bearer {commands.token()}"}
    with httpx.Client(base_url=running.address, headers=signed, timeout=PATIENCE) as client:
        yield client


def test_a_page_of_this_machine_asks_and_reads(client: httpx.Client) -> None:
    asking = {"origin": PAGE, "access-control-request-method": "POST", "access-control-request-headers": "x-apollo"}

    preflight = client.options("/graphql", headers=asking)
    answer = client.post("/graphql", headers={"origin": PAGE, "x-apollo": "1"}, json={"query": "{ viewer { role } }"})

    assert (preflight.status_code, preflight.headers["access-control-allow-headers"]) == (200, "x-apollo")
    assert answer.json() == {"data": {"viewer": {"role": "admin"}}}
    assert answer.headers["access-control-allow-origin"] == PAGE
    assert "server-timing" in answer.headers["access-control-expose-headers"].lower()


@pytest.mark.parametrize("path", [LIST, "/docs", "/openapi.json"])
def test_the_body_is_as_long_as_announced(client: httpx.Client, path: str) -> None:
    plain = client.get(path, headers={"accept-encoding": "identity"})

    with client.stream("GET", path, headers={"accept-encoding": "zstd"}) as answer:
        body = b"".join(answer.iter_raw())
    head = client.head(path, headers={"accept-encoding": "zstd"})

    assert answer.headers["content-encoding"] == "zstd"
    assert ZstdDecompressor().decompress(body) == plain.content
    assert answer.headers["content-length"] == head.headers["content-length"] == str(len(body))
    assert (head.content, head.headers.get("etag")) == (b"", plain.headers.get("etag"))


def test_a_document_is_not_sent_twice(client: httpx.Client) -> None:
    first = client.get("/docs")

    again = client.get("/docs", headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]


@pytest.mark.parametrize(("path", "status"), [("/graphql", 400), ("/v1/specialists/0", 404), ("/nothing", 404)])
def test_a_websocket_knock_is_answered_over_http(
    client: httpx.Client, commands: Commands, path: str, status: int
) -> None:
    answer = client.get(path, headers=KNOCK)
    after = client.get("/livez")

    assert (answer.status_code, after.status_code) == (status, 200)
    assert answer.headers["content-type"].startswith("application/json")
    assert "error" in answer.text
    assert not [word for word in ("upgrade", "websocket", "Traceback") if word in commands.output().lower()]


def test_a_setting_that_is_none_is_told_at_the_start(client: httpx.Client, commands: Commands) -> None:
    client.get("/livez")

    assert commands.output().count("CORS_ORIGIN is no setting and has no effect; CORS_ORIGINS is one") == 1


def test_requests_are_not_logged(client: httpx.Client, commands: Commands) -> None:
    client.get("/livez")

    assert "/livez" not in commands.output()

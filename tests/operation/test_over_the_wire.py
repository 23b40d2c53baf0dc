"""What only a real socket shows: preflights, encodings, HEAD, and a client that offers another protocol."""

import socket
from collections.abc import Iterator
from itertools import pairwise

import httpx2
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
def client(running: Running, commands: Commands) -> Iterator[httpx2.Client]:
    """An admin on one connection that is kept."""
    headers = {"authorization": f"Bearer {commands.token()}"}
    with httpx2.Client(base_url=running.address, headers=headers, timeout=PATIENCE) as client:
        yield client


def test_a_page_of_this_machine_asks_and_reads(client: httpx2.Client) -> None:
    asking = {"origin": PAGE, "access-control-request-method": "POST", "access-control-request-headers": "x-apollo"}

    preflight = client.options("/graphql", headers=asking)
    answer = client.post("/graphql", headers={"origin": PAGE, "x-apollo": "1"}, json={"query": "{ viewer { role } }"})

    assert (preflight.status_code, preflight.headers["access-control-allow-headers"]) == (200, "x-apollo")
    assert answer.json() == {"data": {"viewer": {"role": "admin"}}}
    assert answer.headers["access-control-allow-origin"] == PAGE
    assert "server-timing" in answer.headers["access-control-expose-headers"].lower()


@pytest.mark.parametrize("path", [LIST, "/docs", "/openapi.json"])
def test_the_body_is_as_long_as_announced(client: httpx2.Client, path: str) -> None:
    plain = client.get(path, headers={"accept-encoding": "identity"})

    with client.stream("GET", path, headers={"accept-encoding": "zstd"}) as answer:
        body = b"".join(answer.iter_raw())
    head = client.head(path, headers={"accept-encoding": "zstd"})

    assert answer.headers["content-encoding"] == "zstd"
    assert ZstdDecompressor().decompress(body) == plain.content
    assert answer.headers["content-length"] == head.headers["content-length"] == str(len(body))
    assert (head.content, head.headers.get("etag")) == (b"", plain.headers.get("etag"))


def test_a_document_is_not_sent_twice(client: httpx2.Client) -> None:
    first = client.get("/docs")

    again = client.get("/docs", headers={"if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["content-security-policy"] == first.headers["content-security-policy"]


@pytest.mark.parametrize(("path", "status"), [("/graphql", 400), ("/v1/specialists/0", 404), ("/nothing", 404)])
def test_a_websocket_knock_is_answered_over_http(
    client: httpx2.Client, commands: Commands, path: str, status: int
) -> None:
    answer = client.get(path, headers=KNOCK)
    after = client.get("/livez")

    assert (answer.status_code, after.status_code) == (status, 200)
    assert answer.headers["content-type"].startswith("application/json")
    assert "error" in answer.text
    assert not [word for word in ("upgrade", "websocket", "Traceback") if word in commands.output().lower()]


def test_a_setting_that_is_none_is_told_at_the_start(client: httpx2.Client, commands: Commands) -> None:
    client.get("/livez")

    assert commands.output().count("CORS_ORIGIN is no setting and has no effect; CORS_ORIGINS is one") == 1


def test_requests_are_not_logged(client: httpx2.Client, commands: Commands) -> None:
    client.get("/livez")

    assert "/livez" not in commands.output()


def exchange(running: Running, *pieces: bytes) -> list[bytes]:
    """The answers to what is sent piece by piece on one connection, which the last request closes."""
    host, port = running.address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), PATIENCE) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for piece in pieces:
            connection.sendall(piece)
        with connection.makefile("rb") as answers:
            return answers.read().split(b"HTTP/1.1 ")[1:]


@pytest.mark.parametrize("cuts", [(), (40,), (-1,), (-30,), (60, -10), (-500, -5)])
def test_a_request_that_offers_http2_keeps_its_body(
    running: Running, commands: Commands, cuts: tuple[int, ...]
) -> None:
    body = b'{"query": "{ viewer { role } }"}'
    upgrade = b"Connection: Upgrade, HTTP2-ServerSettings\r\nUpgrade: h2c\r\nHTTP2-ServerSettings: AAMAAABkAAQAAP__\r\n"
    authorization = f"Host: localhost\r\nAuthorization: Bearer {commands.token()}\r\n".encode()
    head = b"POST /graphql HTTP/1.1\r\n" + authorization + b"Content-Type: application/json\r\n"
    request = head + upgrade + b"Content-Length: %d\r\n\r\n" % len(body) + body
    last = b"GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    edges = [0, *(number % len(request) for number in cuts), len(request)]

    answers = exchange(running, *(request[start:end] for start, end in pairwise(edges)), request + last)

    assert [answer[:3] for answer in answers] == [b"200"] * 3
    assert [answer.endswith(b'{"data":{"viewer":{"role":"admin"}}}') for answer in answers] == [True, True, False]


def test_thousands_of_offers_in_one_packet_are_answered_one_after_the_other(
    running: Running, commands: Commands
) -> None:
    offer = b"GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"
    last = b"GET /livez HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

    answers = exchange(running, offer * 3_000 + last)

    assert len(answers) == 3_001
    assert {answer[:3] for answer in answers} == {b"200"}
    assert "Traceback" not in commands.output()


@pytest.mark.parametrize("request_line", [b"CONNECT localhost:80 HTTP/1.1", b"nonsense", b"GET / HTTP/9.9"])
def test_a_request_that_is_none_is_refused_and_the_server_lives(
    running: Running, client: httpx2.Client, commands: Commands, request_line: bytes
) -> None:
    answers = exchange(running, request_line + b"\r\nHost: localhost\r\nConnection: close\r\n\r\n")

    assert [answer[:1] for answer in answers] == [b"4"]
    assert client.get("/livez").status_code == 200
    assert "Traceback" not in commands.output()

"""Compressed answers: what the client prefers, what is worth it, and that nothing else of the answer changes."""

import gzip
import json
from collections.abc import Callable

import httpx2
import pytest
from starlette.types import Message, Receive, Scope, Send
from zstandard import ZstdDecompressor

from schema.http.compression import Compression, preferred_encoding
from tests.clinic import Clinic

DECODERS: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.decompress, "zstd": ZstdDecompressor().decompress}
PREFERENCES = {
    "gzip": "gzip",
    "zstd": "zstd",
    "ZSTD": "zstd",
    "gzip, deflate, br, zstd": "zstd",
    "gzip;q=1.0, zstd;q=0.5": "gzip",
    "gzip ; q=0.5, zstd;q=0.5": "zstd",
    "zstd;q=0, gzip": "gzip",
    "zstd;q=0.000, gzip;q=0": None,
    "*": "zstd",
    "*;q=0.1, zstd;q=0": "gzip",
    "*;q=0": None,
    "identity": None,
    "identity;q=1, gzip;q=0.5": None,
    "identity;q=0.5, gzip;q=0.5": "gzip",
    "identity;q=0, gzip;q=0.1": "gzip",
    "br": None,
    "deflate": None,
    "gzip;q=2": None,
    "gzip;q=x": None,
    "gzip;level=9": None,
    "gzipped": None,
    "": None,
    " , ,": None,
}
ADDRESSES = ["/v1/specialists?include=specialties", "/graphql?query={specialists{nodes{id name slug createdAt}}}"]
MODERN = {"accept": "application/graphql-response+json"}


@pytest.mark.parametrize(("accept", "encoding"), PREFERENCES.items())
def test_the_client_chooses(accept: str, encoding: str | None) -> None:
    assert preferred_encoding(accept) == encoding


@pytest.fixture
async def clinic(north: Clinic) -> Clinic:
    """A clinic with a page of specialists."""
    for number in range(25):
        await north.add_specialist(name=f"Dr. Number {number}")
    return north


async def fetch(clinic: Clinic, path: str, method: str = "GET", **headers: str) -> tuple[httpx2.Response, bytes]:
    """The answer, and its body as it was sent."""
    asking = clinic.patient.headers | {name.replace("_", "-"): value for name, value in headers.items()}
    async with clinic.http.stream(method, path, headers=asking) as answer:
        return answer, b"".join([piece async for piece in answer.aiter_raw()])


@pytest.mark.parametrize("encoding", DECODERS)
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("more", [{}, MODERN], ids=["json", "graphql"])
async def test_only_the_bytes_differ(clinic: Clinic, address: str, encoding: str, more: dict[str, str]) -> None:
    plain, body = await fetch(clinic, address, accept_encoding="identity", **more)

    answer, small = await fetch(clinic, address, accept_encoding=encoding, **more)

    same = [name for name in ("etag", "content-type", "link", "cache-control", "vary") if name in plain.headers]
    assert DECODERS[encoding](small) == body
    assert answer.headers["content-encoding"] == encoding
    assert int(answer.headers["content-length"]) == len(small) < len(body)
    assert [answer.headers[name] for name in same] == [plain.headers[name] for name in same]
    assert "accept-encoding" in answer.headers["vary"].lower()


async def test_a_client_that_asks_for_nothing_gets_the_plain_body(clinic: Clinic) -> None:
    asking = clinic.patient.headers

    request = clinic.http.build_request("GET", ADDRESSES[0], headers=asking)
    del request.headers["accept-encoding"]
    answer = await clinic.http.send(request)

    assert "content-encoding" not in answer.headers
    assert len(answer.json()["data"]) == 25


async def test_a_small_answer_stays_as_it_is(north: Clinic) -> None:
    answer, body = await fetch(north, "/v1/specialists", accept_encoding="gzip")

    assert "content-encoding" not in answer.headers
    assert json.loads(body)["data"] == []


@pytest.mark.parametrize(("size", "compressed"), [(1_023, False), (1_024, True)])
async def test_a_kilobyte_is_where_it_begins(size: int, compressed: bool) -> None:
    messages = await answer_of([b"x" * size], [(b"content-type", b"text/plain")])

    assert (b"content-encoding", b"gzip") in messages[0]["headers"] or not compressed
    assert (len(messages[1]["body"]) < size) is compressed


@pytest.mark.parametrize(
    "headers",
    [
        [(b"content-type", b"image/png")],
        [(b"content-type", b"application/octet-stream")],
        [(b"content-type", b"application/jsonp")],
        [],
        [(b"content-type", b"text/plain"), (b"content-encoding", b"br")],
        [(b"content-type", b"text/plain"), (b"content-range", b"bytes 0-4999/9999")],
    ],
)
async def test_what_is_no_plain_text_is_passed_on(headers: list[tuple[bytes, bytes]]) -> None:
    messages = await answer_of([b"x" * 5_000], headers)

    assert messages[0]["headers"] == headers
    assert messages[1]["body"] == b"x" * 5_000


async def test_what_comes_in_pieces_is_passed_on() -> None:
    pieces = [b"x" * 5_000, b"y" * 5_000, b""]

    messages = await answer_of(pieces, [(b"content-type", b"text/plain")])

    assert messages[0]["headers"] == [(b"content-type", b"text/plain")]
    assert [message["body"] for message in messages[1:]] == pieces


async def test_head_announces_what_get_sends(clinic: Clinic) -> None:
    get, _ = await fetch(clinic, ADDRESSES[0], accept_encoding="zstd")
    head, _ = await fetch(clinic, ADDRESSES[0], "HEAD", accept_encoding="zstd")

    names = ("content-length", "content-encoding", "etag")
    assert [head.headers.get(name) for name in names] == [get.headers.get(name) for name in names]


async def test_the_tag_of_a_compressed_answer_is_that_of_the_record(north: Clinic) -> None:
    specialist = await north.add_specialist(description="text " * 500)
    path = f"/v1/specialists/{specialist}"
    read, _ = await fetch(north, path, accept_encoding="zstd")

    again, body = await fetch(north, path, accept_encoding="zstd", if_none_match=read.headers["etag"])
    response = await north.admin.rest("PUT", path, {"name": "Dr. Next"}, if_match=read.headers["etag"])

    assert read.headers["content-encoding"] == "zstd"
    assert (again.status_code, body) == (304, b"")
    assert response.status_code == 200


async def answer_of(pieces: list[bytes], headers: list[tuple[bytes, bytes]]) -> list[Message]:
    """What goes out of the middleware when an application sends ``pieces`` to a client of gzip."""
    messages: list[Message] = []

    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        for piece in pieces:
            await send({"type": "http.response.body", "body": piece, "more_body": len(pieces) > 1 and piece != b""})

    async def send(message: Message) -> None:
        messages.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    await Compression(app)({"type": "http", "headers": [(b"accept-encoding", b"gzip")]}, receive, send)
    return messages

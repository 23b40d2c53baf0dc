"""Documents that never change: kept by clients, asked after with their tag, compressed once."""

import gzip
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from starlette.types import Message
from zstandard import ZstdDecompressor

from schema.http.static_document import StaticDocument

PATHS = ["/", "/docs", "/docs/", "/openapi.json"]
IDENTITY = {"accept-encoding": "identity"}
HEADERS = ("etag", "cache-control", "content-security-policy")
DECODERS: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.decompress, "zstd": ZstdDecompressor().decompress}


@pytest.mark.parametrize("path", PATHS)
async def test_it_may_be_kept_but_is_asked_after(http: httpx2.AsyncClient, path: str) -> None:
    answer = await http.get(path)

    assert answer.status_code == 200
    assert answer.headers.get_list("cache-control") == ["no-cache"]
    assert answer.headers["etag"].startswith('"')


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', "*"])
async def test_who_has_it_gets_no_body_and_keeps_its_headers(http: httpx2.AsyncClient, path: str, form: str) -> None:
    first = await http.get(path)

    answer = await http.get(path, headers={"if-none-match": form.format(first.headers["etag"])})

    assert (answer.status_code, answer.content) == (304, b"")
    assert [answer.headers[name] for name in HEADERS] == [first.headers[name] for name in HEADERS]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("encoding", DECODERS)
async def test_every_encoding_is_the_same_document(http: httpx2.AsyncClient, path: str, encoding: str) -> None:
    plain = await http.get(path, headers=IDENTITY)

    async with http.stream("GET", path, headers={"accept-encoding": encoding}) as answer:
        body = b"".join([piece async for piece in answer.aiter_raw()])

    assert "content-encoding" not in plain.headers
    assert answer.headers["content-encoding"] == encoding
    assert int(answer.headers["content-length"]) == len(body) < len(plain.content)
    assert DECODERS[encoding](body) == plain.content
    assert [answer.headers[name] for name in HEADERS] == [plain.headers[name] for name in HEADERS]
    assert "accept-encoding" in answer.headers["vary"].lower()


@pytest.mark.parametrize("path", PATHS)
async def test_it_answers_no_other_method(http: httpx2.AsyncClient, path: str) -> None:
    answer = await http.post(path)

    assert (answer.status_code, answer.json()["error"]["code"]) == (405, "method_not_allowed")


@pytest.mark.parametrize("encoding", DECODERS)
async def test_it_is_compressed_once(encoding: str) -> None:
    document = StaticDocument("text " * 1_000, "text/plain")

    bodies = [await body_of(document, encoding) for _ in range(2)]

    assert bodies[0] is bodies[1]


@pytest.mark.parametrize(("content", "media_type"), [(b"x" * 1_023, "text/plain"), (b"x" * 5_000, "image/png")])
async def test_what_is_small_or_no_text_stays_as_it_is(content: bytes, media_type: str) -> None:
    assert await body_of(StaticDocument(content, media_type), "gzip") == content


def test_the_tag_is_that_of_the_bytes() -> None:
    snapshot = (Path(__file__).parents[2] / "schema" / "openapi.json").read_bytes()
    tags = [StaticDocument(content, "application/json").etag for content in (snapshot, snapshot, snapshot + b" ")]

    assert tags[0] == tags[1] != tags[2]


def test_a_caller_may_let_clients_keep_it_for_ever() -> None:
    document = StaticDocument("x", "text/css", {"cache-control": "public, max-age=31536000, immutable"})

    assert document.headers.getlist("cache-control") == ["public, max-age=31536000, immutable"]


async def body_of(document: StaticDocument, encoding: str) -> bytes:
    messages: list[Message] = []

    async def send(message: Message) -> None:
        messages.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    headers = [(b"accept-encoding", encoding.encode())]
    await document({"type": "http", "method": "GET", "path": "/", "headers": headers}, receive, send)
    body: bytes = messages[1]["body"]
    return body

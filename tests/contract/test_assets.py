"""The files of the built pages: kept for ever under their names, compressed, and no others."""

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
import zstandard
from starlette.applications import Starlette
from starlette.routing import Route

from resolvers.errors.request import NotFound
from schema.http.errors import on_error
from schema.http.static_document import StaticDocument
from schema.pages.assets import Assets

SCRIPT = b"const answer = 42;\n" * 100
FONT = b"font" * 1_000


@pytest.fixture
async def assets(tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    """A build of two files, with a secret beside them."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "main-a1b2.js").write_bytes(SCRIPT)
    (tmp_path / "assets" / "icons-c3d4.ttf").write_bytes(FONT)
    (tmp_path / "secret.js").write_bytes(b"secret")
    routes = [Route("/assets/{name:path}", Assets(tmp_path / "assets").get)]
    app = Starlette(routes=routes, exception_handlers={NotFound: on_error})

    async def with_id(scope, receive, send):  # type: ignore[no-untyped-def]
        await app(scope | {"request_id": "test"}, receive, send)

    transport = httpx2.ASGITransport(with_id)
    async with httpx2.AsyncClient(transport=transport, base_url="http://clinic.test") as client:
        yield client


@pytest.mark.parametrize("encoding", ["zstd", "gzip", "identity"])
async def test_an_asset_is_kept_for_ever_in_the_encoding_of_the_client(
    encoding: str, assets: httpx2.AsyncClient
) -> None:
    decode = {"zstd": lambda body: zstandard.ZstdDecompressor().decompress(body), "gzip": gzip.decompress}
    async with assets.stream("GET", "/assets/main-a1b2.js", headers={"accept-encoding": encoding}) as answer:
        body = b"".join([part async for part in answer.aiter_raw()])

    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert answer.headers.get("content-encoding", "identity") == encoding
    assert decode.get(encoding, bytes)(body) == SCRIPT


async def test_a_font_has_its_own_type_and_is_never_compressed(
    assets: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(StaticDocument, "encoded")
    answer = await assets.get("/assets/icons-c3d4.ttf", headers={"accept-encoding": "zstd"})

    assert (answer.status_code, answer.headers["content-type"], answer.content) == (200, "font/ttf", FONT)


async def test_a_file_that_a_later_build_removed_is_not_there(assets: httpx2.AsyncClient, tmp_path: Path) -> None:
    (tmp_path / "assets" / "main-a1b2.js").unlink()

    assert (await assets.get("/assets/main-a1b2.js")).status_code == 404


async def test_a_file_is_read_and_compressed_once(assets: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch) -> None:
    first = await assets.get("/assets/main-a1b2.js", headers={"accept-encoding": "gzip"})
    monkeypatch.delattr("schema.pages.assets.to_thread")

    second = await assets.get("/assets/main-a1b2.js", headers={"accept-encoding": "gzip"})
    assert second.content == first.content == SCRIPT


@pytest.mark.parametrize(
    "name",
    [
        "../secret.js",
        "..%2fsecret.js",
        "%2e%2e/secret.js",
        "..%5csecret.js",
        "%2e",
        "main-a1b2.js/",
        "MAIN-A1B2.JS",
        "main-a1b2.js%00",
        "/etc/passwd",
        "%2fetc%2fpasswd",
        "other.js",
        "",
    ],
)
async def test_nothing_but_the_files_of_the_build_is_served(name: str, assets: httpx2.AsyncClient) -> None:
    answer = await assets.get(f"/assets/{name}")

    assert answer.status_code == 404
    assert b"secret" not in answer.content


@pytest.mark.parametrize("path", ["/favicon.ico", "/favicon.svg"])
async def test_there_is_an_icon_where_browsers_look_for_one(path: str, http: httpx2.AsyncClient) -> None:
    answer = await http.get(path)

    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/svg+xml")
    assert answer.text.startswith("<svg")

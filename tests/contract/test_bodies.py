"""Check which request bodies are read, and the errors for those that are not."""

from collections.abc import AsyncIterator, Iterator

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.types import Message

from tests.clinic import Clinic

LIMIT = 1 << 20
GOOD = b'{"name": "Dr. X", "slug": "dr-x"}'
JSON = {"content-type": "application/json"}
WRITES = ["POST", "PUT"]

NOT_JSON_TYPES = [
    None,
    "",
    "text/plain",
    "application/xml",
    "application/jsonx",
    "application/json5",
    "text/json",
    "application/json; charset=latin-1",
    "application/json; charset=utf-16",
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "*/*",
]
JSON_TYPES = [
    "application/json",
    "APPLICATION/JSON",
    'application/json; charset="UTF-8"',
    "application/json;charset=utf-8",
]
NOT_JSON = {
    "nothing": b"",
    "blank": b" \n",
    "open": b"{",
    "quotes": b"{'name': 'x'}",
    "no quotes": b"{name: 1}",
    "comma": b'{"name": 1,}',
    "two": GOOD + GOOD,
    "tail": GOOD + b"x",
    "not a number": b'{"name": NaN}',
    "infinity": b'{"name": -Infinity}',
    "octal": b'{"name": 01}',
    "raw newline": b'{"name": "a\nb"}',
    "raw nul": b'{"name": "a\0b"}',
    "escape": b'{"name": "\\x41"}',
    "comment": b'{"name": 1 /* x */}',
    "latin-1": b'{"name": "\xe9"}',
    "overlong": b'{"name": "\xc0\x80"}',
    "raw surrogate": b'{"name": "\xed\xa0\x80"}',
    "byte order mark": b"\xef\xbb\xbf" + GOOD,
    "utf-16": GOOD.decode().encode("utf-16"),
    "nul at the end": GOOD + b"\0",
    "deep lists": b"[" * 20_000,
    "deep objects": b'{"a":' * 20_000,
    "deep and closed": b"[" * 20_000 + b"]" * 20_000,
    "endless number": b'{"name": ' + b"9" * 5_000 + b"}",
    "form": b"name=x&slug=y",
}
NOT_OBJECTS = [b"[]", b"[{}]", b"null", b"true", b"0", b"1.5e3", b'"x"', b' "{}" ']


async def send(clinic: Clinic, method: str, body: bytes, headers: dict[str, str]) -> httpx2.Response:
    path = "/v1/specialists" if method == "POST" else f"/v1/specialists/{await clinic.add_specialist()}"
    return await clinic.http.request(method, path, headers=clinic.admin.headers | headers, content=body)


@pytest.mark.parametrize("media_type", NOT_JSON_TYPES)
@pytest.mark.parametrize("method", WRITES)
async def test_a_body_is_announced_as_json(north: Clinic, method: str, media_type: str | None) -> None:
    headers = {} if media_type is None else {"content-type": media_type}

    answer = await send(north, method, GOOD, headers)

    assert (answer.status_code, answer.json()["error"]["code"]) == (415, "unsupported_media_type")


@pytest.mark.parametrize("media_type", JSON_TYPES)
@pytest.mark.parametrize("method", WRITES)
async def test_json_is_utf_8(north: Clinic, method: str, media_type: str) -> None:
    answer = await send(north, method, GOOD.replace(b"X", "Ștefan".encode()), {"content-type": media_type})

    assert answer.status_code in (200, 201)
    assert answer.json()["data"]["name"] == "Dr. Ștefan"
    assert "Dr. Ștefan".encode() in answer.content


@pytest.mark.parametrize("body", NOT_JSON.values(), ids=NOT_JSON)
@pytest.mark.parametrize("method", WRITES)
async def test_what_is_not_json_is_told_so(north: Clinic, method: str, body: bytes) -> None:
    answer = await send(north, method, body, JSON)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_json")


@pytest.mark.parametrize("body", NOT_OBJECTS)
@pytest.mark.parametrize("method", WRITES)
async def test_json_that_is_no_object_is_told_so(north: Clinic, method: str, body: bytes) -> None:
    answer = await send(north, method, body, JSON)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "invalid_body")


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"x" * 100])
async def test_a_delete_does_not_look_at_its_body(north: Clinic, body: bytes) -> None:
    answer = await send(north, "DELETE", body, JSON)

    assert answer.status_code == 200


@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize("size", [LIMIT - 1, LIMIT])
async def test_a_mebibyte_is_read(north: Clinic, method: str, size: int) -> None:
    answer = await send(north, method, GOOD.ljust(size), JSON)

    assert answer.status_code in (200, 201)


@pytest.mark.parametrize("method", WRITES)
async def test_one_byte_more_is_too_large(north: Clinic, method: str) -> None:
    answer = await send(north, method, GOOD.ljust(LIMIT + 1), JSON)

    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "body_too_large")


@pytest.mark.parametrize("path", ["/v1/specialists", "/v1/specialties", "/graphql"])
async def test_a_large_body_is_refused_by_its_announcement(north: Clinic, path: str) -> None:
    async def body() -> AsyncIterator[bytes]:
        raise AssertionError("nobody need read this")
        yield b""

    headers = north.admin.headers | JSON | {"content-length": str(LIMIT + 1)}
    answer = await north.http.post(path, headers=headers, content=body())

    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/v1/specialists", "/v1/specialties", "/graphql"])
async def test_a_large_body_that_was_not_announced_is_not_read_to_its_end(north: Clinic, path: str) -> None:
    chunk_count = 0

    async def body() -> AsyncIterator[bytes]:
        nonlocal chunk_count
        for _ in range(100):
            chunk_count += 1
            yield b" " * (LIMIT // 4)

    answer = await north.http.post(path, headers=north.admin.headers | JSON, content=body())

    assert answer.status_code == 413
    assert chunk_count == 5


async def test_a_body_in_pieces_is_one_body(north: Clinic) -> None:
    async def body() -> AsyncIterator[bytes]:
        for byte in GOOD:
            yield bytes([byte])

    answer = await north.http.post("/v1/specialists", headers=north.admin.headers | JSON, content=body())

    assert answer.status_code == 201


@pytest.mark.parametrize(
    ("headers", "body"),
    [({}, GOOD), (JSON, b"{"), (JSON, b"[]"), (JSON, b" " * (LIMIT + 1))],
    ids=["type", "json", "object", "size"],
)
@pytest.mark.parametrize("method", WRITES)
async def test_who_may_not_write_hears_nothing_of_the_body(
    north: Clinic, method: str, headers: dict[str, str], body: bytes
) -> None:
    path = "/v1/specialists" if method == "POST" else f"/v1/specialists/{await north.add_specialist()}"

    answer = await north.http.request(method, path, headers=north.patient.headers | headers, content=body)

    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "forbidden")


@pytest.mark.parametrize("body", [*NOT_JSON.values(), *NOT_OBJECTS], ids=[*NOT_JSON, *map(str, NOT_OBJECTS)])
async def test_graphql_reads_the_same_bodies(north: Clinic, body: bytes) -> None:
    answer = await north.http.post("/graphql", headers=north.admin.headers | JSON, content=body)

    code = answer.json()["errors"][0]["extensions"]["code"]
    assert answer.status_code == 400
    assert code == ("invalid_body" if body in NOT_OBJECTS else "invalid_json")


@pytest.mark.parametrize("path", ["/v1/specialists", "/graphql"])
async def test_a_client_that_goes_away_is_no_crash(
    path: str, app: Starlette, north: Clinic, caplog: pytest.LogCaptureFixture
) -> None:
    messages: Iterator[Message] = iter(
        [{"type": "http.request", "body": b'{"na', "more_body": True}, {"type": "http.disconnect"}]
    )
    headers = {**north.admin.headers, "content-type": "application/json"}
    replies: list[Message] = []

    async def receive() -> Message:
        return next(messages)

    async def send(message: Message) -> None:
        replies.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": path,
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
    }
    await app(scope, receive, send)

    assert replies == []
    assert [record.levelname for record in caplog.records if record.levelname in ("ERROR", "CRITICAL")] == []

"""JSON may be 64 levels deep, whatever Python's own limit is; brackets in strings are no levels."""

import httpx2
import pytest

from tests.clinic import Clinic

JSON = {"content-type": "application/json"}


def nested(depth: int, *, objects: bool) -> bytes:
    """Return an object with two strings full of brackets and a value below, ``depth`` levels in all."""
    opening, closing = (b'{"a":', b"}") if objects else (b"[", b"]")
    text = b'"\\\\' + b"[{" * 200 + b'\\""'
    return (
        b'{"query": "{ viewer { role } }", "name": "Dr. X", "slug": "dr-x", '
        + b'"before": %s, "extra": %s%s%s, "after": %s}'
        % (text, opening * (depth - 1), b"1", closing * (depth - 1), text)
    )


@pytest.mark.parametrize("objects", [True, False], ids=["objects", "lists"])
@pytest.mark.parametrize("path", ["/v1/specialists", "/graphql"])
async def test_json_may_be_64_levels_deep(north: Clinic, path: str, objects: bool) -> None:
    headers = north.admin.headers | JSON

    fitting = await north.http.post(path, headers=headers, content=nested(64, objects=objects))
    deeper = await north.http.post(path, headers=headers, content=nested(65, objects=objects))

    assert fitting.status_code == (201 if path == "/v1/specialists" else 200)
    assert deeper.status_code == 400
    assert '"code":"invalid_json"' in deeper.text


@pytest.mark.parametrize("closing", ["]", "}"])
async def test_many_brackets_side_by_side_are_not_deep(north: Clinic, closing: str) -> None:
    pairs = ",".join(['"]}"', "[]", "{}", f'["[", {{"a": [1]}}, "{closing}"]'] * 5_000)
    body = f'{{"name": "Dr. X", "slug": "dr-x", "extra": [{pairs}]}}'

    answer = await north.http.post("/v1/specialists", headers=north.admin.headers | JSON, content=body)

    assert answer.status_code == 201


@pytest.mark.parametrize("name", ["variables", "extensions"])
async def test_parameters_of_an_address_may_be_64_levels_deep(north: Clinic, name: str) -> None:
    async def fetch(depth: int) -> httpx2.Response:
        value = '{"[[\\"{{": ' + "[" * (depth - 1) + "]" * (depth - 1) + "}"
        parameters = {"query": "{ viewer { role } }", name: value}
        return await north.http.get("/graphql", params=parameters, headers=north.admin.headers)

    fitting, deeper = await fetch(64), await fetch(65)

    assert (fitting.status_code, fitting.json()) == (200, {"data": {"viewer": {"role": "admin"}}})
    assert (deeper.status_code, deeper.json()["errors"][0]["extensions"]["code"]) == (400, "invalid_json")

"""Whatever a body holds, the response is an error of the client in GraphQL's shape."""

import json

import pytest

from tests.client import post
from tests.clinic import Clinic

QUERY = '"query": "{ viewer { role } }"'

NO_JSON: dict[str, bytes] = {
    "nothing": b"",
    "blanks": b"  \n ",
    "a word": b"x",
    "cut short": b'{"query": "{ viewer',
    "single quotes": b"{'query': '{ viewer { role } }'}",
    "a trailing comma": b'{"query": "{ viewer { role } }",}',
    "two objects": b"{} {}",
    "invalid UTF-8": b'{"query": "\xff\xfe"}',
    "an overlong form": b'{"query": "\xc0\xaf"}',
    "a surrogate in UTF-8": b'{"query": "\xed\xa0\x80"}',
    "UTF-16": json.dumps({"query": "{ viewer { role } }"}).encode("utf-16"),
    "a byte order mark": b"\xef\xbb\xbf{" + QUERY.encode() + b"}",
    "a raw control character": b'{"query": "\x01"}',
    "NaN": b"{" + QUERY.encode() + b', "variables": {"n": NaN}}',
    "Infinity": b"{" + QUERY.encode() + b', "variables": {"n": -Infinity}}',
    "an integer of 5,000 digits": b"{" + QUERY.encode() + b', "variables": {"n": ' + b"9" * 5_000 + b"}}",
    "arrays 100,000 deep": b"[" * 100_000,
    "arrays 100,000 deep, and closed": b"[" * 100_000 + b"]" * 100_000,
    "objects 100,000 deep": b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "depth within the variables": b"{"
    + QUERY.encode()
    + b', "variables": {"a": '
    + b"[" * 50_000
    + b"]" * 50_000
    + b"}}",
}
NO_OBJECT = {
    "1": b"1",
    "text": b'"x"',
    "null": b"null",
    "true": b"true",
    "an empty list": b"[]",
    "a batch": b"[{" + QUERY.encode() + b"}]",
    "a batch of nothing": b"[1, null]",
}


@pytest.mark.parametrize("case", NO_JSON)
async def test_a_body_that_is_not_json_is_400(case: str, west: Clinic) -> None:
    response = await post(west.admin, NO_JSON[case])

    assert response.status == 400
    assert response.codes == ["invalid_json"]
    assert "data" not in response.body


@pytest.mark.parametrize("case", NO_OBJECT)
async def test_a_body_that_is_no_object_is_400(case: str, west: Clinic) -> None:
    response = await post(west.admin, NO_OBJECT[case])

    assert response.status == 400
    assert response.codes == ["invalid_body"]


async def test_a_key_that_stands_twice_is_never_a_crash(west: Clinic) -> None:
    response = await post(west.admin, "{" + QUERY + ', "query": "{ nope }"}')

    assert response.status < 500
    assert response.errors


@pytest.mark.parametrize(
    "variables",
    [
        '{"n": 1e400}',
        '{"n": -1e400}',
        '{"n": 1e-400}',
        '{"n": 9007199254740993}',
        '{"n": "\\ud800"}',
        '{"n": "\\u0000"}',
        '{"\\ud800": 1}',
        '{"": 1, "__proto__": {}, "n": null}',
        '{"n": [[[[[[[[1]]]]]]]]}',
        '{"n": {"\\ud800": "\\udc00"}}',
        '{"n": ' + "[" * 60 + "]" * 60 + "}",
        '{"n": ' + "[" * 500 + "]" * 500 + "}",
    ],
)
async def test_variables_of_any_shape_are_never_a_crash(variables: str, west: Clinic) -> None:
    for type_ in ("Int", "ID", "String", "Boolean", "[SpecialistSort!]", "SpecialistFilter"):
        document = f"query ($n: {type_}, $x: Int) {{ specialists(first: $x, @@) {{ totalCount }} }}"
        argument = {
            "Int": "last: $n",
            "ID": "filter: {userId: $n}",
            "String": "after: $n",
            "Boolean": "deleted: $n",
            "[SpecialistSort!]": "sort: $n",
            "SpecialistFilter": "filter: $n",
        }[type_]
        body = f'{{"query": {json.dumps(document.replace("@@", argument))}, "variables": {variables}}}'

        response = await post(west.admin, body)

        assert response.status < 500
        assert all(error["extensions"]["status"] < 500 for error in response.errors)


@pytest.mark.parametrize("size", [1 << 20, (1 << 20) + 1, 10 << 20])
async def test_a_body_may_have_one_mebibyte(size: int, west: Clinic) -> None:
    body = "{" + QUERY + "}"
    response = await post(west.admin, body + " " * (size - len(body)))

    if size == 1 << 20:
        assert response.data == {"viewer": {"role": "admin"}}
    else:
        assert response.status == 413
        assert response.codes == ["body_too_large"]


@pytest.mark.parametrize("content_length", [str(1 << 30), "9" * 30])
async def test_a_body_announced_as_too_large_is_not_waited_for(content_length: str, west: Clinic) -> None:
    response = await post(west.admin, "{" + QUERY + "}", content_length=content_length)

    assert response.status == 413


async def test_a_body_that_never_says_its_length_is_cut_off(west: Clinic) -> None:
    chunk_count = 0

    async def chunks() -> object:
        nonlocal chunk_count
        while True:
            chunk_count += 1
            yield b" " * (1 << 16)

    response = await west.http.post(
        "/graphql",
        content=chunks(),  # type: ignore[arg-type]
        headers=west.admin.headers | {"content-type": "application/json"},
    )

    assert response.status_code == 413
    assert chunk_count < 100

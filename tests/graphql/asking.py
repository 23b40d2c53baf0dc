"""One GraphQL request and what was told, read as strictly as JSON allows."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.clinic import Member

Json = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """``data`` is none for null and absent alike; ``body`` tells them apart."""

    status: int
    body: Json = field(repr=False)
    headers: httpx.Headers = field(repr=False)

    @property
    def data(self) -> Any:
        return self.body.get("data")

    @property
    def errors(self) -> list[Json]:
        found: list[Json] = self.body.get("errors", [])
        return found

    @property
    def text(self) -> str:
        """The data as JSON text, keys in the order of the answer; fails if there was an error."""
        assert list(self.body) == ["data"], self.body
        return as_text(self.data)

    @property
    def codes(self) -> list[str]:
        return [each["extensions"]["code"] for each in self.errors]

    @property
    def paths(self) -> list[list[str]]:
        return [each["path"] for each in self.errors]


def as_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read(response: httpx.Response) -> Told:
    """The response, if it is one of GraphQL; an object that has a key twice is no answer."""
    body = json.loads(response.text, object_pairs_hook=_distinct)
    assert set(body) <= {"data", "errors"}, f"{response.status_code} {response.text}"
    return Told(response.status_code, body, response.headers)


def _distinct(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    assert len(found) == len(pairs), f"a key stands twice among {[key for key, _ in pairs]}"
    return found


async def ask(who: Member, query: str, variables: Json | None = None, operation_name: str | None = None) -> Told:
    """What the server tells, over HTTP; surrogates and all reach it as JSON escapes."""
    sent = {"query": query, "variables": variables, "operationName": operation_name}
    return await post(who, json.dumps({name: value for name, value in sent.items() if value is not None}))


async def post(who: Member, content: str | bytes, **headers: str) -> Told:
    """``content`` as the body; ``headers`` with underscores for hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    wanted = who.headers | {"content-type": "application/json"} | named
    return read(await who.http.post("/graphql", content=content, headers=wanted))

"""Send requests as a member of a clinic: raw, for any response, or strict, for one that must be GraphQL's."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx2

Json = dict[str, Any]
JSON_TYPE = {"content-type": "application/json"}


@dataclass(frozen=True)
class Member:
    """Someone who signs in to a clinic with ``token``; without one, nobody."""

    http: httpx2.AsyncClient
    token: str

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"} if self.token else {}

    async def rest(
        self, method: str, path: str, body: object = None, *, content: str | bytes | None = None, **headers: str
    ) -> httpx2.Response:
        """Send ``body`` as JSON, or ``content`` as it is; ``headers`` take underscores for hyphens."""
        sent_as = {} if body is None else JSON_TYPE
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        content = content if body is None else json_bytes(body)
        return await self.http.request(method, path, headers=self.headers | sent_as | names, content=content)

    async def graphql(self, query: str, **variables: Any) -> Json:
        """Return the whole body of the response: ``data`` and ``errors``."""
        return (await ask(self, query, variables)).body

    async def signed_in(self) -> "Member":
        """Return the member, once the clinic has it on record."""
        assert (await self.rest("GET", "/v1/specialties?page_size=1")).status_code == 200
        return self


@dataclass(frozen=True)
class GraphqlReply:
    """A GraphQL response. ``data`` is None for null and absent alike; ``body`` tells them apart."""

    status: int
    body: Json = field(repr=False)
    headers: httpx2.Headers = field(repr=False)

    @property
    def data(self) -> Any:
        return self.body.get("data")

    @property
    def errors(self) -> list[Json]:
        errors: list[Json] = self.body.get("errors", [])
        return errors

    @property
    def text(self) -> str:
        """The data as JSON text, keys in the order of the response; fails if there was an error."""
        assert list(self.body) == ["data"], self.body
        return json_text(self.data)

    @property
    def codes(self) -> list[str]:
        return [error["extensions"]["code"] for error in self.errors]

    @property
    def paths(self) -> list[list[str]]:
        return [error["path"] for error in self.errors]


async def ask(
    member: Member, query: str, variables: Json | None = None, operation_name: str | None = None
) -> GraphqlReply:
    """Send an operation to ``/graphql``."""
    parameters = {"query": query, "variables": variables, "operationName": operation_name}
    body = {name: value for name, value in parameters.items() if value is not None}
    return read_graphql(await member.rest("POST", "/graphql", body))


async def post(member: Member, content: str | bytes, **headers: str) -> GraphqlReply:
    """Send ``content`` to ``/graphql`` as JSON, whatever it is."""
    return read_graphql(await member.rest("POST", "/graphql", content=content, **{**JSON_TYPE, **headers}))


def read_graphql(response: httpx2.Response) -> GraphqlReply:
    """Return the response if it is one of GraphQL; a body that has a key twice, or any other key, is none."""
    body = json.loads(response.text, object_pairs_hook=_distinct)
    assert set(body) <= {"data", "errors"}, f"{response.status_code} {response.text}"
    return GraphqlReply(response.status_code, body, response.headers)


def error_of(body: Json, status: int) -> tuple[int, Json] | None:
    """Return status and error of a body of either API; GraphQL's first error, which carries a status of its own."""
    if "errors" in body:
        error = body["errors"][0]["extensions"]
        return error["status"], error
    return (status, body["error"]) if "error" in body else None


def json_text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def json_bytes(value: object) -> bytes:
    """Return ``value`` as JSON in UTF-8; a lone surrogate, which UTF-8 cannot hold, goes as an escape."""
    try:
        return json_text(value).encode()
    except UnicodeEncodeError:
        return json.dumps(value).encode()


def _distinct(pairs: list[tuple[str, Any]]) -> Json:
    keys = [key for key, _ in pairs]
    assert len(set(keys)) == len(keys), f"a key stands twice among {keys}"
    return dict(pairs)

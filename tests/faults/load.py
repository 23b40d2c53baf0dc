"""Clients that write and read over both APIs while something breaks, and a journal of what they were told.

A writer that is told to try again, or loses its connection, does so with the same key until it is answered.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx2

PATIENCE = 30.0  # seconds
WRITERS, MIN_WRITES = 8, 100
RETRY_SECONDS = 0.02  # sooner than Retry-After asks, so that the server's own delay is measured
CREATE = """
    mutation ($key: String, $input: CreateSpecialistInput!) {
        createSpecialist(input: $input, idempotencyKey: $key) { id }
    }
"""
UPDATE = "mutation ($id: ID!, $input: UpdateSpecialistInput!) { updateSpecialist(id: $id, input: $input) { id } }"
LISTS = (
    ("GET", "/v1/specialists?include=specialties&page_size=5", None),
    ("POST", "/graphql", {"query": "{ specialists(first: 5) { nodes { name } totalCount } viewer { role } }"}),
)


@dataclass(frozen=True)
class Answer:
    """What a client was told: the status, that of an error of GraphQL too, whether to try again, and an id."""

    status: int
    may_retry: bool
    id: int
    text: str

    @classmethod
    def read(cls, response: httpx2.Response) -> "Answer":
        body: dict[str, Any] = response.json()
        status, data = response.status_code, body.get("data") or {}
        if body.get("errors"):
            status = body["errors"][0]["extensions"]["status"]
        record = data if "id" in data else next(iter(data.values()), None) if isinstance(data, dict) else None
        id_ = int(record["id"]) if isinstance(record, dict) and record.get("id") else 0
        return cls(status, int(response.headers.get("retry-after", 0)) >= 1, id_, response.text[:300])

    @property
    def is_success(self) -> bool:
        return 200 <= self.status < 300

    @property
    def asks_for_another(self) -> bool:
        """Whether the client is to repeat the request: the database is away, or the first one still runs."""
        return self.may_retry and (
            self.status == 503 or (self.status == 409 and "idempotency_in_progress" in self.text)
        )


@dataclass
class Journal:
    """What the clients of one load were told; ``wrong`` are answers that nobody may get."""

    mark: str = field(default_factory=lambda: uuid4().hex[:8])
    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    created: dict[str, int] = field(default_factory=dict)  # ids by key
    titles: dict[int, str] = field(default_factory=dict)  # the last acknowledged one of a specialist, by id
    retried: dict[str, float] = field(default_factory=dict)  # the time of the last attempt, by key
    successes: dict[str, float] = field(default_factory=dict)  # the moment of the last acknowledged write, by writer
    first_success: float | None = None  # after ``since``
    since: float = float("inf")
    probes: dict[str, list[int]] = field(default_factory=lambda: {"/livez": [], "/readyz": []})
    is_over: bool = False

    def add(self, answer: Answer) -> None:
        self.statuses[answer.status] += 1
        if not answer.is_success and not answer.asks_for_another:
            self.wrong.append(f"{answer.status} {answer.text}")

    def acknowledge(self, writer: str) -> None:
        now = time.monotonic()
        self.successes[writer] = now
        if self.first_success is None and now >= self.since:
            self.first_success = now

    async def recover(self, since: float) -> float:
        """Return the seconds from ``since`` to the first acknowledged write, once every writer has had one after it."""
        self.since = since
        later = [moment for moment in self.successes.values() if moment >= since]
        self.first_success = min(later, default=None)
        await self.await_successes(since)
        assert self.first_success is not None
        return self.first_success - since

    @property
    def acknowledged(self) -> int:
        return len(self.created) + sum(map(int, self.titles.values()))

    async def await_acknowledged(self, count: int) -> None:
        """Return once ``count`` more writes have been acknowledged."""
        goal, deadline = self.acknowledged + count, time.monotonic() + PATIENCE
        while self.acknowledged < goal:
            assert time.monotonic() < deadline, (self.acknowledged, self.statuses, self.wrong[:3])
            await asyncio.sleep(0.01)

    async def await_successes(self, since: float) -> None:
        """Return once every writer has had an acknowledged write after ``since``."""
        deadline = time.monotonic() + PATIENCE
        while min(self.successes.values(), default=0) < since or len(self.successes) < WRITERS:
            assert time.monotonic() < deadline, (self.successes, self.statuses, self.wrong[:3])
            await asyncio.sleep(0.01)


class Writer:
    """One client that creates specialists, or updates its own, one request after the other."""

    def __init__(self, http: httpx2.AsyncClient, token: str, journal: Journal, name: str, *, graphql: bool) -> None:
        self._http, self._journal, self._name, self._graphql = http, journal, f"{journal.mark}-{name}", graphql
        self._headers = {"authorization": f"Bearer {token}"}

    async def create_all(self) -> None:
        number = 0
        while not self._journal.is_over:
            number += 1
            await self._create(f"{self._name}-{number}")

    async def update_all(self) -> None:
        id_ = await self._create(f"{self._name}-updated")
        number = 0
        while not self._journal.is_over:
            number += 1
            title = f"{number}"
            if self._graphql:
                variables = {"id": str(id_), "input": {"title": title}}
                await self._send("", "POST", "/graphql", {"query": UPDATE, "variables": variables})
            else:
                await self._send("", "PUT", f"/v1/specialists/{id_}", {"title": title})
            self._journal.titles[id_] = title
            self._journal.acknowledge(self._name)

    async def _create(self, key: str) -> int:
        body = {"name": key, "slug": key}
        if self._graphql:
            document = {"query": CREATE, "variables": {"key": key, "input": body}}
            id_ = await self._send(key, "POST", "/graphql", document)
        else:
            id_ = await self._send(key, "POST", "/v1/specialists", body)
        self._journal.created[key] = id_
        self._journal.acknowledge(self._name)
        return id_

    async def _send(self, key: str, method: str, path: str, body: object) -> int:
        """Return the id of the record, as soon as the write is acknowledged."""
        headers = self._headers | ({} if self._graphql or not key else {"idempotency-key": key})
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            answer = await ask(self._http, self._journal, method, path, headers, body)
            if answer and answer.is_success:
                assert answer.id, answer.text
                return answer.id
            await asyncio.sleep(RETRY_SECONDS)
            if key:
                self._journal.retried[key] = time.time()
        raise AssertionError(f"{key} was never answered: {self._journal.statuses} {self._journal.wrong[:3]}")


async def ask(
    http: httpx2.AsyncClient, journal: Journal, method: str, path: str, headers: dict[str, str], body: object
) -> Answer | None:
    """Return what the server says, and note it; none if the connection to it broke, which it must not."""
    try:
        answer = Answer.read(await http.request(method, path, headers=headers, json=body))
    except httpx2.TransportError as error:
        journal.wrong.append(repr(error))
        return None
    journal.add(answer)
    return answer


async def read_lists(http: httpx2.AsyncClient, token: str, journal: Journal) -> None:
    """Read a list of each API in turn."""
    while not journal.is_over:
        for method, path, body in LISTS:
            answer = await ask(http, journal, method, path, {"authorization": f"Bearer {token}"}, body)
            if answer is None or not answer.is_success:
                await asyncio.sleep(RETRY_SECONDS)


async def probe(http: httpx2.AsyncClient, journal: Journal, path: str) -> None:
    """Ask a health check again and again."""
    while not journal.is_over:
        journal.probes[path].append((await http.get(path)).status_code)
        await asyncio.sleep(0.02)


@asynccontextmanager
async def under_load(address: str, tokens: dict[str, str]) -> AsyncIterator[Journal]:
    """Let eight writers, two readers and two probes work at ``address``; ``tokens`` are of two clinics' admins."""
    journal = Journal()
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=None)
    async with (
        httpx2.AsyncClient(base_url=address, timeout=PATIENCE, limits=limits) as http,
        asyncio.TaskGroup() as group,
    ):
        for slug, token in tokens.items():
            for graphql in (False, True):
                create, update = (
                    Writer(http, token, journal, f"{slug}-{graphql}-{kind}".lower(), graphql=graphql)
                    for kind in ("create", "update")
                )
                group.create_task(create.create_all())
                group.create_task(update.update_all())
            group.create_task(read_lists(http, token, journal))
        for path in journal.probes:
            group.create_task(probe(http, journal, path))
        try:
            await journal.await_acknowledged(MIN_WRITES)
            yield journal
        finally:
            journal.is_over = True

"""The second subject, the least a server can do: take the very statements this server makes, pass their JSON on."""

import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from asyncpg import Record
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from db.database import Database
from db.pool import Pool
from db.search_words import words_of
from db.tenant import Tenant
from tests.bench.organizations import Organization
from tests.bench.recorded import Step, record
from tests.bench.request import BenchRequest

POOL_SIZE = 8
JSON = "application/json"
Values = Mapping[str, Any]


def _page(size: int) -> Callable[[Values], Values]:
    return lambda values: {"page": int(values["page"]), "offset": (int(values["page"]) - 1) * size}


def _one(values: Values) -> Values:
    return {"id": int(values["id"]), "key": int(values["id"])}


def _created(values: Values) -> Values:
    new = values["input"]
    texts = {name: new[name] for name in ("name", "title", "slug")}
    return {**texts, "user_id": int(new["userId"]), "specialty_ids": [int(id_) for id_ in new["specialtyIds"]]}


# operation -> what changes from request to request, root field ("" where the JSON is the whole answer)
CHANGING: dict[str, tuple[Callable[[Values], Values], str]] = {
    "list25": (_page(25), "specialists"),
    "list100": (_page(100), "specialists"),
    "one": (_one, "specialist"),
    "rest25": (_page(25), ""),
    "create": (_created, "createSpecialist"),
    "update": (lambda values: {**_one(values), "title": values["input"]["title"]}, "updateSpecialist"),
}


class Floor:
    """Learns an operation's statements from its first request, which this server's own code answers."""

    def __init__(self, url: str) -> None:
        self._database = Database(url, pool_size=1)
        self._pool = Pool(url, POOL_SIZE)
        self._steps: dict[str, list[Step]] = {}

    @asynccontextmanager
    async def lifespan(self, _app: Starlette) -> AsyncIterator[None]:
        await self._pool.open()
        await self._database.open()
        yield
        await self._database.close()
        await self._pool.close()

    async def graphql(self, request: Request) -> Response:
        body = json.loads(await request.body())
        return await self._respond(request, body["operationName"], body["variables"], body["query"])

    async def rest(self, request: Request) -> Response:
        return await self._respond(request, "rest25", request.query_params, None)

    async def _respond(self, request: Request, name: str, values: Values, document: str | None) -> Response:
        organization_id = int(request.headers["x-organization"])
        steps = self._steps.get(name)
        if steps is None:
            bench_request = BenchRequest(Organization(organization_id, "", (), (), ()), name, values, document)
            self._steps[name], whole = await record(self._database, bench_request)
        else:
            changing, root = CHANGING[name]
            row = await self._take(steps, organization_id, changing(values))
            whole = f'{{"data":{{"{root}":{row}}}}}' if root else row
        return Response(whole.encode(), media_type=JSON)

    async def _take(self, steps: list[Step], organization_id: int, values: Values) -> str:
        """The JSON of the last step; all are taken in one transaction, which writes if there are several."""
        *earlier, last = steps
        tenant = Tenant(organization_id, "admin" if earlier else "member")
        connection = await self._pool.acquire(organization_id)
        try:
            await connection.execute(tenant.begin(write=bool(earlier)))
            for step in earlier:
                rows = await connection.fetch(step.statement.text, *_bound(step, organization_id, values))
                values = _learned(values, rows)
            row = await connection.fetchrow(last.statement.text, *_bound(last, organization_id, values))
            await connection.execute("commit")
        except BaseException:
            connection.terminate()  # a transaction that failed must not stay open for the next request
            raise
        finally:
            self._pool.release(connection)
        assert row is not None
        answer: str = row[0]
        return answer


def _bound(step: Step, organization_id: int, known: Values) -> list[object]:
    values = {**step.values, **known}
    if "words" in step.values:
        values["words"] = words_of(known["name"], known["title"])
    return step.statement.bind(organization_id, (values,))


def _learned(values: Values, rows: list[Record]) -> Values:
    """What a later step needs of an earlier one: the name that is locked, the id that is new."""
    merged = {**rows[0], **values} if rows else values
    return {**merged, "key": merged["id"]} if "id" in merged else merged


def make(url: str, _directory: Path) -> Starlette:
    """``url`` is the database's."""
    floor = Floor(url)
    routes = [Route("/graphql", floor.graphql, methods=["POST"]), Route("/v1/specialists", floor.rest)]
    return Starlette(routes=routes, lifespan=floor.lifespan)

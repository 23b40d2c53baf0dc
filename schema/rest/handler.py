"""What every REST handler does: who asks, what is read or written, how it is answered."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from db.cache import Cache
from db.database import Database
from db.idempotency import StoredResponse
from db.query import PageQuery
from db.selection import ReadResult
from resolvers.authentication import Authentication
from resolvers.idempotency import IdempotentRequest, run_once
from resolvers.inputs import Input
from resolvers.reads import ReadRequest, run_read
from resolvers.viewer import Admin, Viewer, require_admin
from resolvers.writes import AdminTransaction, write
from schema.http.authorization import authorization_of
from schema.http.body import parse_object, read_json
from schema.http.conditional import etag, unchanged
from schema.rest.link import address_of, links

JSON = "application/json"
Create = Callable[[AdminTransaction, Input], Awaitable[ReadResult]]
Post = Callable[[AdminTransaction], Awaitable[StoredResponse]]


@dataclass(frozen=True, slots=True)
class RestHandler:
    """The REST face of one application."""

    database: Database
    authentication: Authentication
    lists: "Cache[tuple[str, bytes], Listed]" = field(
        default_factory=lambda: Cache(2_000, 8 << 20, lambda address, _: 2_000 + 10 * len(address[1]))
    )

    async def viewer(self, request: Request) -> Viewer:
        return await self.authentication.authenticate(authorization_of(request.scope))

    async def admin(self, request: Request) -> Admin:
        return require_admin(await self.viewer(request))

    async def page(self, request: Request, ask_of: Callable[[QueryParams], ReadRequest]) -> Response:
        """A list, with links to its other pages; ``ask_of`` reads what is asked for out of an address."""
        viewer = await self.viewer(request)
        listed = self._listed(request, ask_of)
        result = await run_read(self.database, viewer, listed.ask)
        link = links(listed.address, listed.page, listed.size, result.total)
        return Response(result.json, headers={"link": link}, media_type=JSON)

    def _listed(self, request: Request, ask_of: Callable[[QueryParams], ReadRequest]) -> "Listed":
        """The same address asks for the same, whoever asks."""
        path, query = request.scope["path"], request.scope["query_string"]
        found = self.lists.get((path, query))
        if found is None:
            found = Listed.of(ask_of(request.query_params), address_of(path, request.query_params))
            self.lists.put((path, query), found)
        return found

    async def create(self, request: Request, admin: Admin, work: Create, *, whole: bool) -> Response:
        """201 and where the record is. ``whole``: the answer shows other records, too."""
        body = await read_json(request)
        given = parse_object(body)

        async def first(transaction: AdminTransaction) -> StoredResponse:
            return _created(request, await work(transaction, given), whole=whole)

        return await self.post(request, admin, body, first)

    async def post(self, request: Request, admin: Admin, body: bytes, work: Post) -> Response:
        """Return the response that ``work`` makes; under an ``Idempotency-Key``, the first one again."""
        key = request.headers.get("idempotency-key")
        request_once = None if key is None else _once(request, key, body)

        async def run(transaction: AdminTransaction) -> StoredResponse:
            if request_once is None:
                return await work(transaction)
            return await run_once(transaction, request_once, partial(work, transaction))

        response = await write(self.database, admin, run)
        return Response(response.body, response.status, response.headers, media_type=JSON)


@dataclass(frozen=True, slots=True)
class Listed:
    """A page of a list, and what the addresses of its other pages begin with."""

    ask: ReadRequest
    address: str
    page: int
    size: int

    @classmethod
    def of(cls, ask: ReadRequest, address: str) -> "Listed":
        query = ask.read.query
        assert isinstance(query, PageQuery)
        return cls(ask, address, query.page, query.size)


async def read_object(request: Request) -> Input:
    """The JSON object that the request brings."""
    return parse_object(await read_json(request))


def record(request: Request, body: str, version: int, *, whole: bool) -> Response:
    """One record, or 304 where the client has it already. ``whole``: it shows other records, too."""
    tag = etag(version, body, whole=whole)
    if request.method in ("GET", "HEAD") and unchanged(request, tag):
        return Response(status_code=304, headers={"etag": tag})
    return Response(body, headers={"etag": tag}, media_type=JSON)


def _once(request: Request, key: str, body: bytes) -> IdempotentRequest:
    """The same again is the same body with the same parameters."""
    return IdempotentRequest.parse(request.url.path.rstrip("/"), key, request.scope["query_string"] + b"\n" + body)


def stored(answer: ReadResult, status: int, *, whole: bool, **headers: str) -> StoredResponse:
    """Return the response with one record, in the form in which a repeat of its request finds it."""
    body = f'{{"data":{answer.json}}}'
    return StoredResponse(status, {**headers, "etag": etag(answer.version, body, whole=whole)}, body)


def _created(request: Request, made: ReadResult, *, whole: bool) -> StoredResponse:
    return stored(made, 201, whole=whole, location=f"{request.url.path.rstrip('/')}/{made.id}")

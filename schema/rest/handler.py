"""What the REST handlers of all resources do alike: authenticate, read or write, and build the response."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from db.cache import Cache
from db.database import Database
from db.idempotency import StoredResponse
from db.selection import ReadResult, Relation, Selection
from resolvers.authentication import Authentication
from resolvers.idempotency import IdempotentRequest, run_once
from resolvers.inputs import Draft, Fields, Input, parse_draft
from resolvers.lists import ListRequest
from resolvers.reads import ReadRequest, run_read
from resolvers.scalars import record_id
from resolvers.viewer import Admin, Viewer, require_admin
from resolvers.writes import AdminTransaction, VersionPrecondition, write
from schema.http.authorization import authorization_headers
from schema.http.body import parse_object, read_json
from schema.http.conditional import is_not_modified, record_etag, version_precondition
from schema.rest.page_request import PageRequest

JSON = "application/json"
Result = TypeVar("Result")
# The selection that a request asks for, such as by its parameter ``include``; raises what is invalid in it.
Select = Callable[[Request], Selection]
ParseList = Callable[[QueryParams], tuple[ListRequest, Selection]]
List = Callable[[ListRequest, Selection], ReadRequest]
Get = Callable[[int, Selection], ReadRequest]
Create = Callable[[AdminTransaction, Draft[Fields], Selection], Awaitable[ReadResult]]
Update = Callable[[AdminTransaction, int, Input, Selection, VersionPrecondition], Awaitable[ReadResult]]
Delete = Callable[[AdminTransaction, int, VersionPrecondition], Awaitable[Result]]
Work = Callable[[AdminTransaction], Awaitable[StoredResponse]]
BodyOf = Callable[[str], str]


def data_body(record: str) -> str:
    """Return the body of a response with one record."""
    return f'{{"data":{record}}}'


def _page_request_size(key: tuple[str, bytes], _page_request: PageRequest) -> int:
    """Return about how many bytes a cached page request takes."""
    return 2_000 + 10 * len(key[1])


@dataclass(frozen=True, slots=True)
class RestHandler:
    """The steps of REST handlers, in the order of checks that the contract sets.

    Access comes first, then the parameters, then the body: a write by a member who is no admin is
    forbidden, whatever else is wrong with it.
    """

    database: Database
    authentication: Authentication
    page_requests: Cache[tuple[str, bytes], PageRequest] = field(
        default_factory=lambda: Cache(2_000, 8 << 20, _page_request_size)
    )

    async def viewer(self, request: Request) -> Viewer:
        """Return who sends ``request``; raise ``Unauthorized``, ``OrganizationRequired`` or ``Unavailable``."""
        return await self.authentication.authenticate(authorization_headers(request.scope))

    async def admin(self, request: Request) -> Admin:
        """Return who sends ``request``; raise ``Forbidden`` unless it is an admin, and what ``viewer`` raises."""
        return require_admin(await self.viewer(request))

    async def list(self, request: Request, parse_list: ParseList, list_: List) -> Response:
        """Respond with a page, and with links to the other pages of its list."""
        viewer = await self.viewer(request)
        page_request = self._page_request(request, parse_list, list_)
        result = await run_read(self.database, viewer, page_request.read_request)
        return Response(result.json, headers={"link": page_request.link(result.total)}, media_type=JSON)

    def _page_request(self, request: Request, parse_list: ParseList, list_: List) -> PageRequest:
        """Return what the URL requests; cached, for it does not depend on the viewer."""
        path, query = request.scope["path"], request.scope["query_string"]
        page_request = self.page_requests.get((path, query))
        if page_request is None:
            parameters = request.query_params
            read_request = list_(*parse_list(parameters))
            page_request = PageRequest.parse(read_request, read_request.read.query, path, parameters)
            self.page_requests.set((path, query), page_request)
        return page_request

    async def create(
        self, request: Request, declaration: type[Fields], create: Create[Fields], select: Select
    ) -> Response:
        """Respond with 201, the new record and its address; under an ``Idempotency-Key``, as the first time."""
        admin = await self.admin(request)
        selection = select(request)
        body = await read_json(request)
        values = parse_object(body)

        async def work(transaction: AdminTransaction) -> StoredResponse:
            record = await create(transaction, parse_draft(declaration, values), selection)
            address = f"{request.url.path.rstrip('/')}/{record.id}"
            return stored_response(record, 201, selection, location=address)

        return await self.post(request, admin, body, work)

    async def get(self, request: Request, get: Get, select: Select, body_of: BodyOf = data_body) -> Response:
        """Respond with one record, or with 304 if the client has it already."""
        viewer = await self.viewer(request)
        selection = select(request)
        record = await run_read(self.database, viewer, get(id_of(request), selection))
        return record_response(request, record, selection, body_of)

    async def update(self, request: Request, update: Update, select: Select) -> Response:
        """Respond with the record as the body of the request has changed it."""
        admin = await self.admin(request)
        selection = select(request)
        values, precondition = parse_object(await read_json(request)), version_precondition(request)

        async def work(transaction: AdminTransaction) -> ReadResult:
            return await update(transaction, id_of(request), values, selection, precondition)

        return record_response(request, await write(self.database, admin, work), selection)

    async def delete(self, request: Request, delete: Delete[Result]) -> Result:
        """Delete the record at the address of the request, and return what ``delete`` returns."""
        admin = await self.admin(request)
        precondition = version_precondition(request)

        async def work(transaction: AdminTransaction) -> Result:
            return await delete(transaction, id_of(request), precondition)

        return await write(self.database, admin, work)

    async def post(self, request: Request, admin: Admin, body: bytes, work: Work) -> Response:
        """Run ``work`` and return its response; under a known ``Idempotency-Key`` return the first response again.

        A request is a repeat of another if it has the same body and the same parameters.
        """
        key, path = request.headers.get("idempotency-key"), request.url.path.rstrip("/")
        content = request.scope["query_string"] + b"\n" + body
        idempotent_request = IdempotentRequest.parse(path, key, content) if key is not None else None

        async def run(transaction: AdminTransaction) -> StoredResponse:
            if idempotent_request is None:
                return await work(transaction)
            return await run_once(transaction, idempotent_request, partial(work, transaction))

        response = await write(self.database, admin, run)
        return Response(response.body, response.status, response.headers, media_type=JSON)


def id_of(request: Request) -> int:
    """Return the id in the path of ``request``."""
    return record_id(request.path_params["id"])


def record_response(
    request: Request, record: ReadResult, selection: Selection, body_of: BodyOf = data_body
) -> Response:
    """Return the response with one record, or 304 if the client of a GET has it already."""
    body = body_of(record.json)
    tag = record_tag(record, body, selection)
    if request.method in ("GET", "HEAD") and is_not_modified(request, tag):
        return Response(status_code=304, headers={"etag": tag})
    return Response(body, headers={"etag": tag}, media_type=JSON)


def stored_response(record: ReadResult, status: int, selection: Selection, **headers: str) -> StoredResponse:
    """Return the response with one record, in the form in which a repeat of its request finds it."""
    body = data_body(record.json)
    return StoredResponse(status, {**headers, "etag": record_tag(record, body, selection)}, body)


def record_tag(record: ReadResult, body: str, selection: Selection) -> str:
    """Return the ``ETag``: other records that ``selection`` includes change without the record's version."""
    includes_relations = any(isinstance(field, Relation) for field in selection.fields)
    return record_etag(record.version, body, includes_relations=includes_relations)


def message_response(**data: object) -> Response:
    """Return the response to a delete: what is left of the record, and a message."""
    return Response(json.dumps({"data": data}, separators=(",", ":")), media_type=JSON)

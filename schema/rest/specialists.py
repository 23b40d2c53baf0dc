"""``/v1/specialists``, ``/v1/specialists/{id}`` and ``/v1/specialists/{id}/restore``."""

import json

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from db.idempotency import StoredResponse
from db.selection import ReadResult
from resolvers import specialists
from resolvers.inputs import Input, parse_draft
from resolvers.lists import SPECIALISTS
from resolvers.reads import ReadRequest, run_read
from resolvers.scalars import record_id
from resolvers.writes import AdminTransaction, write
from schema.http.conditional import expected
from schema.rest import selections
from schema.rest.handler import JSON, RestHandler, read_object, record, stored
from schema.rest.parameters import list_request, list_values
from schema.rest.resource import Resource


class Specialists:
    def __init__(self, face: RestHandler) -> None:
        self.face = face
        self.collection = Resource({"GET": self.list, "POST": self.create})
        self.item = Resource({"GET": self.get, "PUT": self.update, "PATCH": self.update, "DELETE": self.delete})
        self.restoration = Resource({"POST": self.restore})

    async def list(self, request: Request) -> Response:
        return await self.face.page(request, _asked)

    async def create(self, request: Request) -> Response:
        admin = await self.face.admin(request)
        selection = selections.specialist(_include(request))

        async def work(transaction: AdminTransaction, body: Input) -> ReadResult:
            draft = parse_draft(specialists.SpecialistFields, body)
            return await specialists.create_specialist(transaction, draft, selection)

        return await self.face.create(request, admin, work, whole=bool(_include(request)))

    async def get(self, request: Request) -> Response:
        viewer = await self.face.viewer(request)
        ask = specialists.get_specialist(_id(request), selections.specialist(_include(request)))
        return _record(request, await run_read(self.face.database, viewer, ask))

    async def update(self, request: Request) -> Response:
        admin = await self.face.admin(request)
        selection = selections.specialist(_include(request))
        given, versions = await read_object(request), expected(request)

        async def work(transaction: AdminTransaction) -> ReadResult:
            return await specialists.update_specialist(transaction, _id(request), given, selection, versions)

        return _record(request, await write(self.face.database, admin, work))

    async def delete(self, request: Request) -> Response:
        admin = await self.face.admin(request)
        versions = expected(request)

        async def work(transaction: AdminTransaction) -> ReadResult:
            return await specialists.delete_specialist(transaction, _id(request), selections.DELETED, versions)

        gone = json.loads((await write(self.face.database, admin, work)).json)
        told = {"id": gone["id"], "message": "Specialist soft-deleted successfully", "deleted_at": gone["deleted_at"]}
        return Response(json.dumps({"data": told}, separators=(",", ":")), media_type=JSON)

    async def restore(self, request: Request) -> Response:
        admin = await self.face.admin(request)
        include = _include(request)
        selection = selections.specialist(include)

        async def work(transaction: AdminTransaction) -> StoredResponse:
            specialist = await specialists.restore_specialist(transaction, _id(request), selection)
            return stored(specialist, 200, whole=bool(include))

        return await self.face.post(request, admin, b"", work)


def _asked(parameters: QueryParams) -> ReadRequest:
    selection = selections.specialists(list_values(parameters, "include"))
    return specialists.list_specialists(list_request(SPECIALISTS, parameters), selection)


def _include(request: Request) -> list[str]:
    return list_values(request.query_params, "include")


def _id(request: Request) -> int:
    return record_id(request.path_params["id"])


def _record(request: Request, found: ReadResult) -> Response:
    return record(request, f'{{"data":{found.json}}}', found.version, whole=bool(_include(request)))

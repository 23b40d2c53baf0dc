"""``/v1/specialists`` and ``/v1/specialists/{id}``."""

import json

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from db.database import Transaction
from resolvers import specialists
from resolvers.ask import Answer, Ask
from resolvers.ids import record_id
from resolvers.inputs import Input
from resolvers.lists import SPECIALISTS
from resolvers.reads import answer
from resolvers.writes import write
from schema.rest import selections
from schema.rest.conditional import expected
from schema.rest.face import JSON, Face, read_object, record
from schema.rest.parameters import list_request
from schema.rest.resource import Resource


class Specialists:
    def __init__(self, face: Face) -> None:
        self.face = face
        self.collection = Resource({"GET": self.list, "POST": self.create})
        self.item = Resource({"GET": self.get, "PUT": self.update, "PATCH": self.update, "DELETE": self.delete})

    async def list(self, request: Request) -> Response:
        return await self.face.page(request, _asked)

    async def create(self, request: Request) -> Response:
        admin = await self.face.admin(request)
        selection = selections.specialist(_include(request))

        async def work(transaction: Transaction, given: Input) -> Answer:
            return await specialists.create_specialist(transaction, given, selection)

        return await self.face.create(request, admin, work)

    async def get(self, request: Request) -> Response:
        viewer = await self.face.viewer(request)
        ask = specialists.get_specialist(_id(request), selections.specialist(_include(request)))
        return _record(request, await answer(self.face.database, viewer, ask))

    async def update(self, request: Request) -> Response:
        admin = await self.face.admin(request)
        selection = selections.specialist(_include(request))
        given, versions = await read_object(request), expected(request)

        async def work(transaction: Transaction) -> Answer:
            return await specialists.update_specialist(transaction, _id(request), given, selection, versions)

        return _record(request, await write(self.face.database, admin, work))

    async def delete(self, request: Request) -> Response:
        admin = await self.face.admin(request)
        versions = expected(request)

        async def work(transaction: Transaction) -> Answer:
            return await specialists.delete_specialist(transaction, _id(request), selections.DELETED, versions)

        gone = json.loads((await write(self.face.database, admin, work)).json)
        told = {"id": gone["id"], "message": "Specialist soft-deleted successfully", "deleted_at": gone["deleted_at"]}
        return Response(json.dumps({"data": told}, separators=(",", ":")), media_type=JSON)


def _asked(parameters: QueryParams) -> Ask:
    selection = selections.specialists(parameters.get("include", ""))
    return specialists.list_specialists(list_request(SPECIALISTS, parameters), selection)


def _include(request: Request) -> str:
    return request.query_params.get("include", "")


def _id(request: Request) -> int:
    return record_id(request.path_params["id"])


def _record(request: Request, found: Answer) -> Response:
    return record(request, f'{{"data":{found.json}}}', found.headers[1], whole=bool(_include(request)))

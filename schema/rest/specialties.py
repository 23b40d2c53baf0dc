"""``/v1/specialties`` and ``/v1/specialties/{id}``."""

import json

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from db.selection import ReadResult, Relation, Selection
from resolvers import specialties
from resolvers.inputs import Input, parse_draft
from resolvers.lists import HELD_BY, SPECIALTIES, ListRequest
from resolvers.reads import ReadRequest, run_read
from resolvers.scalars import record_id
from resolvers.windows import WindowRequest
from resolvers.writes import AdminTransaction, write
from schema.http.conditional import expected
from schema.rest import selections
from schema.rest.handler import JSON, RestHandler, read_object, record
from schema.rest.parameters import list_request
from schema.rest.resource import Resource


class Specialties:
    def __init__(self, face: RestHandler) -> None:
        self.face = face
        self.collection = Resource({"GET": self.list, "POST": self.create})
        self.item = Resource({"GET": self.get, "PUT": self.update, "PATCH": self.update, "DELETE": self.delete})

    async def list(self, request: Request) -> Response:
        return await self.face.page(request, _asked)

    async def create(self, request: Request) -> Response:
        admin = await self.face.admin(request)

        async def work(transaction: AdminTransaction, body: Input) -> ReadResult:
            draft = parse_draft(specialties.SpecialtyFields, body)
            return await specialties.create_specialty(transaction, draft, selections.SPECIALTY_RECORD)

        return await self.face.create(request, admin, work, whole=False)

    async def get(self, request: Request) -> Response:
        """The specialty with a page of its specialists; ``meta`` is the page's."""
        viewer = await self.face.viewer(request)
        ask = specialties.get_specialty(_id(request), _with_specialists(request))
        found = await run_read(self.face.database, viewer, ask)
        data = json.loads(found.json)
        page = data.pop("specialists")
        whole = {"data": {**data, "specialists": page["data"]}, "meta": page["meta"]}
        body = json.dumps(whole, separators=(",", ":"), ensure_ascii=False)
        return record(request, body, found.version, whole=True)

    async def update(self, request: Request) -> Response:
        admin = await self.face.admin(request)
        given, versions = await read_object(request), expected(request)

        async def work(transaction: AdminTransaction) -> ReadResult:
            return await specialties.update_specialty(
                transaction, _id(request), given, selections.SPECIALTY_RECORD, versions
            )

        made = await write(self.face.database, admin, work)
        return record(request, f'{{"data":{made.json}}}', made.version, whole=False)

    async def delete(self, request: Request) -> Response:
        admin = await self.face.admin(request)
        versions = expected(request)

        async def work(transaction: AdminTransaction) -> int:
            return await specialties.delete_specialty(transaction, _id(request), versions)

        told = {"id": await write(self.face.database, admin, work), "message": "Specialty deleted successfully"}
        return Response(json.dumps({"data": told}, separators=(",", ":")), media_type=JSON)


def _asked(parameters: QueryParams) -> ReadRequest:
    return specialties.list_specialties(list_request(SPECIALTIES, parameters), selections.SPECIALTIES_PAGE)


def _id(request: Request) -> int:
    return record_id(request.path_params["id"])


def _with_specialists(request: Request) -> Selection:
    parameters = request.query_params
    window = WindowRequest(parameters.get("page"), parameters.get("page_size"))
    page = selections.page_of(selections.specialist(()))
    held_by = Relation("specialists", "specialists", page, HELD_BY.query(ListRequest(window)))
    return Selection((*selections.SPECIALTY_RECORD.fields, held_by))

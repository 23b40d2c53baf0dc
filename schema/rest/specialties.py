"""REST operations of specialties: ``/v1/specialties``."""

import json

from starlette.requests import Request
from starlette.responses import Response

from db.selection import Relation, Selection
from resolvers import specialties
from resolvers.errors.records import SpecialtyInUse
from resolvers.lists import SPECIALISTS_OF_SPECIALTY, SPECIALTIES, ListRequest
from resolvers.specialties import SpecialtyFields
from resolvers.weights import make_selection
from resolvers.windows import WindowRequest
from schema.rest.handler import RestHandler, message_response
from schema.rest.operation import Examples, Json, Operation, Success, Twin, graphql_fields, graphql_page
from schema.rest.resource import META, Resource
from schema.rest.selections import Detail, page_selection, record_keys, record_selection
from schema.rest.specialists import EXAMPLE as SPECIALIST_EXAMPLE
from schema.types.filters import SpecialtyFilter
from schema.types.inputs import CreateSpecialtyInput, UpdateSpecialtyInput
from schema.types.specialist import Specialist, Specialty

EXAMPLE: Json = dict.fromkeys(record_keys(Specialty)) | {  # a field that is not named here is null
    "id": 1,
    "organization_id": 1,
    "title": "Cardiology",
    "slug": "cardiology",
    "created_at": "2025-01-10T08:00:00Z",
    "updated_at": "2025-01-10T08:00:00Z",
}
NEW: Json = {"title": "Space Medicine", "slug": "space-medicine"}
CHANGES: Json = {"title": "Cardiology and Angiology"}
DELETED_MESSAGE = "Specialty deleted successfully"

resource = Resource(
    plural="specialties",
    graphql_type=Specialty,
    create_input=CreateSpecialtyInput,
    update_input=UpdateSpecialtyInput,
    filter_type=SpecialtyFilter,
    list_of=SPECIALTIES,
    draft=SpecialtyFields,
    not_found=specialties.not_found,
    examples=Examples(
        record=EXAMPLE,
        create=NEW,
        created={**EXAMPLE, "id": 58, **NEW},
        update=CHANGES,
        updated={**EXAMPLE, **CHANGES, "updated_at": "2025-01-15T10:30:00Z"},
        deleted={"id": 3, "message": DELETED_MESSAGE},
    ),
    detail=Detail(
        "SpecialtyWithSpecialists", "A specialty with a page of those who hold it.", "specialists", Specialist
    ),
)


@resource.list("A page of the organization's specialties.")
async def list_specialties(rest: RestHandler, request: Request) -> Response:
    return await rest.list(request, resource.parse_list, specialties.list_specialties)


@resource.create()
async def create_specialty(rest: RestHandler, request: Request) -> Response:
    return await rest.create(request, SpecialtyFields, specialties.create_specialty, resource.select)


@resource.operation(
    Operation(
        "GET",
        resource.record_path,
        id="getSpecialty",
        summary="Get a specialty with its specialists",
        description="One specialty with the active specialists that hold it, by name, a page at a time.",
        parameters=("Id", "Page", "PageSize", "IfNoneMatch"),
        success=Success(
            200,
            "The specialty; `meta` is about the page of its specialists.",
            "SpecialtyDetailResponse",
            {"data": {**EXAMPLE, "specialists": [SPECIALIST_EXAMPLE]}, "meta": META},
            ("ETag",),
        ),
        twin=Twin(
            f"{resource.example_path}?page=1&page_size=25",
            "query GetSpecialty($id: ID!, $page: Int, $pageSize: Int) { specialty(id: $id)"
            f" {{ {graphql_fields(resource.fields)} specialists(page: $page, pageSize: $pageSize)"
            f" {{ {graphql_page(graphql_fields(record_keys(Specialist)))} }} }} }}",
            {"id": EXAMPLE["id"], "page": 1, "pageSize": 25},
        ),
    )
)
async def get_specialty(rest: RestHandler, request: Request) -> Response:
    """Respond with the specialty and a page of its specialists; ``meta`` is about that page."""
    return await rest.get(request, specialties.get_specialty, _select_with_specialists, _with_page_meta)


def _select_with_specialists(request: Request) -> Selection:
    parameters = request.query_params
    window = WindowRequest(parameters.get("page"), parameters.get("page_size"))
    page = page_selection(record_keys(Specialist))
    specialists = Relation("specialists", "specialists", page, SPECIALISTS_OF_SPECIALTY.query(ListRequest(window)))
    return make_selection((*record_selection(resource.fields).fields, specialists))


def _with_page_meta(record: str) -> str:
    """Return the body for a specialty: its page of specialists divided into records and ``meta``."""
    specialty = json.loads(record)
    page = specialty.pop("specialists")
    body = {"data": {**specialty, "specialists": page["data"]}, "meta": page["meta"]}
    return json.dumps(body, separators=(",", ":"), ensure_ascii=False)


@resource.update("Admins only. What is absent stays.")
async def update_specialty(rest: RestHandler, request: Request) -> Response:
    return await rest.update(request, specialties.update_specialty, resource.select)


@resource.delete(
    "Admins only. The row is removed, unless a specialist, soft-deleted or not, holds it.",
    "The specialty is gone.",
    raises=(SpecialtyInUse,),
)
async def delete_specialty(rest: RestHandler, request: Request) -> Response:
    id_ = await rest.delete(request, specialties.delete_specialty)
    return message_response(id=id_, message=DELETED_MESSAGE)

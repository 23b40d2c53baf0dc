"""REST operations of specialists: ``/v1/specialists``."""

import json

from starlette.requests import Request
from starlette.responses import Response

from db.idempotency import StoredResponse
from db.selection import ReadResult
from resolvers import specialists
from resolvers.errors.records import AlreadyDeleted, NotDeleted, SpecialistNotFound, TimezoneLocked
from resolvers.lists import HISTORY_OF_SPECIALIST, SPECIALISTS
from resolvers.specialists import SpecialistFields
from resolvers.writes import AdminTransaction, VersionPrecondition
from schema.rest.handler import RestHandler, id_of, message_response, stored_response
from schema.rest.history import history_operation, respond_with_history
from schema.rest.operation import Examples, Json, Operation, Twin, graphql_fields
from schema.rest.resource import Resource
from schema.rest.selections import Include, record_keys, record_selection
from schema.types.filters import SpecialistFilter
from schema.types.inputs import CreateSpecialistInput, UpdateSpecialistInput
from schema.types.scheduling import Override, WeeklyHours
from schema.types.specialist import Specialist, Specialty
from schema.types.user import User

EXAMPLE: Json = dict.fromkeys(record_keys(Specialist)) | {  # a field that is not named here is null
    "id": 8,
    "organization_id": 1,
    "user_id": 7,
    "name": "Dr. Jane Smith",
    "title": "Cardiologist",
    "description": "Board-certified cardiologist with 15 years of experience in cardiovascular health.",
    "slug": "dr-jane-smith",
    "signature_url": "https://images.example.com/signatures/smith.png",
    "avatar_url": "https://images.example.com/avatars/smith.jpg",
    "scheduling_timezone": "America/New_York",
    "scheduling_active": True,
    "minicrm_name": "DrSmith",
    "deleted_at": None,
    "created_at": "2025-01-10T08:00:00Z",
    "updated_at": "2025-01-15T10:30:00Z",
}
NEW: Json = {
    "name": EXAMPLE["name"],
    "title": EXAMPLE["title"],
    "description": EXAMPLE["description"],
    "slug": "dr-jane-smith-2",
    "user_id": 7,
    "specialty_ids": [1, 3],
    "scheduling_timezone": "America/New_York",
    "scheduling_active": True,
    "minicrm_name": "DrSmith",
}
CREATED: Json = {
    **EXAMPLE,
    "id": 83,
    "slug": NEW["slug"],
    "signature_url": None,
    "avatar_url": None,
    "created_at": EXAMPLE["updated_at"],
}
CHANGES: Json = {
    "name": "Dr. Jane Marie Smith",
    "title": "Senior Cardiologist",
    "description": "Updated biography.",
    "specialty_ids": [1, 3, 5],
    "scheduling_timezone": "Europe/Bucharest",
    "scheduling_active": False,
}
UPDATED: Json = {
    **EXAMPLE,
    **{name: value for name, value in CHANGES.items() if name in EXAMPLE},
    "updated_at": "2025-01-15T11:45:00Z",
}
RELATED: Json = {
    "specialties": [
        {"id": 1, "title": "Cardiology", "slug": "cardiology"},
        {"id": 3, "title": "Internal Medicine", "slug": "internal-medicine"},
    ],
    "user": {"id": 7, "email": "jane.smith@example.com", "username": "jane.smith", "role": "specialist"},
    "weekly_hours": [{"id": 31, "day_of_week": 1, "start_time": "09:00", "end_time": "17:00"}],
    "overrides": [
        {
            "id": 12,
            "date": "2025-02-03",
            "end_date": "2025-02-07",
            "is_available": False,
            "start_time": None,
            "end_time": None,
            "appointment_type_id": None,
            "reason": "Conference",
        }
    ],
}
DELETED_MESSAGE = "Specialist soft-deleted successfully"
DELETED: Json = {"id": EXAMPLE["id"], "message": DELETED_MESSAGE, "deleted_at": "2025-01-15T12:00:00Z"}
RESTORED: Json = {**EXAMPLE, "updated_at": "2025-01-15T12:30:00Z"}

resource = Resource(
    plural="specialists",
    graphql_type=Specialist,
    create_input=CreateSpecialistInput,
    update_input=UpdateSpecialistInput,
    filter_type=SpecialistFilter,
    list_of=SPECIALISTS,
    draft=SpecialistFields,
    not_found=SpecialistNotFound,
    examples=Examples(EXAMPLE, NEW, CREATED, CHANGES, UPDATED, DELETED, RELATED),
    includes={
        "specialties": Include(
            Specialty, ("id", "title", "slug"), "HeldSpecialty", "A specialty as its holders show it."
        ),
        "user": Include.all_of(User),
        "weekly_hours": Include.all_of(WeeklyHours),
        "overrides": Include.all_of(Override),
    },
)
DELETED_FIELDS = record_selection(("id", "deleted_at"))


@resource.list(
    "A page of the organization's specialists: the active ones, unless `deleted` says otherwise.",
    include=("specialties",),
)
async def list_specialists(rest: RestHandler, request: Request) -> Response:
    return await rest.list(request, resource.parse_list, specialists.list_specialists)


@resource.create()
async def create_specialist(rest: RestHandler, request: Request) -> Response:
    return await rest.create(request, SpecialistFields, specialists.create_specialist, resource.select)


@resource.get("One specialist, soft-deleted ones too: old records still point to them.")
async def get_specialist(rest: RestHandler, request: Request) -> Response:
    return await rest.get(request, specialists.get_specialist, resource.select)


@resource.update(
    "Admins only. What is absent stays, `null` clears what may be null, `specialty_ids` replaces the whole set, and an"
    " empty object changes nothing. The time zone cannot change while overrides of single appointment types exist.",
    raises=(TimezoneLocked, AlreadyDeleted),
)
async def update_specialist(rest: RestHandler, request: Request) -> Response:
    return await rest.update(request, specialists.update_specialist, resource.select)


@resource.delete(
    "Admins only. A soft delete: the record and all that points to it stay, out of active lists.",
    "The specialist is soft-deleted.",
    graphql_fields="id deletedAt",
    raises=(AlreadyDeleted,),
)
async def delete_specialist(rest: RestHandler, request: Request) -> Response:
    async def delete(transaction: AdminTransaction, id_: int, precondition: VersionPrecondition) -> ReadResult:
        return await specialists.delete_specialist(transaction, id_, DELETED_FIELDS, precondition)

    specialist = json.loads((await rest.delete(request, delete)).json)
    return message_response(id=specialist["id"], message=DELETED_MESSAGE, deleted_at=specialist["deleted_at"])


@resource.operation(
    Operation(
        "POST",
        f"{resource.record_path}/restore",
        id="restoreSpecialist",
        summary="Restore a specialist",
        description="Admins only. Takes a soft delete back: the specialist is active again, as it was before.",
        parameters=("Id", "Include", "IdempotencyKey"),
        success=resource.record_success("The specialist, active again.", RESTORED),
        twin=Twin.of_field(
            f"{resource.example_path}/restore",
            "mutation RestoreSpecialist",
            "restoreSpecialist",
            graphql_fields(resource.fields),
            id=("ID!", EXAMPLE["id"]),
        ),
        raises=(NotDeleted,),
    )
)
async def restore_specialist(rest: RestHandler, request: Request) -> Response:
    admin = await rest.admin(request)
    selection = resource.select(request)

    async def restore(transaction: AdminTransaction) -> StoredResponse:
        specialist = await specialists.restore_specialist(transaction, id_of(request), selection)
        return stored_response(specialist, 200, selection)

    return await rest.post(request, admin, b"", restore)


@resource.operation(history_operation(resource))
async def get_specialist_history(rest: RestHandler, request: Request) -> Response:
    return await respond_with_history(rest, request, specialists.get_specialist, HISTORY_OF_SPECIALIST)

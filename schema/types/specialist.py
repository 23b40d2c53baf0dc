"""A specialist and the specialties it holds, with their pages: types that contain each other."""

from typing import Annotated

import strawberry

from db.query import PageQuery
from resolvers.lists import HISTORY_OF_SPECIALIST, HISTORY_OF_SPECIALTY, SPECIALISTS_OF_SPECIALTY, ListRequest
from resolvers.windows import DEFAULT_SIZE, WindowRequest
from schema.fields import planned_field, planned_list, unset_to_none
from schema.types.arguments import After, First
from schema.types.change import ChangeConnection
from schema.types.connection import connection_of
from schema.types.scalars import DateTime
from schema.types.scheduling import Override, WeeklyHours
from schema.types.sorts import SpecialtySpecialistSorts, to_sorts
from schema.types.user import User

FOR_ADMINS = "Admin only: for others the field of the root is null and `forbidden`."


def history_request(first: int | None, after: str | None) -> ListRequest:
    """Return the request for the changes after a cursor, or for the newest ones."""
    size = unset_to_none(first)
    return ListRequest(WindowRequest(first=DEFAULT_SIZE if size is None else size, after=unset_to_none(after)))


@strawberry.type(description="A doctor or another professional of the organization.")
class Specialist:
    id: strawberry.ID = strawberry.field(description="Identifies the specialist within the organization.")
    organization_id: strawberry.ID = strawberry.field(description="The organization the specialist belongs to.")
    user_id: strawberry.ID | None = strawberry.field(description="The specialist's own user, if any.")
    name: str = strawberry.field(description="The name as patients see it.")
    title: str | None = strawberry.field(description="The professional title.")
    description: str | None = strawberry.field(description="A short biography.")
    slug: str = strawberry.field(description="The specialist's address, never handed to another.")
    signature_url: str | None = strawberry.field(description="An image of the signature.")
    avatar_url: str | None = strawberry.field(description="A portrait.")
    scheduling_timezone: str | None = strawberry.field(
        description="The IANA time zone in which weekly hours and overrides are read."
    )
    scheduling_active: bool = strawberry.field(description="Whether appointments can be booked.")
    minicrm_name: str | None = strawberry.field(description="The specialist's name in MiniCRM.")
    deleted_at: DateTime | None = strawberry.field(description="When the specialist was soft-deleted.")
    created_at: DateTime = strawberry.field(description="When the record was made.")
    updated_at: DateTime = strawberry.field(description="When the record last changed.")
    version: str = strawberry.field(description="Changes whenever the record does; for `ifVersion`.")
    specialties: list[Annotated["Specialty", strawberry.lazy(__name__)]] = strawberry.field(
        description="The specialties held, by title."
    )
    user: User | None = strawberry.field(description="The specialist's own user.")
    weekly_hours: list[WeeklyHours] = strawberry.field(description="The weekly hours, by day and time.")
    overrides: list[Override] = strawberry.field(description="The exceptions to the weekly hours, by date.")

    @planned_field(
        ChangeConnection,
        "What was changed, the newest first: of the specialist, of its links to specialties, of its weekly hours and"
        f" overrides. {FOR_ADMINS}",
    )
    @staticmethod
    def history(first: First = strawberry.UNSET, after: After = strawberry.UNSET) -> PageQuery:
        return HISTORY_OF_SPECIALIST.query(history_request(first, after))


SpecialistConnection = connection_of(Specialist, "specialists")


@strawberry.type(description="A field of medicine that specialists hold.")
class Specialty:
    id: strawberry.ID = strawberry.field(description="Identifies the specialty within the organization.")
    organization_id: strawberry.ID = strawberry.field(description="The organization the specialty belongs to.")
    title: str = strawberry.field(description="The name as patients see it.")
    slug: str = strawberry.field(description="The specialty's address, unique in the organization.")
    created_at: DateTime = strawberry.field(description="When the record was made.")
    updated_at: DateTime = strawberry.field(description="When the record last changed.")
    version: str = strawberry.field(description="Changes whenever the record does; for `ifVersion`.")

    @planned_list(
        SpecialistConnection, "A page of the active specialists that hold it; its cursors are good for it alone."
    )
    @staticmethod
    def specialists(window: WindowRequest, sort: SpecialtySpecialistSorts = strawberry.UNSET) -> PageQuery:
        return SPECIALISTS_OF_SPECIALTY.query(ListRequest(window, to_sorts(sort)))

    @planned_field(ChangeConnection, f"What was changed, the newest first. {FOR_ADMINS}")
    @staticmethod
    def history(first: First = strawberry.UNSET, after: After = strawberry.UNSET) -> PageQuery:
        return HISTORY_OF_SPECIALTY.query(history_request(first, after))


SpecialtyConnection = connection_of(Specialty, "specialties")

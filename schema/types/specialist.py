"""A specialist and the specialties it holds, with their pages: types that contain each other."""

from typing import Annotated

import strawberry

from db.query import PageQuery
from resolvers.lists import HELD_BY, ListRequest
from schema.fields import root, window_request
from schema.types.arguments import After, Before, First, Last, Page, PageSize
from schema.types.connection import PageInfo
from schema.types.scalars import DateTime
from schema.types.scheduling import Override, WeeklyHours
from schema.types.sorts import HolderSorts, orders
from schema.types.user import User


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


@strawberry.type(description="A specialist within a page.")
class SpecialistEdge:
    cursor: str = strawberry.field(description="The place of the specialist in the list, for `after` and `before`.")
    node: Specialist = strawberry.field(description="The specialist.")


@strawberry.type(description="A page of specialists.")
class SpecialistConnection:
    nodes: list[Specialist] = strawberry.field(description="The specialists of the page.")
    edges: list[SpecialistEdge] = strawberry.field(description="The same, each with its cursor.")
    page_info: PageInfo = strawberry.field(description="Where the page stands in the list.")
    total_count: int = strawberry.field(description="How many specialists the whole list has.")


@strawberry.type(description="A field of medicine that specialists hold.")
class Specialty:
    id: strawberry.ID = strawberry.field(description="Identifies the specialty within the organization.")
    organization_id: strawberry.ID = strawberry.field(description="The organization the specialty belongs to.")
    title: str = strawberry.field(description="The name as patients see it.")
    slug: str = strawberry.field(description="The specialty's address, unique in the organization.")
    created_at: DateTime = strawberry.field(description="When the record was made.")
    updated_at: DateTime = strawberry.field(description="When the record last changed.")
    version: str = strawberry.field(description="Changes whenever the record does; for `ifVersion`.")

    @root(SpecialistConnection, "A page of the active specialists that hold it; its cursors are good for it alone.")
    @staticmethod
    def specialists(
        page: Page = strawberry.UNSET,
        page_size: PageSize = strawberry.UNSET,
        first: First = strawberry.UNSET,
        after: After = strawberry.UNSET,
        last: Last = strawberry.UNSET,
        before: Before = strawberry.UNSET,
        sort: HolderSorts = strawberry.UNSET,
    ) -> PageQuery:
        window = window_request(page=page, page_size=page_size, first=first, after=after, last=last, before=before)
        return HELD_BY.query(ListRequest(window, orders(sort)))


@strawberry.type(description="A specialty within a page.")
class SpecialtyEdge:
    cursor: str = strawberry.field(description="The place of the specialty in the list, for `after` and `before`.")
    node: Specialty = strawberry.field(description="The specialty.")


@strawberry.type(description="A page of specialties.")
class SpecialtyConnection:
    nodes: list[Specialty] = strawberry.field(description="The specialties of the page.")
    edges: list[SpecialtyEdge] = strawberry.field(description="The same, each with its cursor.")
    page_info: PageInfo = strawberry.field(description="Where the page stands in the list.")
    total_count: int = strawberry.field(description="How many specialties the whole list has.")

"""The query root: each field translates its arguments and returns its resolver."""

from typing import Annotated

import strawberry

from resolvers.lists import ListRequest
from resolvers.scalars import record_id
from resolvers.specialists import get_specialist, get_specialist_by_slug, list_specialists
from resolvers.specialties import get_specialty, get_specialty_by_slug, list_specialties
from resolvers.users import get_viewer, list_users
from resolvers.viewer import require_admin
from resolvers.windows import WindowRequest
from schema.fields import ReadResolver, input_to_dict, planned_field, planned_list
from schema.types.arguments import Id, Slug
from schema.types.filters import SpecialistFilter, SpecialtyFilter, UserFilter
from schema.types.sorts import SpecialistSorts, SpecialtySorts, UserSorts, to_sorts
from schema.types.specialist import Specialist, SpecialistConnection, Specialty, SpecialtyConnection
from schema.types.user import UserConnection
from schema.types.viewer import Viewer

UNSET = strawberry.UNSET
Deleted = Annotated[
    bool | None,
    strawberry.argument(description="True: only soft-deleted specialists; false: only active ones."),
]
FILTER = strawberry.argument(description="Narrows the list.")


@strawberry.type(description="What can be read. Everything belongs to the organization of the session token.")
class Query:
    @planned_field(Viewer, "Who is asking.")
    @staticmethod
    def viewer() -> ReadResolver:
        return get_viewer

    @planned_list(SpecialistConnection, "A page of the specialists.")
    @staticmethod
    def specialists(
        window: WindowRequest,
        sort: SpecialistSorts = UNSET,
        deleted: Deleted = False,
        filter: Annotated[SpecialistFilter | None, FILTER] = UNSET,
    ) -> ReadResolver:
        request = ListRequest(window, to_sorts(sort), (("deleted", deleted), *input_to_dict(filter).items()))
        return lambda _viewer, selection: list_specialists(request, selection)

    @planned_field(Specialist | None, "One specialist, soft-deleted ones too.")
    @staticmethod
    def specialist(id: Id) -> ReadResolver:
        return lambda _viewer, selection: get_specialist(record_id(id), selection)

    @planned_field(Specialist | None, "One specialist, soft-deleted ones too.")
    @staticmethod
    def specialist_by_slug(slug: Slug) -> ReadResolver:
        return lambda _viewer, selection: get_specialist_by_slug(slug, selection)

    @planned_list(SpecialtyConnection, "A page of the specialties.")
    @staticmethod
    def specialties(
        window: WindowRequest,
        sort: SpecialtySorts = UNSET,
        filter: Annotated[SpecialtyFilter | None, FILTER] = UNSET,
    ) -> ReadResolver:
        request = ListRequest(window, to_sorts(sort), tuple(input_to_dict(filter).items()))
        return lambda _viewer, selection: list_specialties(request, selection)

    @planned_field(Specialty | None, "One specialty.")
    @staticmethod
    def specialty(id: Id) -> ReadResolver:
        return lambda _viewer, selection: get_specialty(record_id(id), selection)

    @planned_field(Specialty | None, "One specialty.")
    @staticmethod
    def specialty_by_slug(slug: Slug) -> ReadResolver:
        return lambda _viewer, selection: get_specialty_by_slug(slug, selection)

    @planned_list(UserConnection | None, "A page of the users. Admin only: null and `forbidden` for others.")
    @staticmethod
    def users(
        window: WindowRequest,
        sort: UserSorts = UNSET,
        filter: Annotated[UserFilter | None, FILTER] = UNSET,
    ) -> ReadResolver:
        request = ListRequest(window, to_sorts(sort), tuple(input_to_dict(filter).items()))
        return lambda viewer, selection: list_users(require_admin(viewer), request, selection)

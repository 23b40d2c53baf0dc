"""The mutation root: each field is an admin's transaction of its own; one that fails is null, the others are kept."""

import json
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeAlias

import strawberry

from db.selection import ReadResult, Selection
from resolvers import scheduling, specialists, specialties
from resolvers.idempotency import IdempotentRequest, create_once
from resolvers.inputs import Draft, Fields, Input, parse_draft
from resolvers.reads import ReadRequest
from resolvers.scalars import record_id
from resolvers.writes import ANY_VERSION, AdminTransaction, VersionPrecondition
from schema.fields import WriteResolver, input_to_dict, planned_field, unset_to_none
from schema.types.arguments import Id, IdempotencyKey, IfVersion
from schema.types.inputs import (
    CreateSpecialistInput,
    CreateSpecialtyInput,
    OverrideInput,
    UpdateSpecialistInput,
    UpdateSpecialtyInput,
    WeeklyHoursInput,
)
from schema.types.specialist import Specialist, Specialty

NewSpecialist = Annotated[CreateSpecialistInput, strawberry.argument(description="The new specialist.")]
SpecialistChanges = Annotated[UpdateSpecialistInput, strawberry.argument(description="What to change.")]
NewSpecialty = Annotated[CreateSpecialtyInput, strawberry.argument(description="The new specialty.")]
SpecialtyChanges = Annotated[UpdateSpecialtyInput, strawberry.argument(description="What to change.")]
WeeklyHours = Annotated[list[WeeklyHoursInput], strawberry.argument(description="The whole new set.")]
Overrides = Annotated[list[OverrideInput], strawberry.argument(description="The whole new set.")]


Create: TypeAlias = Callable[[AdminTransaction, Draft[Fields], Selection], Awaitable[ReadResult]]


def _create(
    name: str,
    declaration: type[Fields],
    values: Input,
    key: str | None,
    create: Create[Fields],
    get: Callable[[int, Selection], ReadRequest],
) -> WriteResolver:
    """Return the resolver that creates a record from ``values``: under ``key`` but once, whatever is selected of it."""

    async def work(transaction: AdminTransaction, selection: Selection) -> ReadResult:
        return await create(transaction, parse_draft(declaration, values), selection)

    async def run(transaction: AdminTransaction, selection: Selection) -> ReadResult:
        idempotency_key = unset_to_none(key)
        if idempotency_key is None:
            return await work(transaction, selection)
        request = IdempotentRequest.parse(name, idempotency_key, json.dumps(values, sort_keys=True).encode())
        return await create_once(transaction, request, selection, lambda: work(transaction, selection), get)

    return run


def _version_precondition(version: str | None) -> VersionPrecondition:
    version = unset_to_none(version)
    return ANY_VERSION if version is None else VersionPrecondition(frozenset({version}))


@strawberry.type(description="What admins can write.")
class Mutation:
    @planned_field(Specialist | None, "Create a specialist.")
    @staticmethod
    def create_specialist(
        input: NewSpecialist,  # noqa: A002
        idempotency_key: IdempotencyKey = strawberry.UNSET,
    ) -> WriteResolver:
        create, get = specialists.create_specialist, specialists.get_specialist
        return _create(
            "createSpecialist", specialists.SpecialistFields, input_to_dict(input), idempotency_key, create, get
        )

    @planned_field(Specialist | None, "Change a specialist.")
    @staticmethod
    def update_specialist(
        id: Id,  # noqa: A002
        input: SpecialistChanges,  # noqa: A002
        if_version: IfVersion = strawberry.UNSET,
    ) -> WriteResolver:
        return lambda transaction, selection: specialists.update_specialist(
            transaction, record_id(id), input_to_dict(input), selection, _version_precondition(if_version)
        )

    @planned_field(Specialist | None, "Soft-delete a specialist: the record stays.")
    @staticmethod
    def delete_specialist(id: Id, if_version: IfVersion = strawberry.UNSET) -> WriteResolver:  # noqa: A002
        return lambda transaction, selection: specialists.delete_specialist(
            transaction, record_id(id), selection, _version_precondition(if_version)
        )

    @planned_field(Specialist | None, "Take back a soft delete.")
    @staticmethod
    def restore_specialist(id: Id) -> WriteResolver:  # noqa: A002
        return lambda transaction, selection: specialists.restore_specialist(transaction, record_id(id), selection)

    @planned_field(Specialty | None, "Create a specialty.")
    @staticmethod
    def create_specialty(
        input: NewSpecialty,  # noqa: A002
        idempotency_key: IdempotencyKey = strawberry.UNSET,
    ) -> WriteResolver:
        create, get = specialties.create_specialty, specialties.get_specialty
        return _create(
            "createSpecialty", specialties.SpecialtyFields, input_to_dict(input), idempotency_key, create, get
        )

    @planned_field(Specialty | None, "Change a specialty.")
    @staticmethod
    def update_specialty(
        id: Id,  # noqa: A002
        input: SpecialtyChanges,  # noqa: A002
        if_version: IfVersion = strawberry.UNSET,
    ) -> WriteResolver:
        return lambda transaction, selection: specialties.update_specialty(
            transaction, record_id(id), input_to_dict(input), selection, _version_precondition(if_version)
        )

    @planned_field(strawberry.ID | None, "Remove a specialty that no specialist holds; its id.")
    @staticmethod
    def delete_specialty(id: Id, if_version: IfVersion = strawberry.UNSET) -> WriteResolver:  # noqa: A002
        async def remove(transaction: AdminTransaction, _selection: Selection) -> ReadResult:
            id_ = await specialties.delete_specialty(transaction, record_id(id), _version_precondition(if_version))
            return ReadResult(f'"{id_}"')

        return remove

    @planned_field(Specialist | None, "Replace the weekly hours of a specialist.")
    @staticmethod
    def set_weekly_hours(
        specialist_id: Annotated[strawberry.ID, strawberry.argument(description="Whose weekly hours.")],
        weekly_hours: WeeklyHours,
    ) -> WriteResolver:
        return lambda transaction, selection: scheduling.set_weekly_hours(
            transaction, record_id(specialist_id), [input_to_dict(row) for row in weekly_hours], selection
        )

    @planned_field(Specialist | None, "Replace the overrides of a specialist.")
    @staticmethod
    def set_overrides(
        specialist_id: Annotated[strawberry.ID, strawberry.argument(description="Whose overrides.")],
        overrides: Overrides,
    ) -> WriteResolver:
        return lambda transaction, selection: scheduling.set_overrides(
            transaction, record_id(specialist_id), [input_to_dict(row) for row in overrides], selection
        )

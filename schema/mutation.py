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
from resolvers.specialists import SpecialistFields
from resolvers.specialties import SpecialtyFields
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

UNSET = strawberry.UNSET
CHANGES = strawberry.argument(description="What to change.")
WHOLE_SET = strawberry.argument(description="The whole new set.")
NewSpecialist = Annotated[CreateSpecialistInput, strawberry.argument(description="The new specialist.")]
NewSpecialty = Annotated[CreateSpecialtyInput, strawberry.argument(description="The new specialty.")]

Create: TypeAlias = Callable[[AdminTransaction, Draft[Fields], Selection], Awaitable[ReadResult]]
Update: TypeAlias = Callable[[AdminTransaction, int, Input, Selection, VersionPrecondition], Awaitable[ReadResult]]
Get: TypeAlias = Callable[[int, Selection], ReadRequest]


@strawberry.type(description="What admins can write.")
class Mutation:
    @planned_field(Specialist | None, "Create a specialist.")
    @staticmethod
    def create_specialist(input: NewSpecialist, idempotency_key: IdempotencyKey = UNSET) -> WriteResolver:
        create, get = specialists.create_specialist, specialists.get_specialist
        return _create("createSpecialist", SpecialistFields, create, get, input, idempotency_key)

    @planned_field(Specialist | None, "Change a specialist.")
    @staticmethod
    def update_specialist(
        id: Id, input: Annotated[UpdateSpecialistInput, CHANGES], if_version: IfVersion = UNSET
    ) -> WriteResolver:
        return _update(specialists.update_specialist, id, input, if_version)

    @planned_field(Specialist | None, "Soft-delete a specialist: the record stays.")
    @staticmethod
    def delete_specialist(id: Id, if_version: IfVersion = UNSET) -> WriteResolver:
        return lambda transaction, selection: specialists.delete_specialist(
            transaction, record_id(id), selection, _version_precondition(if_version)
        )

    @planned_field(Specialist | None, "Take back a soft delete.")
    @staticmethod
    def restore_specialist(id: Id) -> WriteResolver:
        return lambda transaction, selection: specialists.restore_specialist(transaction, record_id(id), selection)

    @planned_field(Specialty | None, "Create a specialty.")
    @staticmethod
    def create_specialty(input: NewSpecialty, idempotency_key: IdempotencyKey = UNSET) -> WriteResolver:
        create, get = specialties.create_specialty, specialties.get_specialty
        return _create("createSpecialty", SpecialtyFields, create, get, input, idempotency_key)

    @planned_field(Specialty | None, "Change a specialty.")
    @staticmethod
    def update_specialty(
        id: Id, input: Annotated[UpdateSpecialtyInput, CHANGES], if_version: IfVersion = UNSET
    ) -> WriteResolver:
        return _update(specialties.update_specialty, id, input, if_version)

    @planned_field(strawberry.ID | None, "Remove a specialty that no specialist holds; its id.")
    @staticmethod
    def delete_specialty(id: Id, if_version: IfVersion = UNSET) -> WriteResolver:
        return _remove(specialties.delete_specialty, id, if_version)

    @planned_field(Specialist | None, "Replace the weekly hours of a specialist.")
    @staticmethod
    def set_weekly_hours(
        specialist_id: Annotated[strawberry.ID, strawberry.argument(description="Whose weekly hours.")],
        weekly_hours: Annotated[list[WeeklyHoursInput], WHOLE_SET],
    ) -> WriteResolver:
        return lambda transaction, selection: scheduling.set_weekly_hours(
            transaction, record_id(specialist_id), list(map(input_to_dict, weekly_hours)), selection
        )

    @planned_field(Specialist | None, "Replace the overrides of a specialist.")
    @staticmethod
    def set_overrides(
        specialist_id: Annotated[strawberry.ID, strawberry.argument(description="Whose overrides.")],
        overrides: Annotated[list[OverrideInput], WHOLE_SET],
    ) -> WriteResolver:
        return lambda transaction, selection: scheduling.set_overrides(
            transaction, record_id(specialist_id), list(map(input_to_dict, overrides)), selection
        )


def _create(
    name: str, declaration: type[Fields], create: Create[Fields], get: Get, new: object, key: str | None
) -> WriteResolver:
    """Return the resolver that creates a record: under one ``key`` only once, whatever is selected of the record."""
    values = input_to_dict(new)

    async def work(transaction: AdminTransaction, selection: Selection) -> ReadResult:
        return await create(transaction, parse_draft(declaration, values), selection)

    async def run(transaction: AdminTransaction, selection: Selection) -> ReadResult:
        idempotency_key = unset_to_none(key)
        if idempotency_key is None:
            return await work(transaction, selection)
        request = IdempotentRequest.parse(name, idempotency_key, json.dumps(values, sort_keys=True).encode())
        return await create_once(transaction, request, selection, lambda: work(transaction, selection), get)

    return run


def _update(update: Update, id_: str, changes: object, version: str | None) -> WriteResolver:
    """Return the resolver that changes a record."""
    return lambda transaction, selection: update(
        transaction, record_id(id_), input_to_dict(changes), selection, _version_precondition(version)
    )


def _remove(
    delete: Callable[[AdminTransaction, int, VersionPrecondition], Awaitable[int]], id_: str, version: str | None
) -> WriteResolver:
    """Return the resolver that removes a record and returns its id."""

    async def run(transaction: AdminTransaction, _selection: Selection) -> ReadResult:
        return ReadResult(f'"{await delete(transaction, record_id(id_), _version_precondition(version))}"')

    return run


def _version_precondition(version: str | None) -> VersionPrecondition:
    version = unset_to_none(version)
    return ANY_VERSION if version is None else VersionPrecondition(frozenset({version}))

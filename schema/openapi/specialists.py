"""The operations of ``/v1/specialists``."""

from resolvers.lists import SPECIALISTS
from schema.openapi import examples, problems
from schema.openapi.kinds import Json
from schema.openapi.operation import Body, Operation, many, one
from schema.openapi.parameters import listing
from schema.openapi.responses import answered, not_modified

LISTED = {"data": [{**examples.SPECIALIST, "specialties": examples.HELD}], "meta": {**examples.META, "total": 1}}
DETAILED = {"data": {**examples.SPECIALIST, **examples.RELATED}}
MERGES = (
    "What is absent stays, `null` clears what may be null, `specialty_ids` replaces the whole set, and an empty"
    " object changes nothing. The time zone cannot change while overrides of single appointment types exist."
)


def specialists() -> dict[str, dict[str, Operation]]:
    return {
        "/v1/specialists": {"get": _list(), "post": _create()},
        "/v1/specialists/{id}": {
            "get": _get(),
            "put": _update("updateSpecialist", "Update a specialist", f"Admins only. {MERGES}"),
            "patch": _update("patchSpecialist", "Update a specialist, by PATCH", "The same as PUT: both merge."),
            "delete": _delete(),
        },
        "/v1/specialists/{id}/restore": {"post": _restore()},
    }


def _list() -> Operation:
    return Operation(
        id="listSpecialists",
        summary="List specialists",
        description="A page of the organization's specialists: the active ones, unless `deleted` says otherwise.",
        parameters=(*listing("Specialist", SPECIALISTS), "Include"),
        answers={"200": answered("A page of specialists.", many("Specialist"), LISTED, ["Link"])},
        problems=problems.LIST_SPECIALISTS,
    )


def _create() -> Operation:
    return Operation(
        id="createSpecialist",
        summary="Create a specialist",
        description="Admins only. Text is trimmed; fields that are read-only or unknown are ignored.",
        parameters=("Include", "IdempotencyKey"),
        body=Body("CreateSpecialistInput", examples.NEW_SPECIALIST),
        answers={"201": _one("The new specialist.", {"data": examples.CREATED_SPECIALIST}, "Location")},
        problems=problems.CREATE_SPECIALIST,
    )


def _get() -> Operation:
    return Operation(
        id="getSpecialist",
        summary="Get a specialist",
        description="One specialist, soft-deleted ones too: old records still point to them.",
        parameters=("Id", "Include", "IfNoneMatch"),
        answers={"200": _one("The specialist, here with all that can be included.", DETAILED), "304": not_modified()},
        problems=problems.GET_SPECIALIST,
    )


def _update(id_: str, summary: str, description: str) -> Operation:
    return Operation(
        id=id_,
        summary=summary,
        description=description,
        parameters=("Id", "Include", "IfMatch"),
        body=Body("UpdateSpecialistInput", examples.SPECIALIST_CHANGES),
        answers={"200": _one("The specialist as it is now.", {"data": examples.UPDATED_SPECIALIST})},
        problems=problems.UPDATE_SPECIALIST,
    )


def _delete() -> Operation:
    gone = {"data": examples.DELETED_SPECIALIST}
    return Operation(
        id="deleteSpecialist",
        summary="Delete a specialist",
        description="Admins only. A soft delete: the record and all that points to it stay, out of active lists.",
        parameters=("Id", "IfMatch"),
        answers={"200": answered("The specialist is soft-deleted.", one("DeletedSpecialist"), gone)},
        problems=problems.DELETE_SPECIALIST,
    )


def _restore() -> Operation:
    return Operation(
        id="restoreSpecialist",
        summary="Restore a specialist",
        description="Admins only. Takes a soft delete back: the specialist is active again, as it was before.",
        parameters=("Id", "Include", "IdempotencyKey"),
        answers={"200": _one("The specialist, active again.", {"data": examples.RESTORED_SPECIALIST})},
        problems=problems.RESTORE_SPECIALIST,
    )


def _one(told: str, example: Json, *headers: str) -> Json:
    return answered(told, one("Specialist"), example, ["ETag", *headers])

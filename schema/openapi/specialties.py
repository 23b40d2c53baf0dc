"""The operations of ``/v1/specialties``."""

from resolvers.lists import SPECIALTIES
from schema.openapi import examples, problems
from schema.openapi.kinds import Json, ref
from schema.openapi.operation import Body, Operation, many, one, paged
from schema.openapi.parameters import listing
from schema.openapi.responses import answered, not_modified

META = {**examples.META, "total": 1}
LISTED = {"data": [examples.SPECIALTY], "meta": META}
DETAILED = {"data": {**examples.SPECIALTY, "specialists": [examples.SPECIALIST]}, "meta": META}


def specialties() -> dict[str, dict[str, Operation]]:
    return {
        "/v1/specialties": {"get": _list(), "post": _create()},
        "/v1/specialties/{id}": {
            "get": _get(),
            "put": _update("updateSpecialty", "Update a specialty", "Admins only. What is absent stays."),
            "patch": _update("patchSpecialty", "Update a specialty, by PATCH", "The same as PUT: both merge."),
            "delete": _delete(),
        },
    }


def _list() -> Operation:
    return Operation(
        id="listSpecialties",
        summary="List specialties",
        description="A page of the organization's specialties.",
        parameters=listing("Specialty", SPECIALTIES),
        answers={"200": answered("A page of specialties.", many("Specialty"), LISTED, ["Link"])},
        problems=problems.LIST_SPECIALTIES,
    )


def _create() -> Operation:
    return Operation(
        id="createSpecialty",
        summary="Create a specialty",
        description="Admins only. Text is trimmed; fields that are read-only or unknown are ignored.",
        parameters=("IdempotencyKey",),
        body=Body("CreateSpecialtyInput", examples.NEW_SPECIALTY),
        answers={"201": _one("The new specialty.", {"data": examples.SPECIALTY}, "Location")},
        problems=problems.CREATE_SPECIALTY,
    )


def _get() -> Operation:
    schema = paged({"data": ref("schemas", "SpecialtyWithSpecialists")})
    told = "The specialty; `meta` is about the page of its specialists."
    return Operation(
        id="getSpecialty",
        summary="Get a specialty with its specialists",
        description="One specialty with the active specialists that hold it, by name, a page at a time.",
        parameters=("Id", "Page", "PageSize", "IfNoneMatch"),
        answers={"200": answered(told, schema, DETAILED, ["ETag"]), "304": not_modified()},
        problems=problems.GET_SPECIALTY,
    )


def _update(id_: str, summary: str, description: str) -> Operation:
    return Operation(
        id=id_,
        summary=summary,
        description=description,
        parameters=("Id", "IfMatch"),
        body=Body("UpdateSpecialtyInput", examples.SPECIALTY_CHANGES),
        answers={"200": _one("The specialty as it is now.", {"data": examples.UPDATED_SPECIALTY})},
        problems=problems.UPDATE_SPECIALTY,
    )


def _delete() -> Operation:
    gone = {"data": examples.DELETED_SPECIALTY}
    return Operation(
        id="deleteSpecialty",
        summary="Delete a specialty",
        description="Admins only. The row is removed, unless a specialist, soft-deleted or not, holds it.",
        parameters=("Id", "IfMatch"),
        answers={"200": answered("The specialty is gone.", one("DeletedSpecialty"), gone)},
        problems=problems.DELETE_SPECIALTY,
    )


def _one(told: str, example: Json, *headers: str) -> Json:
    return answered(told, one("Specialty"), example, ["ETag", *headers])

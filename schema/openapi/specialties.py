"""The operations of ``/v1/specialties``."""

from resolvers.lists import SPECIALTIES
from schema.openapi import examples, problems
from schema.openapi.kinds import Json
from schema.openapi.operation import Body, Operation
from schema.openapi.parameters import listing
from schema.openapi.responses import answered, not_modified
from schema.openapi.twin import Twin, input_object, page, record
from schema.rest.selections import SPECIALIST, SPECIALTY

ID = examples.SPECIALTY["id"]
RECORD = record(SPECIALTY)
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
        answers={"200": answered("A page of specialties.", "SpecialtyListResponse", LISTED, ["Link"])},
        problems=problems.LIST_SPECIALTIES,
        twin=Twin(
            "/v1/specialties?page=1&page_size=25&sort=title",
            "query ListSpecialties($page: Int, $pageSize: Int, $sort: [SpecialtySort!])"
            f" {{ specialties(page: $page, pageSize: $pageSize, sort: $sort) {{ {page(RECORD)} }} }}",
            {"page": 1, "pageSize": 25, "sort": ["TITLE_ASC"]},
        ),
    )


def _create() -> Operation:
    return Operation(
        id="createSpecialty",
        summary="Create a specialty",
        description="Admins only. Text is trimmed; fields that are read-only or unknown are ignored.",
        parameters=("IdempotencyKey",),
        body=Body("CreateSpecialtyInput", examples.NEW_SPECIALTY),
        answers={"201": _one("The new specialty.", {"data": examples.CREATED_SPECIALTY}, "Location")},
        problems=problems.CREATE_SPECIALTY,
        twin=Twin(
            "/v1/specialties",
            "mutation CreateSpecialty($input: CreateSpecialtyInput!)"
            f" {{ createSpecialty(input: $input) {{ {RECORD} }} }}",
            {"input": input_object(examples.NEW_SPECIALTY)},
        ),
    )


def _get() -> Operation:
    told = "The specialty; `meta` is about the page of its specialists."
    return Operation(
        id="getSpecialty",
        summary="Get a specialty with its specialists",
        description="One specialty with the active specialists that hold it, by name, a page at a time.",
        parameters=("Id", "Page", "PageSize", "IfNoneMatch"),
        answers={"200": answered(told, "SpecialtyDetailResponse", DETAILED, ["ETag"]), "304": not_modified()},
        problems=problems.GET_SPECIALTY,
        twin=Twin(
            f"/v1/specialties/{ID}?page=1&page_size=25",
            "query GetSpecialty($id: ID!, $page: Int, $pageSize: Int) { specialty(id: $id)"
            f" {{ {RECORD} specialists(page: $page, pageSize: $pageSize) {{ {page(record(SPECIALIST))} }} }} }}",
            {"id": ID, "page": 1, "pageSize": 25},
        ),
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
        twin=Twin(
            f"/v1/specialties/{ID}",
            "mutation UpdateSpecialty($id: ID!, $input: UpdateSpecialtyInput!)"
            f" {{ updateSpecialty(id: $id, input: $input) {{ {RECORD} }} }}",
            {"id": ID, "input": input_object(examples.SPECIALTY_CHANGES)},
        ),
    )


def _delete() -> Operation:
    gone = {"data": examples.DELETED_SPECIALTY}
    return Operation(
        id="deleteSpecialty",
        summary="Delete a specialty",
        description="Admins only. The row is removed, unless a specialist, soft-deleted or not, holds it.",
        parameters=("Id", "IfMatch"),
        answers={"200": answered("The specialty is gone.", "DeletedSpecialtyResponse", gone)},
        problems=problems.DELETE_SPECIALTY,
        twin=Twin(
            f"/v1/specialties/{ID}",
            "mutation DeleteSpecialty($id: ID!) { deleteSpecialty(id: $id) }",
            {"id": ID},
        ),
    )


def _one(told: str, example: Json, *headers: str) -> Json:
    return answered(told, "SpecialtyResponse", example, ["ETag", *headers])

"""Which errors of the catalogue an operation can be answered with, each as it is worded there."""

from collections.abc import Callable
from typing import TypeAlias

from starlette.datastructures import QueryParams

from resolvers.catalogue import catalogue
from resolvers.conflicts import CONSTRAINTS
from resolvers.errors.access import Forbidden, OrganizationRequired
from resolvers.errors.fields import InvalidIdempotencyKey, InvalidSchedulingActive
from resolvers.errors.lists import InvalidDeleted, InvalidPage, InvalidPageSize, InvalidSearch
from resolvers.errors.problem import Problem
from resolvers.errors.records import (
    AlreadyDeleted,
    IdempotencyInProgress,
    IdempotencyKeyReused,
    NotDeleted,
    PreconditionFailed,
    SpecialistNotFound,
    SpecialtyInUse,
    TimezoneLocked,
)
from resolvers.errors.request import BodyTooLarge, InvalidBody, InvalidJson, UnsupportedMediaType
from resolvers.inputs import draft_errors
from resolvers.lists import SPECIALISTS, SPECIALTIES, ListOf
from resolvers.specialists import SpecialistFields
from resolvers.specialties import SpecialtyFields
from resolvers.specialties import not_found as specialty_not_found
from schema.rest.parameters import list_request
from schema.rest.selections import specialist

Problems: TypeAlias = tuple[Problem, ...]

SHARED_STATUSES = {401, 429, 500, 503}


def shared() -> Problems:
    """What any request may be answered with."""
    return tuple(error for error in catalogue() if error.status in SHARED_STATUSES)


def _raised(call: Callable[[], object]) -> Problem:
    try:
        call()
    except Problem as problem:
        return problem
    raise AssertionError("nothing was raised")


def _invalid_sort(list_: ListOf) -> Problem:
    return _raised(lambda: list_request(list_, QueryParams({"sort": "unknown"})))


INVALID_INCLUDE = _raised(lambda: specialist(["unknown"]))
READ: Problems = (OrganizationRequired(),)
WRITE: Problems = (*READ, Forbidden())
BODY: Problems = (InvalidJson(), InvalidBody(), BodyTooLarge(), UnsupportedMediaType())
ONCE: Problems = (InvalidIdempotencyKey(), IdempotencyInProgress(), IdempotencyKeyReused())
PAGE: Problems = (InvalidPage(), InvalidPageSize())

SPECIALIST_SLUG = CONSTRAINTS["specialists_organization_id_slug_key"]()
SPECIALTY_SLUG = CONSTRAINTS["specialties_organization_id_slug_key"]()

LIST_SPECIALISTS: Problems = (
    *READ,
    *PAGE,
    _invalid_sort(SPECIALISTS),
    INVALID_INCLUDE,
    InvalidDeleted(),
    InvalidSearch(),
    InvalidSchedulingActive(),
)
CREATE_SPECIALIST: Problems = (
    *WRITE,
    *BODY,
    INVALID_INCLUDE,
    *draft_errors(SpecialistFields),
    SPECIALIST_SLUG,
    *ONCE,
)
GET_SPECIALIST: Problems = (*READ, INVALID_INCLUDE, SpecialistNotFound())
UPDATE_SPECIALIST: Problems = (
    *WRITE,
    *BODY,
    INVALID_INCLUDE,
    SpecialistNotFound(),
    *draft_errors(SpecialistFields),
    TimezoneLocked(),
    SPECIALIST_SLUG,
    AlreadyDeleted(),
    PreconditionFailed(),
)
DELETE_SPECIALIST: Problems = (*WRITE, SpecialistNotFound(), AlreadyDeleted(), PreconditionFailed())
RESTORE_SPECIALIST: Problems = (*WRITE, INVALID_INCLUDE, SpecialistNotFound(), NotDeleted(), *ONCE)

LIST_SPECIALTIES: Problems = (*READ, *PAGE, _invalid_sort(SPECIALTIES), InvalidSearch())
CREATE_SPECIALTY: Problems = (*WRITE, *BODY, *draft_errors(SpecialtyFields), SPECIALTY_SLUG, *ONCE)
GET_SPECIALTY: Problems = (*READ, *PAGE, specialty_not_found())
UPDATE_SPECIALTY: Problems = (
    *WRITE,
    *BODY,
    specialty_not_found(),
    *draft_errors(SpecialtyFields),
    SPECIALTY_SLUG,
    PreconditionFailed(),
)
DELETE_SPECIALTY: Problems = (*WRITE, specialty_not_found(), SpecialtyInUse(), PreconditionFailed())

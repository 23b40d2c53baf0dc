"""Which errors of the catalogue an operation can be answered with, each as it is worded there."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from starlette.datastructures import QueryParams

from resolvers.conflicts import CONSTRAINTS
from resolvers.errors import catalogue, fields
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
    SpecialtyNotFound,
    TimezoneLocked,
    UserNotFound,
)
from resolvers.errors.request import BodyTooLarge, InvalidBody, InvalidJson, UnsupportedMediaType
from resolvers.inputs import Field
from resolvers.lists import SPECIALISTS, SPECIALTIES, ListOf
from resolvers.specialist_fields import SPECIALIST_FIELDS
from resolvers.specialties import SPECIALTY_FIELDS
from resolvers.specialties import not_found as specialty_not_found
from schema.rest.parameters import list_request
from schema.rest.selections import specialist

Problems: TypeAlias = tuple[Problem, ...]

SHARED_STATUSES = {401, 429, 500, 503}


def shared() -> Problems:
    """What any request may be answered with."""
    return tuple(kind() for kind in catalogue() if kind.status in SHARED_STATUSES)


def _raised(call: Callable[[], object]) -> Problem:
    try:
        call()
    except Problem as problem:
        return problem
    raise AssertionError("nothing was raised")


def _invalid_sort(list_: ListOf) -> Problem:
    return _raised(lambda: list_request(list_, QueryParams({"sort": "unknown"})))


def _invalid_fields(of: Mapping[str, Field]) -> Problems:
    """The errors of each field: the missing, where it is required, and the invalid."""
    kinds = [kind for kind in catalogue() if kind.__module__ == fields.__name__ and kind.field in of]
    return tuple(kind() for kind in kinds if kind.code.startswith("invalid_") or kind is of[kind.field or ""].required)


INVALID_INCLUDE = _raised(lambda: specialist(["unknown"]))
READ: Problems = (OrganizationRequired(),)
WRITE: Problems = (*READ, Forbidden())
BODY: Problems = (InvalidJson(), InvalidBody(), BodyTooLarge(), UnsupportedMediaType())
ONCE: Problems = (InvalidIdempotencyKey(), IdempotencyInProgress(), IdempotencyKeyReused())
PAGE: Problems = (InvalidPage(), InvalidPageSize())

SPECIALIST_REFERENCES: Problems = (UserNotFound(), SpecialtyNotFound(field="specialty_ids"))
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
    *_invalid_fields(SPECIALIST_FIELDS),
    *SPECIALIST_REFERENCES,
    SPECIALIST_SLUG,
    *ONCE,
)
GET_SPECIALIST: Problems = (*READ, INVALID_INCLUDE, SpecialistNotFound())
UPDATE_SPECIALIST: Problems = (
    *WRITE,
    *BODY,
    INVALID_INCLUDE,
    SpecialistNotFound(),
    *_invalid_fields(SPECIALIST_FIELDS),
    TimezoneLocked(),
    *SPECIALIST_REFERENCES,
    SPECIALIST_SLUG,
    AlreadyDeleted(),
    PreconditionFailed(),
)
DELETE_SPECIALIST: Problems = (*WRITE, SpecialistNotFound(), AlreadyDeleted(), PreconditionFailed())
RESTORE_SPECIALIST: Problems = (*WRITE, INVALID_INCLUDE, SpecialistNotFound(), NotDeleted(), *ONCE)

LIST_SPECIALTIES: Problems = (*READ, *PAGE, _invalid_sort(SPECIALTIES), InvalidSearch())
CREATE_SPECIALTY: Problems = (*WRITE, *BODY, *_invalid_fields(SPECIALTY_FIELDS), SPECIALTY_SLUG, *ONCE)
GET_SPECIALTY: Problems = (*READ, *PAGE, specialty_not_found())
UPDATE_SPECIALTY: Problems = (
    *WRITE,
    *BODY,
    specialty_not_found(),
    *_invalid_fields(SPECIALTY_FIELDS),
    SPECIALTY_SLUG,
    PreconditionFailed(),
)
DELETE_SPECIALTY: Problems = (*WRITE, specialty_not_found(), SpecialtyInUse(), PreconditionFailed())

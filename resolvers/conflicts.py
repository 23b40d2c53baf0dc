"""What the database refuses, as the catalogue calls it: one table, constraint by name."""

import logging
from collections.abc import Callable
from functools import partial

from db.errors import ConstraintViolationError, DatabaseUnavailableError
from resolvers.errors.problem import Problem
from resolvers.errors.records import SlugExists, SpecialistNotFound, SpecialtyNotFound, UserNotFound
from resolvers.errors.server import InternalError, Unavailable

EXPECTED_ERRORS = (Problem, DatabaseUnavailableError, ConstraintViolationError)  # what a request may raise
log = logging.getLogger("clinic")
CONSTRAINTS: dict[str, Callable[[], Problem]] = {
    "specialists_organization_id_slug_key": partial(
        SlugExists, "A specialist with this slug already exists in this organization"
    ),
    "specialties_organization_id_slug_key": partial(
        SlugExists, "A specialty with this slug already exists in this organization"
    ),
    "specialists_organization_id_user_id_fkey": UserNotFound,
    "specialist_specialties_organization_id_specialty_id_fkey": partial(SpecialtyNotFound, field="specialty_ids"),
    "specialist_specialties_organization_id_specialist_id_fkey": SpecialistNotFound,
}


def to_problem(error: BaseException) -> Problem:
    """The catalogue's word for ``error``, whatever it is; what nobody foresaw is an internal error."""
    match error:
        case Problem():
            return error
        case DatabaseUnavailableError():
            return Unavailable()
        case ConstraintViolationError() if error.constraint in CONSTRAINTS:
            return CONSTRAINTS[error.constraint]()
    log.error("unforeseen", exc_info=error)
    return InternalError()

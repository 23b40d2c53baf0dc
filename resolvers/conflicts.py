"""Translate exceptions into problems; violations of constraints by the names of these."""

import logging
from collections.abc import Callable, Iterator
from functools import partial

from sqlalchemy import UniqueConstraint

from db.entities import ENTITIES
from db.errors import ConstraintViolationError, DatabaseUnavailableError, StatementTooExpensiveError
from resolvers.errors.problem import Problem
from resolvers.errors.records import SlugExists, SpecialistNotFound, SpecialtyNotFound, UserNotFound
from resolvers.errors.request import InternalError, TooExpensive, Unavailable

# what a request may raise
EXPECTED_ERRORS = (Problem, DatabaseUnavailableError, StatementTooExpensiveError, ConstraintViolationError)
log = logging.getLogger("clinic")


def _slug_errors() -> Iterator[tuple[str, Callable[[], Problem]]]:
    """Yield the name of each unique key of a slug, and the error for a slug that another record already has."""
    for name, entity in ENTITIES.items():
        keys = [part.columns.keys() for part in entity.table.constraints if isinstance(part, UniqueConstraint)]
        if ["organization_id", "slug"] in keys:
            message = f"{'An' if name[0] in 'aeiou' else 'A'} {name} with this slug already exists in this organization"
            yield f"{entity.table.name}_organization_id_slug_key", partial(SlugExists, message)


CONSTRAINTS: dict[str, Callable[[], Problem]] = {
    **dict(_slug_errors()),
    "specialists_organization_id_user_id_fkey": UserNotFound,
    "specialist_specialties_organization_id_specialty_id_fkey": partial(SpecialtyNotFound, field="specialty_ids"),
    "specialist_specialties_organization_id_specialist_id_fkey": SpecialistNotFound,
}


def to_problem(error: BaseException) -> Problem:
    """Return the problem for ``error``; log an unexpected one, which becomes an ``InternalError`` without details."""
    match error:
        case Problem():
            return error
        case DatabaseUnavailableError():
            return Unavailable()
        case StatementTooExpensiveError():
            return TooExpensive()
        case ConstraintViolationError() if error.constraint in CONSTRAINTS:
            return CONSTRAINTS[error.constraint]()
    log.error("unforeseen", exc_info=error)
    return InternalError()

"""The selections of REST responses: the fields of the contract in its order, and what ``include`` adds."""

from collections.abc import Sequence
from functools import cache

from strawberry.types.base import (
    StrawberryList,
    StrawberryOptional,
    get_object_definition,
    has_object_definition,
)
from strawberry.types.field import StrawberryField

from db.selection import Column, Field, Relation, Selection
from schema.rest.parameters import included
from schema.types.scheduling import Override, WeeklyHours
from schema.types.specialist import Specialist, Specialty
from schema.types.user import User


def record_keys(kind: type) -> tuple[str, ...]:
    """Return the stored fields of a Strawberry type, in its order; without ``version``, which REST has as ``ETag``."""
    fields = get_object_definition(kind, strict=True).fields
    return tuple(field.python_name for field in fields if _is_stored(field) and field.python_name != "version")


def _is_stored(field: StrawberryField) -> bool:
    """Return whether ``field`` is a column of its record: other records, and lists of them, are not."""
    type_ = field.type.of_type if isinstance(field.type, StrawberryOptional) else field.type
    return field.base_resolver is None and not isinstance(type_, StrawberryList) and not has_object_definition(type_)


SPECIALIST = record_keys(Specialist)
SPECIALTY = record_keys(Specialty)
INCLUDES = {
    "specialties": ("id", "title", "slug"),
    "user": record_keys(User),
    "weekly_hours": record_keys(WeeklyHours),
    "overrides": record_keys(Override),
}
META = Selection(
    (
        Column("page", "page"),
        Column("page_size", "page_size"),
        Column("total", "total_count"),
        Column("total_pages", "total_pages"),
    )
)


def columns(names: tuple[str, ...]) -> tuple[Field, ...]:
    return tuple(Column(name, name) for name in names)


def page_of(record: Selection) -> Selection:
    """A page as lists answer it: ``data`` and ``meta``."""
    return Selection((Relation("data", "nodes", record), Relation("meta", "page_info", META)))


def specialist(include: Sequence[str]) -> Selection:
    """A specialist with what ``include`` names; raises ``InvalidInclude``."""
    return _specialist(included(INCLUDES, include))


def specialists(include: Sequence[str]) -> Selection:
    """A page of specialists with what ``include`` names; raises ``InvalidInclude``."""
    return _specialists(included(INCLUDES, include))


@cache
def _specialist(included: tuple[str, ...]) -> Selection:
    related = (Relation(name, name, Selection(columns(INCLUDES[name]))) for name in included)
    return Selection((*columns(SPECIALIST), *related))


@cache
def _specialists(included: tuple[str, ...]) -> Selection:
    return page_of(_specialist(included))


SPECIALTY_RECORD = Selection(columns(SPECIALTY))
SPECIALTIES_PAGE = page_of(SPECIALTY_RECORD)
DELETED = Selection(columns(("id", "deleted_at")))

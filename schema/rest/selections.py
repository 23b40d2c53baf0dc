"""What a REST answer holds: the fields of the contract in its order, and what ``include`` adds."""

from collections.abc import Sequence
from functools import cache

from db.selection import Column, Field, Relation, Selection
from schema.rest.parameters import included

SPECIALIST = (
    "id",
    "organization_id",
    "user_id",
    "name",
    "title",
    "description",
    "slug",
    "signature_url",
    "avatar_url",
    "scheduling_timezone",
    "scheduling_active",
    "minicrm_name",
    "deleted_at",
    "created_at",
    "updated_at",
)
SPECIALTY = ("id", "organization_id", "title", "slug", "created_at", "updated_at")
INCLUDES = {
    "specialties": ("id", "title", "slug"),
    "user": ("id", "email", "username", "role"),
    "weekly_hours": ("id", "day_of_week", "start_time", "end_time"),
    "overrides": (
        "id",
        "date",
        "end_date",
        "is_available",
        "start_time",
        "end_time",
        "appointment_type_id",
        "reason",
    ),
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

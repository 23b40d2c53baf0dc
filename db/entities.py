"""The nouns that a selection may name: their table and their relations."""

from dataclasses import dataclass, field

from sqlalchemy import Table

from db import tables


@dataclass(frozen=True)
class ToOne:
    """The record whose id stands in ``column``."""

    noun: str
    column: str


@dataclass(frozen=True)
class ToMany:
    """The records that point here, or that a ``through`` table of pairs ties here.

    ``here`` names the column (of the table, or of ``through``) that holds this record's id,
    ``there`` the column of ``through`` that holds theirs. ``paged`` lists are asked for page by page.
    """

    noun: str
    here: str
    order: tuple[str, ...]
    through: Table | None = None
    there: str = ""
    paged: bool = False


@dataclass(frozen=True)
class Entity:
    table: Table
    relations: dict[str, ToOne | ToMany] = field(default_factory=dict)


ENTITIES = {
    "specialist": Entity(
        tables.specialists,
        {
            "specialties": ToMany(
                "specialty", "specialist_id", ("title", "id"), tables.specialist_specialties, "specialty_id"
            ),
            "user": ToOne("user", "user_id"),
            "weekly_hours": ToMany("weekly_hours", "specialist_id", ("day_of_week", "start_time", "id")),
            "overrides": ToMany("override", "specialist_id", ("date", "start_time", "id")),
        },
    ),
    "specialty": Entity(
        tables.specialties,
        {
            "specialists": ToMany(
                "specialist", "specialty_id", (), tables.specialist_specialties, "specialist_id", paged=True
            )
        },
    ),
    "user": Entity(tables.users),
    "weekly_hours": Entity(tables.weekly_hours),
    "override": Entity(tables.overrides),
    "organization": Entity(tables.organizations),
}

"""The entities that a selection may name: the table and the relations of each."""

from dataclasses import dataclass, field
from typing import TypeAlias

from sqlalchemy import Table

from db import tables


@dataclass(frozen=True)
class ToOne:
    """The record of ``entity`` whose ``target_key`` is in the column ``foreign_key``."""

    entity: str
    foreign_key: str
    target_key: str = "id"


@dataclass(frozen=True)
class ToMany:
    """The records of ``entity`` whose column ``foreign_key`` has this record's id, by ``order``.

    With ``secondary``, a table of pairs, its column ``foreign_key`` has this record's id and its column
    ``target_key`` that of the other record. A relation without ``order`` is read by pages, whose query
    has the order.
    """

    entity: str
    foreign_key: str
    order: tuple[str, ...]
    secondary: Table | None = None
    target_key: str = ""


@dataclass(frozen=True)
class ChangedFields:
    """The fields in the JSON objects ``old_values`` and ``new_values`` of a change, by name: ``name, old, new``."""


Related: TypeAlias = ToOne | ToMany | ChangedFields


@dataclass(frozen=True)
class Entity:
    """A kind of record: its table, and its relations by name."""

    table: Table
    relations: dict[str, Related] = field(default_factory=dict)


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
            "history": ToMany("change", "specialist_id", ()),
        },
    ),
    "specialty": Entity(
        tables.specialties,
        {
            "specialists": ToMany("specialist", "specialty_id", (), tables.specialist_specialties, "specialist_id"),
            "history": ToMany("change", "specialty_id", ()),
        },
    ),
    "user": Entity(tables.users),
    "weekly_hours": Entity(tables.weekly_hours),
    "override": Entity(tables.overrides),
    "organization": Entity(tables.organizations),
    "change": Entity(tables.audit_log, {"actor": ToOne("user", "actor_id", "clerk_id"), "fields": ChangedFields()}),
}

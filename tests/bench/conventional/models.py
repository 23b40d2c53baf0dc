"""The ORM's classes over the very tables of this server."""

from sqlalchemy import select
from sqlalchemy.orm import DeclarativeBase, Mapped, relationship

from db import tables


class Base(DeclarativeBase):
    metadata = tables.metadata


class UserRow(Base):
    __table__ = tables.users


class SpecialtyRow(Base):
    __table__ = tables.specialties


class WeeklyHoursRow(Base):
    __table__ = tables.weekly_hours


class OverrideRow(Base):
    __table__ = tables.overrides


class SpecialistRow(Base):
    __table__ = tables.specialists

    user: Mapped[UserRow | None] = relationship(viewonly=True)
    specialties: Mapped[list[SpecialtyRow]] = relationship(
        secondary=tables.specialist_specialties,
        order_by=(tables.specialties.c.title, tables.specialties.c.id),
        viewonly=True,
    )
    weekly_hours: Mapped[list[WeeklyHoursRow]] = relationship(
        order_by=(tables.weekly_hours.c.day_of_week, tables.weekly_hours.c.start_time, tables.weekly_hours.c.id),
        viewonly=True,
    )
    overrides: Mapped[list[OverrideRow]] = relationship(
        order_by=(tables.overrides.c.date, tables.overrides.c.start_time.asc().nulls_first(), tables.overrides.c.id),
        viewonly=True,
    )


COLUMNS = tables.specialists.c
ACTIVE = select(SpecialistRow).where(COLUMNS.deleted_at.is_(None))

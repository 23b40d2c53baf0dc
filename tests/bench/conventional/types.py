"""The GraphQL types, resolved from the attributes of the ORM's objects."""

from datetime import UTC, date, datetime, time
from typing import NewType

import strawberry
from strawberry.schema.config import StrawberryConfig

DateTime = NewType("DateTime", datetime)
Date = NewType("Date", date)
LocalTime = NewType("LocalTime", time)


@strawberry.type
class User:
    id: strawberry.ID
    email: str | None
    username: str | None
    role: str


@strawberry.type
class Specialty:
    id: strawberry.ID
    organization_id: strawberry.ID
    title: str
    slug: str
    created_at: DateTime
    updated_at: DateTime


@strawberry.type
class WeeklyHours:
    id: strawberry.ID
    day_of_week: int
    start_time: LocalTime
    end_time: LocalTime


@strawberry.type
class Override:
    id: strawberry.ID
    date: Date
    end_date: Date | None
    is_available: bool
    start_time: LocalTime | None
    end_time: LocalTime | None
    appointment_type_id: strawberry.ID | None
    reason: str | None


@strawberry.type
class Specialist:
    id: strawberry.ID
    organization_id: strawberry.ID
    user_id: strawberry.ID | None
    name: str
    title: str | None
    description: str | None
    slug: str
    signature_url: str | None
    avatar_url: str | None
    scheduling_timezone: str | None
    scheduling_active: bool
    minicrm_name: str | None
    deleted_at: DateTime | None
    created_at: DateTime
    updated_at: DateTime
    version: str
    specialties: list[Specialty]
    user: User | None
    weekly_hours: list[WeeklyHours]
    overrides: list[Override]


@strawberry.type
class SpecialistConnection:
    nodes: list[Specialist]
    total_count: int | None


@strawberry.input
class CreateSpecialistInput:
    name: str
    slug: str
    title: str | None = None
    user_id: strawberry.ID | None = None
    specialty_ids: list[strawberry.ID] = strawberry.field(default_factory=list)


@strawberry.input
class UpdateSpecialistInput:
    title: str | None = strawberry.UNSET
    description: str | None = strawberry.UNSET


CONFIG = StrawberryConfig(
    scalar_map={
        DateTime: strawberry.scalar(
            name="DateTime", serialize=lambda value: f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        ),
        Date: strawberry.scalar(name="Date", serialize=date.isoformat),
        LocalTime: strawberry.scalar(name="LocalTime", serialize=lambda value: f"{value:%H:%M}"),
    }
)

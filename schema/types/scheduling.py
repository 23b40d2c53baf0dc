"""Weekly hours and overrides of a specialist, in the specialist's own local time."""

import strawberry

from schema.types.scalars import Date, LocalTime


@strawberry.type(description="An interval that repeats every week, in the specialist's local time.")
class WeeklyHours:
    id: strawberry.ID = strawberry.field(description="Identifies the interval within the organization.")
    day_of_week: int = strawberry.field(description="The day the interval starts on: 1 is Monday, 7 Sunday.")
    start_time: LocalTime = strawberry.field(description="The first minute of the interval.")
    end_time: LocalTime = strawberry.field(
        description="The minute after the last; not after `startTime` means on the next day."
    )


@strawberry.type(description="An exception to the weekly hours on one or more local dates.")
class Override:
    id: strawberry.ID = strawberry.field(description="Identifies the override within the organization.")
    date: Date = strawberry.field(description="The first local date.")
    end_date: Date | None = strawberry.field(description="The last local date, inclusive; null means one day.")
    is_available: bool = strawberry.field(description="Whether the specialist works then, or is away.")
    start_time: LocalTime | None = strawberry.field(description="The first minute; null means the whole day.")
    end_time: LocalTime | None = strawberry.field(description="The minute after the last; null with `startTime`.")
    appointment_type_id: strawberry.ID | None = strawberry.field(
        description="The only appointment type it holds for; null means every type."
    )
    reason: str | None = strawberry.field(description="Why, for the staff.")

"""What mutations take: what a record cannot be made without is not null in the inputs of the creates."""

import strawberry

from schema.types.scalars import Date, LocalTime

UNSET = strawberry.UNSET


@strawberry.input(description="Changes to a specialist: absent keeps, null clears.")
class UpdateSpecialistInput:
    name: str | None = strawberry.field(default=UNSET, description="1 to 200 characters.")
    title: str | None = strawberry.field(default=UNSET, description="At most 200 characters.")
    description: str | None = strawberry.field(default=UNSET, description="At most 10,000 characters.")
    slug: str | None = strawberry.field(
        default=UNSET, description="Lowercase letters, digits and single hyphens, unique."
    )
    user_id: strawberry.ID | None = strawberry.field(default=UNSET, description="A user of the organization.")
    specialty_ids: list[strawberry.ID] | None = strawberry.field(
        default=UNSET, description="Specialties of the organization; the list is the whole set."
    )
    signature_url: str | None = strawberry.field(default=UNSET, description="An https URL.")
    avatar_url: str | None = strawberry.field(default=UNSET, description="An https URL.")
    scheduling_timezone: str | None = strawberry.field(default=UNSET, description="An IANA time zone name.")
    scheduling_active: bool | None = strawberry.field(default=UNSET, description="Whether appointments can be booked.")
    minicrm_name: str | None = strawberry.field(default=UNSET, description="At most 200 characters.")


@strawberry.input(description="A new specialist.")
class CreateSpecialistInput(UpdateSpecialistInput):
    name: str = strawberry.field(description="1 to 200 characters.")
    slug: str = strawberry.field(description="Lowercase letters, digits and single hyphens, unique.")
    scheduling_active: bool | None = strawberry.field(
        default=UNSET, description="Whether appointments can be booked; default true."
    )


@strawberry.input(description="Changes to a specialty: absent keeps.")
class UpdateSpecialtyInput:
    title: str | None = strawberry.field(default=UNSET, description="1 to 200 characters.")
    slug: str | None = strawberry.field(
        default=UNSET, description="Lowercase letters, digits and single hyphens, unique."
    )


@strawberry.input(description="A new specialty.")
class CreateSpecialtyInput:
    title: str = strawberry.field(description="1 to 200 characters.")
    slug: str = strawberry.field(description="Lowercase letters, digits and single hyphens, unique.")


@strawberry.input(description="An interval that repeats every week.")
class WeeklyHoursInput:
    day_of_week: int = strawberry.field(description="1 is Monday, 7 Sunday.")
    start_time: LocalTime = strawberry.field(description="The first minute, `HH:MM`.")
    end_time: LocalTime = strawberry.field(
        description="The minute after the last; not after `startTime` means on the next day."
    )


@strawberry.input(description="An exception to the weekly hours.")
class OverrideInput:
    date: Date = strawberry.field(description="The first local date.")
    end_date: Date | None = strawberry.field(default=UNSET, description="The last local date; absent: one day.")
    is_available: bool = strawberry.field(description="Whether the specialist works then, or is away.")
    start_time: LocalTime | None = strawberry.field(default=UNSET, description="The first minute.")
    end_time: LocalTime | None = strawberry.field(default=UNSET, description="The minute after the last.")
    appointment_type_id: strawberry.ID | None = strawberry.field(
        default=UNSET, description="The only appointment type it holds for."
    )
    reason: str | None = strawberry.field(default=UNSET, description="Why, at most 1,000 characters.")

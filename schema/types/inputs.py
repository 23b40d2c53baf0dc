"""The inputs of mutations: those of creates and updates follow from the fields that the resolvers declare."""

import json
from collections.abc import Callable, Mapping

import strawberry
from strawberry.types.base import get_object_definition

from resolvers.inputs import DraftField, fields_of
from resolvers.rules import Reference, References
from resolvers.specialists import SpecialistFields
from resolvers.specialties import SpecialtyFields
from schema.types.scalars import Date, LocalTime
from schema.types.specialist import Specialist, Specialty

UNSET = strawberry.UNSET
TYPES: Mapping[type, object] = {Reference: strawberry.ID, References: list[strawberry.ID]}
"""What GraphQL has for the values of a rule, where that is not the type that the resolvers take."""


def create_input(declaration: type[Mapping[str, object]], record: type, description: str) -> Callable[[type], type]:
    """Return a decorator that fills an input for a new ``record``; what ``declaration`` requires is not null in it.

    What a field means is described by the record's own field, unless its rule says more.
    """
    return _input(declaration, record, description, new=True)


def update_input(declaration: type[Mapping[str, object]], record: type, description: str) -> Callable[[type], type]:
    """Return a decorator that fills an input for changes to a ``record``, in which every field may be absent."""
    return _input(declaration, record, description, new=False)


def _input(
    declaration: type[Mapping[str, object]], record: type, description: str, *, new: bool
) -> Callable[[type], type]:
    meanings = {field.python_name: field.description for field in get_object_definition(record, strict=True).fields}

    def fill(empty_class: type) -> type:
        empty_class.__annotations__ = {}
        for name, field in fields_of(declaration).items():
            required = new and field.required
            type_ = TYPES.get(type(field.rule), field.type_)
            empty_class.__annotations__[name] = type_ if required else type_ | None  # type: ignore[operator]
            text = field.rule.description or _meaning(field, meanings[name] or "", new=new)
            default = {} if required else {"default": UNSET}
            setattr(empty_class, name, strawberry.field(description=text, **default))
        return strawberry.input(empty_class, description=description)

    return fill


def _meaning(field: DraftField, text: str, *, new: bool) -> str:
    """Return what the record says of ``field``, and of a new one its default, where null cannot stand for it."""
    if not new or field.rule.default is None or field.takes_null:
        return text
    return f"{text.removesuffix('.')}; default {json.dumps(field.rule.default)}."


@update_input(SpecialistFields, Specialist, "Changes to a specialist: absent keeps, null clears.")
class UpdateSpecialistInput:
    pass


@create_input(SpecialistFields, Specialist, "A new specialist.")
class CreateSpecialistInput:
    pass


@update_input(SpecialtyFields, Specialty, "Changes to a specialty: absent keeps.")
class UpdateSpecialtyInput:
    pass


@create_input(SpecialtyFields, Specialty, "A new specialty.")
class CreateSpecialtyInput:
    pass


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

"""Inputs of creates and updates: a declaration of their fields, parsed alike for both APIs.

A declaration is a ``TypedDict``, whose annotations carry the rules:

    class RoomFields(TypedDict, total=False):
        name: Annotated[str, Text(200)]  # required
        floor: Annotated[str | None, Text(20)]  # can be cleared

Its order is the order in which fields are checked and shown.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType, NoneType
from typing import Any, Generic, TypeVar, cast, get_args, get_type_hints

from resolvers.errors.problem import Invalid, Problem, raise_all
from resolvers.errors.records import NOT_FOUND
from resolvers.rules import Reference, References, Rule

Input = Mapping[str, Any]
Fields = TypeVar("Fields", bound=Mapping[str, object])


@dataclass(frozen=True, slots=True)
class Draft(Generic[Fields]):
    """The values of a new record, one for each field: valid because only ``parse_draft`` makes a draft."""

    values: Fields


@dataclass(frozen=True, slots=True)
class Changes(Generic[Fields]):
    """New values for some fields of a record: valid because only ``parse_changes`` makes changes."""

    values: Fields


@dataclass(frozen=True, slots=True)
class DraftField:
    """A field as a declaration has it. ``type_`` is its Python type, without the null that ``nullable`` stands for."""

    name: str
    type_: object
    nullable: bool
    rule: Rule

    @property
    def required(self) -> bool:
        """Whether a new record must bring a value, and no update may take it away."""
        return not self.nullable and self.rule.default is None

    @property
    def takes_null(self) -> bool:
        """Whether an update may send null."""
        return self.nullable or self.rule.takes_null

    def parse(self, value: object, *, new: bool) -> object:
        """Return ``value`` as it is stored; raises ``Invalid``. In a new record, null is as good as nothing."""
        if self.required and (value is None or (isinstance(value, str) and not value.strip())):
            raise self.missing()
        if value is None and (new or self.nullable):
            return self.rule.default
        result = self.rule.parse(value)
        if result is None:
            raise self.invalid()
        return result

    def missing(self) -> Invalid:
        """Return the error of a required field that is absent, null or blank."""
        return Invalid(f"{self.rule.label_of(self.name)} is required", field=self.name, code=f"{self.name}_required")

    def invalid(self) -> Invalid:
        """Return the error of a value that breaks the rule."""
        message = self.rule.message or f"{self.rule.label_of(self.name)} {self.rule.sentence}"
        return Invalid(message, field=self.name, code=self.rule.code or f"invalid_{self.name}")

    def not_found(self) -> Problem | None:
        """Return the error of an id that no record has; none if the field holds no ids."""
        if not isinstance(self.rule, Reference | References):
            return None
        return NOT_FOUND[self.rule.entity](field=self.name)


@cache
def fields_of(declaration: type[Fields]) -> Mapping[str, DraftField]:
    """Return the fields that ``declaration`` has, by name and in its order."""
    hints = get_type_hints(declaration, include_extras=True)
    return MappingProxyType({name: _field(name, *get_args(hint)) for name, hint in hints.items()})


def _field(name: str, hint: Any, rule: Rule) -> DraftField:
    types = [type_ for type_ in get_args(hint) or (hint,) if type_ is not NoneType]
    nullable = NoneType in get_args(hint)
    field = DraftField(name, types[0] if nullable else hint, nullable, rule)
    return replace(field, rule=rule.for_required()) if field.required else field


def parse_draft(declaration: type[Fields], body: Input) -> Draft[Fields]:
    """Return the new record that ``body`` describes.

    Fields that are unknown or read-only are ignored. Raises the first problem, with the others in it.
    """
    fields = fields_of(declaration).values()
    return Draft(cast(Fields, _parse([(field, body.get(field.name)) for field in fields], new=True)))


def parse_changes(declaration: type[Fields], body: Input) -> Changes[Fields]:
    """Return the changes that ``body`` asks for: of the fields that it names, and of no others.

    Raises the first problem, with the others in it.
    """
    fields = [field for name, field in fields_of(declaration).items() if name in body]
    return Changes(cast(Fields, _parse([(field, body[field.name]) for field in fields], new=False)))


def _parse(values: list[tuple[DraftField, object]], *, new: bool) -> dict[str, object]:
    results: dict[str, object] = {}
    problems: list[Problem] = []
    for field, value in values:
        try:
            results[field.name] = field.parse(value, new=new)
        except Problem as problem:
            problems.append(problem)
    raise_all(problems)
    return results


def field_errors(declaration: type[Fields]) -> Iterator[Invalid]:
    """Yield what the fields of ``declaration`` can be refused with, in their order."""
    for field in fields_of(declaration).values():
        if field.required:
            yield field.missing()
        yield field.invalid()


def draft_errors(declaration: type[Fields]) -> tuple[Problem, ...]:
    """Return what a body can be answered with: the errors of its fields, then of the records that it refers to."""
    references = (field.not_found() for field in fields_of(declaration).values())
    return (*field_errors(declaration), *(error for error in references if error))

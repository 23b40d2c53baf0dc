"""The places in the schema where a client names a record, read from the schema itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLArgument,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLOutputType,
    build_schema,
    get_named_type,
    is_leaf_type,
    is_list_type,
    is_non_null_type,
)
from graphql.type.definition import get_nullable_type

ENTITIES: dict[str, str | None] = {
    "userId": "user",
    "specialtyId": "specialty",
    "specialtyIds": "specialty",
    "specialistId": "specialist",
    "appointmentTypeId": None,  # names a record of another system
}
BODIES: dict[str, dict[str, object]] = {
    "CreateSpecialistInput": {"name": "Probe", "slug": "probe"},
    "UpdateSpecialistInput": {"title": "Probe"},
    "CreateSpecialtyInput": {"title": "Probe", "slug": "probe"},
    "UpdateSpecialtyInput": {"title": "Probe"},
    "WeeklyHoursInput": {"dayOfWeek": 1, "startTime": "09:00", "endTime": "12:00"},
    "OverrideInput": {"date": "2026-03-02", "isAvailable": False},
}


@dataclass(frozen=True)
class RootField:
    name: str
    type: GraphQLOutputType
    arguments: Mapping[str, GraphQLArgument]

    @property
    def entity(self) -> str:
        """What its ``id`` and ``slug`` are of."""
        return "specialist" if "specialist" in self.name.lower() else "specialty"


@dataclass(frozen=True)
class Leaf:
    """An argument, or a field of an input, that names a record of ``entity``; none: of another system."""

    field: RootField
    path: tuple[str, ...]
    entity: str | None
    is_list: bool = False

    @property
    def is_slug(self) -> bool:
        return self.path == ("slug",)

    def __str__(self) -> str:
        return ".".join(self.path)


def root_fields(sdl: str) -> Iterator[tuple[str, RootField]]:
    schema = build_schema(sdl)
    for kind, root in (("query", schema.query_type), ("mutation", schema.mutation_type)):
        assert root is not None
        for name, field in root.fields.items():
            yield kind, RootField(name, field.type, field.args)


def leaves(field: RootField) -> Iterator[Leaf]:
    for name, argument in field.arguments.items():
        kind = get_named_type(argument.type)
        if kind.name == "ID":
            yield Leaf(field, (name,), field.entity if name == "id" else ENTITIES[name])
        elif name == "slug":
            yield Leaf(field, (name,), f"{field.entity} slug")
        elif isinstance(kind, GraphQLInputObjectType):
            for inner, input_field in kind.fields.items():
                if get_named_type(input_field.type).name == "ID":
                    yield Leaf(field, (name, inner), ENTITIES[inner], is_list_type(get_nullable_type(input_field.type)))


def document(kind: str, field: RootField, leaf: Leaf) -> str:
    """An operation that gives what must be given, and the leaf; and asks for all that is near."""
    arguments = {name: argument for name, argument in field.arguments.items() if _is_given(name, argument, leaf)}
    declarations = ", ".join(f"${name}: {argument.type}" for name, argument in arguments.items())
    bound = ", ".join(f"{name}: ${name}" for name in arguments)
    return f"{kind} ({declarations}) {{ {field.name}({bound}) {selection(field.type)} }}"


def variables(leaf: Leaf, own: Mapping[str, object], id_: object) -> dict[str, Any]:
    """The variables of ``document``: ``id_`` at the leaf, elsewhere what the own clinic has."""
    values: dict[str, Any] = {}
    for name, argument in leaf.field.arguments.items():
        if _is_given(name, argument, leaf):
            kind = get_named_type(argument.type)
            value: Any = BODIES.get(kind.name, {}) if isinstance(kind, GraphQLInputObjectType) else None
            if kind.name == "ID":
                value = str(own[leaf.field.entity if name == "id" else ENTITIES[name] or ""])
            values[name] = [value] if is_list_type(get_nullable_type(argument.type)) else value
    top, *rest = leaf.path
    values[top] = values[top] | {rest[0]: [id_] if leaf.is_list else id_} if rest else id_
    return values


def selection(kind: GraphQLOutputType, depth: int = 4) -> str:
    """All fields within reach that need no argument."""
    named_type = get_named_type(kind)
    if not isinstance(named_type, GraphQLObjectType):
        return ""
    near = [
        f"{name} {selection(field.type, depth - 1)}"
        for name, field in named_type.fields.items()
        if (is_leaf_type(get_named_type(field.type)) or depth > 1) and not _needs_arguments(field)
    ]
    return f"{{ {' '.join(near)} }}"


def _is_given(name: str, argument: GraphQLArgument, leaf: Leaf) -> bool:
    return is_non_null_type(argument.type) or name == leaf.path[0]


def _needs_arguments(field: GraphQLField) -> bool:
    return any(is_non_null_type(arg.type) for arg in field.args.values())

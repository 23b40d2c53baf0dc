"""One REST operation: its method and path, and what the OpenAPI document says about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from strawberry.utils.str_converters import to_camel_case

from resolvers.errors.problem import Problem

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Body:
    """A request body: the component name of its schema, and an example."""

    schema: str
    example: Json


@dataclass(frozen=True, slots=True)
class Success:
    """The response of an operation that succeeds; ``schema`` is the component name of its body's schema."""

    status: int
    description: str
    schema: str
    example: Json
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Twin:
    """The same in GraphQL: ``document`` with ``variables`` returns what the REST URL ``request`` returns."""

    request: str
    document: str
    variables: Json

    @classmethod
    def of_field(
        cls, request: str, operation: str, field: str, selection: str, **variables: tuple[str, object]
    ) -> "Twin":
        """Return the twin that selects one root field; ``variables`` are its arguments, each with its type."""
        types = ", ".join(f"${name}: {type_}" for name, (type_, _) in variables.items())
        arguments = ", ".join(f"{name}: ${name}" for name in variables)
        document = f"{operation}({types}) {{ {field}({arguments}) {selection and f'{{ {selection} }}'} }}"
        return cls(request, document, {name: value for name, (_, value) in variables.items()})


@dataclass(frozen=True, slots=True)
class Examples:
    """Bodies for the OpenAPI document: a record, what makes and changes one, and what remains of one.

    ``related`` are the records that ``include`` adds. The ids are those of a new demo database, so
    that an admin of its clinic ``north`` can send each request as it is.
    """

    record: Json
    create: Json
    created: Json
    update: Json
    updated: Json
    deleted: Json
    related: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path.

    ``parameters`` are component names. ``raises`` are the errors that neither the method nor the
    parameters nor the body bring with them: those of the operation's own rules.
    """

    method: str
    path: str
    id: str
    summary: str
    description: str
    success: Success
    twin: Twin
    parameters: tuple[str, ...] = ()
    body: Body | None = None
    raises: tuple[type[Problem], ...] = ()


def graphql_fields(columns: Iterable[str], relations: Mapping[str, Iterable[str]] | None = None) -> str:
    """Return the GraphQL selection of a record, from the names that REST has for its fields."""
    related = (f"{to_camel_case(name)} {{ {graphql_fields(fields)} }}" for name, fields in (relations or {}).items())
    return " ".join([*map(to_camel_case, columns), *related])


def graphql_page(fields: str) -> str:
    """Return the GraphQL selection of a connection that holds what ``data`` and ``meta`` hold in REST."""
    return f"nodes {{ {fields} }} pageInfo {{ page pageSize totalPages }} totalCount"

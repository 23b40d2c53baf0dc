"""An error as the GraphQL face tells it: a problem of the catalogue, and where in the document it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graphql import FieldNode, GraphQLError, GraphQLField, GraphQLInputObjectType, get_named_type
from graphql.language import get_location
from strawberry.utils.str_converters import to_camel_case

from resolvers.conflicts import to_problem
from resolvers.errors.problem import Path, Problem
from resolvers.errors.request import BadUserInput

MAX_MESSAGE = 500


@dataclass(frozen=True, slots=True)
class Failure:
    """``path`` is the answer key it belongs to, ``field`` the root field there.

    A request that cannot run has errors without either.
    """

    problem: Problem
    locations: tuple[tuple[int, int], ...] = ()
    path: tuple[str | int, ...] = ()
    field: GraphQLField | None = None

    @classmethod
    def of(cls, error: GraphQLError, kind: type[Problem]) -> "Failure":
        """What the GraphQL library says of the document, under a code of ours."""
        return cls(kind(_text(error.message)), _locations(error))

    @classmethod
    def located(cls, error: GraphQLError) -> "Failure":
        """Return what the GraphQL library says of a field that it has run."""
        return cls(problem_behind(error), _locations(error), tuple(error.path or ()))

    @classmethod
    def at(cls, key: str, node: FieldNode, error: Exception, field: GraphQLField) -> "Failure":
        """What went wrong in the root field that answers ``key``."""
        where = get_location(node.loc.source, node.loc.start) if node.loc else None
        return cls(problem_behind(error), ((where.line, where.column),) if where else (), (key,), field)

    def rendered(self, request_id: str) -> dict[str, Any]:
        """The error as the response carries it."""
        error: dict[str, Any] = {"message": self.problem.text(to_camel_case)}
        if self.locations:
            error["locations"] = [{"line": line, "column": column} for line, column in self.locations]
        if self.path:
            error["path"] = list(self.path)
        return error | {"extensions": self._extensions(request_id)}

    def _extensions(self, request_id: str) -> dict[str, Any]:
        extensions: dict[str, Any] = {"code": self.problem.code, "status": self.problem.status}
        if self.problem.field:
            extensions["field"] = to_camel_case(self.problem.field)
            extensions["errors"] = [self._field_error(error) for error in (self.problem, *self.problem.others)]
        return extensions | {"request_id": request_id}

    def _field_error(self, problem: Problem) -> dict[str, Any]:
        """One invalid field of the input, and where the arguments hold it."""
        error: dict[str, Any] = {"code": problem.code, "field": to_camel_case(problem.field or "")}
        path = _argument_path(self.field, problem.path) if self.field else []
        return error | {"message": problem.text(to_camel_case)} | ({"path": path} if path else {})


def _locations(error: GraphQLError) -> tuple[tuple[int, int], ...]:
    return tuple((location.line, location.column) for location in error.locations or ())


def problem_behind(error: Exception) -> Problem:
    """The catalogue's word for ``error``; what the library itself refuses is the client's input."""
    if isinstance(error, RequestFailed):
        return error.failures[0].problem
    if not isinstance(error, GraphQLError):
        return to_problem(error)
    return problem_behind(error.original_error) if error.original_error else BadUserInput(_text(error.message))


class RequestFailed(Exception):
    """The request cannot run at all: no data, only errors."""

    def __init__(self, failures: Sequence[Failure]) -> None:
        self.failures = tuple(failures)
        super().__init__(failures[0].problem.code)


def _text(message: str) -> str:
    """What the library says, bounded; it may quote text that no encoding can carry."""
    return message[:MAX_MESSAGE].encode(errors="replace").decode()


def _argument_path(field: GraphQLField, path: Path) -> list[str | int]:
    """Return where the arguments of ``field`` hold the value at ``path``: there, or in one that is an input object."""
    names = [to_camel_case(part) if isinstance(part, str) else part for part in path]
    if not names or names[0] in field.args:
        return names
    for name, argument in field.args.items():
        input_type = get_named_type(argument.type)
        if isinstance(input_type, GraphQLInputObjectType) and names[0] in input_type.fields:
            return [name, *names]
    return []

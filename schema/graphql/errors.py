"""Errors of a GraphQL response: problems of the catalogue with their place in the document."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from graphql import FieldNode, GraphQLError, GraphQLField, GraphQLInputObjectType, get_named_type
from graphql.language import get_location
from strawberry.utils.str_converters import to_camel_case

from resolvers.conflicts import EXPECTED_ERRORS, to_problem
from resolvers.errors.problem import Path, Problem
from resolvers.errors.request import BadUserInput

FIELD_ERRORS = (*EXPECTED_ERRORS, GraphQLError)  # what a root field may raise without a defect of the server
MAX_MESSAGE = 500  # characters


@dataclass(frozen=True, slots=True)
class LocatedProblem:
    """One entry of ``errors``.

    ``path`` starts with the response key of the root field that failed, and ``field`` is the definition
    of that field. A request that cannot run has errors without either. ``extensions`` are what it adds to those
    that every error has.
    """

    problem: Problem
    locations: tuple[tuple[int, int], ...] = ()
    path: tuple[str | int, ...] = ()
    field: GraphQLField | None = None
    extensions: Mapping[str, int] = MappingProxyType({})

    @classmethod
    def from_document(cls, error: GraphQLError, kind: type[Problem]) -> "LocatedProblem":
        """Return an error that the GraphQL library finds in a document, as a problem of ``kind``."""
        return cls(kind(_printable(error.message)), _locations(error))

    @classmethod
    def from_execution(cls, error: GraphQLError) -> "LocatedProblem":
        """Return an error of a field that the GraphQL library has run."""
        return cls(problem_behind(error), _locations(error), tuple(error.path or ()))

    @classmethod
    def from_root_field(cls, key: str, node: FieldNode, error: Exception, field: GraphQLField) -> "LocatedProblem":
        """Return an error of the root field with the response key ``key``."""
        location = get_location(node.loc.source, node.loc.start) if node.loc else None
        return cls(problem_behind(error), ((location.line, location.column),) if location else (), (key,), field)

    def render(self, request_id: str) -> dict[str, Any]:
        """Return the error as the response carries it."""
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
        return {**extensions, **self.extensions, "request_id": request_id}

    def _field_error(self, problem: Problem) -> dict[str, Any]:
        """Return one invalid input field with its path in the arguments."""
        error: dict[str, Any] = {"code": problem.code, "field": to_camel_case(problem.field or "")}
        path = _argument_path(self.field, problem.path) if self.field else []
        return error | {"message": problem.text(to_camel_case)} | ({"path": path} if path else {})


class RequestFailedError(Exception):
    """The request cannot run at all: the response has errors and no data."""

    def __init__(self, errors: Sequence[LocatedProblem]) -> None:
        self.errors = tuple(errors)
        super().__init__(errors[0].problem.code)

    @classmethod
    def from_problem(cls, problem: Problem) -> "RequestFailedError":
        """Return the failure of a request by ``problem``, which has no place in the document."""
        return cls([LocatedProblem(problem)])


def problem_behind(error: Exception) -> Problem:
    """Map any exception to a problem; what the GraphQL library itself refuses is an error of the client's input."""
    if isinstance(error, RequestFailedError):
        return error.errors[0].problem
    if not isinstance(error, GraphQLError):
        return to_problem(error)
    return problem_behind(error.original_error) if error.original_error else BadUserInput(_printable(error.message))


def _locations(error: GraphQLError) -> tuple[tuple[int, int], ...]:
    return tuple((location.line, location.column) for location in error.locations or ())


def _printable(message: str) -> str:
    """Return a message of the GraphQL library cut to a bounded length, without the lone surrogates it may quote."""
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

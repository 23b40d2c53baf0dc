"""An error as the GraphQL face tells it: a problem of the catalogue, and where in the document it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from graphql import FieldNode, GraphQLError
from graphql.language import get_location

from resolvers.conflicts import problem_of
from resolvers.errors.problem import Problem
from resolvers.errors.request import BadUserInput

LONGEST_MESSAGE = 500


@dataclass(frozen=True, slots=True)
class Failure:
    """``path`` is the answer key it belongs to; a request that cannot run has errors without one."""

    problem: Problem
    locations: tuple[tuple[int, int], ...] = ()
    path: tuple[str | int, ...] = ()

    @classmethod
    def of(cls, error: GraphQLError, kind: type[Problem]) -> "Failure":
        """What the GraphQL library says of the document, under a code of ours."""
        return cls(kind(_text(error.message)), _locations(error))

    @classmethod
    def located(cls, error: GraphQLError) -> "Failure":
        """Return what the GraphQL library says of a field that it has run."""
        return cls(problem_behind(error), _locations(error), tuple(error.path or ()))

    @classmethod
    def at(cls, key: str, node: FieldNode, error: Exception) -> "Failure":
        """What went wrong in the root field that answers ``key``."""
        where = get_location(node.loc.source, node.loc.start) if node.loc else None
        return cls(problem_behind(error), ((where.line, where.column),) if where else (), (key,))

    def rendered(self, request_id: str) -> dict[str, Any]:
        """The error as the response carries it."""
        told: dict[str, Any] = {"message": self.problem.message}
        if self.locations:
            told["locations"] = [{"line": line, "column": column} for line, column in self.locations]
        if self.path:
            told["path"] = list(self.path)
        return told | {"extensions": _extensions(self.problem, request_id)}


def _locations(error: GraphQLError) -> tuple[tuple[int, int], ...]:
    return tuple((location.line, location.column) for location in error.locations or ())


def problem_behind(error: Exception) -> Problem:
    """The catalogue's word for ``error``; what the library itself refuses is the client's input."""
    if isinstance(error, RequestFailed):
        return error.failures[0].problem
    if not isinstance(error, GraphQLError):
        return problem_of(error)
    return problem_behind(error.original_error) if error.original_error else BadUserInput(_text(error.message))


class RequestFailed(Exception):
    """The request cannot run at all: no data, only errors."""

    def __init__(self, failures: Sequence[Failure]) -> None:
        self.failures = tuple(failures)
        super().__init__(failures[0].problem.code)


def _text(message: str) -> str:
    """What the library says, bounded; it may quote text that no encoding can carry."""
    return message[:LONGEST_MESSAGE].encode(errors="replace").decode()


def _extensions(problem: Problem, request_id: str) -> dict[str, Any]:
    told: dict[str, Any] = {"code": problem.code, "status": problem.status}
    if problem.field:
        told["field"] = problem.field
    if problem.others:
        told["errors"] = [
            {"code": each.code, "field": each.field, "message": each.message} for each in (problem, *problem.others)
        ]
    return told | {"request_id": request_id}

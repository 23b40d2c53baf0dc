"""Which codes of the catalogue ``/v1`` answers with: all but those of the other face alone."""

from resolvers.errors import catalogue
from resolvers.errors.fields import InvalidOverrides, InvalidWeeklyHours
from resolvers.errors.lists import InvalidCursor
from resolvers.errors.problem import Problem
from resolvers.errors.request import (
    BadUserInput,
    GraphqlParseFailed,
    GraphqlValidationFailed,
    OperationResolutionFailure,
)

GRAPHQL_ONLY: frozenset[type[Problem]] = frozenset(
    {
        GraphqlParseFailed,
        GraphqlValidationFailed,
        BadUserInput,
        OperationResolutionFailure,
        InvalidCursor,
        InvalidWeeklyHours,
        InvalidOverrides,
    }
)


def codes() -> list[str]:
    return [kind.code for kind in catalogue() if kind not in GRAPHQL_ONLY]

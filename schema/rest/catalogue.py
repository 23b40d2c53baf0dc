"""The catalogue of errors of both APIs: nothing else reaches a client."""

import sys
from collections.abc import Iterator
from types import ModuleType

from resolvers.errors import inputs, records, request
from resolvers.errors.problem import Problem
from resolvers.inputs import field_errors
from schema.rest.resources import RESOURCES


def catalogue() -> tuple[Problem, ...]:
    """Return one error for each code that a client can be answered with, by the stage that raises it."""
    by_code: dict[str, Problem] = {}
    for error in every_error():
        by_code.setdefault(error.code, error)
    return tuple(by_code.values())


def every_error() -> Iterator[Problem]:
    """Yield every error: fields of one name, in several declarations, share their code."""
    for module in (request, inputs, records):
        yield from _errors_in(module)
    for resource in RESOURCES:
        for filter_ in resource.list_of.filters.values():
            yield from filter_.errors
        yield from field_errors(resource.draft)
        yield from _errors_in(sys.modules[resource.draft.__module__])


def _errors_in(module: ModuleType) -> Iterator[Problem]:
    """Yield the errors that ``module`` defines."""
    for kind in vars(module).values():
        if isinstance(kind, type) and issubclass(kind, Problem) and kind.__module__ == module.__name__:
            yield kind()

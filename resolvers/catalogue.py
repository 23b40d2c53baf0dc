"""The catalogue of errors: nothing else reaches a client."""

from collections.abc import Iterator
from types import ModuleType

from resolvers.errors import access, fields, lists, records, request, server
from resolvers.errors.problem import Problem
from resolvers.inputs import field_errors
from resolvers.lists import SPECIALISTS, SPECIALTIES
from resolvers.specialists import SpecialistFields
from resolvers.specialties import SpecialtyFields


def catalogue() -> tuple[Problem, ...]:
    """Return one error for each code that a client can be answered with, by the stage that raises it."""
    by_code: dict[str, Problem] = {}
    for error in every_error():
        by_code.setdefault(error.code, error)
    return tuple(by_code.values())


def every_error() -> Iterator[Problem]:
    """Yield every error: fields of one name, in several declarations, share their code."""
    for module in (access, request, lists):
        yield from _errors_in(module)
    for list_ in (SPECIALISTS, SPECIALTIES):
        for filter_ in list_.filters.values():
            yield from filter_.errors
    yield from field_errors(SpecialistFields)
    yield from field_errors(SpecialtyFields)
    for module in (fields, records, server):
        yield from _errors_in(module)


def _errors_in(module: ModuleType) -> Iterator[Problem]:
    for kind in vars(module).values():
        if isinstance(kind, type) and issubclass(kind, Problem) and kind.__module__ == module.__name__:
            yield kind()

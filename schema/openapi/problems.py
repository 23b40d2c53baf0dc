"""The errors that each operation can respond with, derived from its method, parameters and body."""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from starlette.datastructures import QueryParams

from db.entities import ENTITIES
from resolvers.conflicts import CONSTRAINTS
from resolvers.errors.inputs import InvalidIdempotencyKey, InvalidPage, InvalidPageSize
from resolvers.errors.problem import Problem
from resolvers.errors.records import IdempotencyInProgress, IdempotencyKeyReused, PreconditionFailed
from resolvers.errors.request import (
    BodyTooLarge,
    Forbidden,
    InvalidBody,
    InvalidJson,
    InvalidRequest,
    OrganizationRequired,
    TooExpensive,
    UnsupportedMediaType,
)
from resolvers.inputs import draft_errors
from schema.rest.catalogue import catalogue
from schema.rest.operation import Operation
from schema.rest.parameters import list_request, parse_include
from schema.rest.resource import Resource

Problems: TypeAlias = tuple[Problem, ...]

SHARED_STATUSES = {401, 408, 429, 431, 500, 503}  # which any request may be answered with
BODY: Problems = (InvalidJson(), InvalidBody(), BodyTooLarge(), UnsupportedMediaType())
PARAMETERS: Mapping[str, Problems] = {
    "Page": (InvalidPage(),),
    "PageSize": (InvalidPageSize(),),
    "IfMatch": (PreconditionFailed(),),
    "IdempotencyKey": (InvalidIdempotencyKey(), IdempotencyInProgress(), IdempotencyKeyReused()),
}


def shared_errors() -> Problems:
    """Return the errors that any request may meet."""
    return tuple(error for error in catalogue() if error.status in SHARED_STATUSES)


def errors_of(resource: Resource, operation: Operation) -> Problems:
    """Return the errors of ``operation``, but for those that any request may meet."""
    of_parameters = parameter_errors(resource)
    return (
        InvalidRequest(),
        OrganizationRequired(),
        TooExpensive(),
        *(() if operation.method == "GET" else (Forbidden(),)),
        *(BODY if operation.body else ()),
        *(error for name in operation.parameters for error in of_parameters.get(name, ())),
        *((*draft_errors(resource.draft), *unique_errors(resource)) if operation.body else ()),
        *(error() for error in operation.raises),
    )


def parameter_errors(resource: Resource) -> dict[str, Problems]:
    """Return the errors that the parameters of ``resource`` bring with them, by component name."""
    list_ = resource.list_of
    filters = {resource.filter_parameter(name): tuple(filter_.errors) for name, filter_ in list_.filters.items()}
    sort = catch_problem(lambda: list_request(list_, QueryParams({"sort": "unknown"})))
    include = {
        name: (catch_problem(lambda: parse_include(resource.includes, ["unknown"])),)
        for name in resource.include_parameter()
    }
    return {**PARAMETERS, "Id": (resource.not_found(),), f"{resource.name}Sort": (sort,), **include, **filters}


def catch_problem(call: Callable[[], object]) -> Problem:
    """Return the error that ``call`` raises, with its message."""
    try:
        call()
    except Problem as problem:
        return problem
    raise AssertionError("nothing was raised")


def unique_errors(resource: Resource) -> Iterator[Problem]:
    """Yield the errors of values that another record of ``resource`` has already."""
    table = ENTITIES[resource.list_of.entity].table.name
    for constraint, error in CONSTRAINTS.items():
        if constraint.startswith(f"{table}_") and constraint.endswith("_key"):
            yield error()

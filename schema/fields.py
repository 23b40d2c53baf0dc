"""The fields of the query and the mutation root: adapters from the arguments of GraphQL to a resolver.

The function of a field translates its arguments and returns a resolver, which is called later: with the viewer and
the selection for a read, with a transaction and the selection for a write.
"""

import inspect
from collections.abc import Awaitable, Callable
from functools import cache, wraps
from typing import Any, TypeAlias, TypeVar

import strawberry
from strawberry.types.base import StrawberryContainer, get_object_definition

from db.selection import ReadResult, Selection
from resolvers.reads import ReadRequest
from resolvers.scalars import record_id
from resolvers.viewer import Viewer
from resolvers.windows import WindowRequest
from resolvers.writes import AdminTransaction
from schema.types.arguments import After, Before, First, Last, Page, PageSize

ReadResolver: TypeAlias = Callable[[Viewer, Selection], ReadRequest]
WriteResolver: TypeAlias = Callable[[AdminTransaction, Selection], Awaitable[ReadResult]]
Adapter = TypeVar("Adapter", bound=Callable[..., object])
Value = TypeVar("Value")


def planned_field(graphql_type: object, description: str) -> Callable[[Adapter], Adapter]:
    """Return a decorator for a field whose function returns what the executor is to read or write."""
    decorator: Callable[[Adapter], Adapter] = strawberry.field(graphql_type=graphql_type, description=description)
    return decorator


def planned_list(graphql_type: object, description: str) -> Callable[[Adapter], Adapter]:
    """Return a decorator for a planned field that has the arguments of pagination: its function takes a ``window``."""

    def decorate(adapter: Any) -> Any:
        function, signature = adapter.__func__, inspect.signature(adapter.__func__)

        @wraps(function)
        def field(**arguments: Any) -> object:
            pagination = {name: arguments.pop(name) for name in PAGINATION if name in arguments}
            return function(window=window_request(**pagination), **arguments)

        own = [parameter for name, parameter in signature.parameters.items() if name != "window"]
        field.__signature__ = signature.replace(parameters=[*PAGINATION.values(), *own])  # type: ignore[attr-defined]
        return planned_field(graphql_type, description)(staticmethod(field))

    return decorate


def window_request(
    page: Page = strawberry.UNSET,
    page_size: PageSize = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> WindowRequest:
    """Return the window that the arguments of pagination describe; this signature declares them for every list."""
    return WindowRequest(
        unset_to_none(page),
        unset_to_none(page_size),
        unset_to_none(first),
        unset_to_none(after),
        unset_to_none(last),
        unset_to_none(before),
    )


PAGINATION = inspect.signature(window_request).parameters


def unset_to_none(value: Value | None) -> Value | None:
    """Return ``value``, or None for ``UNSET``, by which Strawberry tells an absent argument from null."""
    return None if value is strawberry.UNSET else value


def input_to_dict(value: Any) -> dict[str, Any]:
    """Return the fields that a client set in an input, under the names of the contract; ids as integers."""
    if value is None or value is strawberry.UNSET:
        return {}
    ids = _id_fields(value.__class__)
    fields = ((name, field) for name, field in vars(value).items() if field is not strawberry.UNSET)
    return {name: _to_record_ids(field) if name in ids else field for name, field in fields}


def _to_record_ids(value: Any) -> Any:
    if isinstance(value, list):
        return [record_id(id_) for id_ in value]
    return value if value is None else record_id(value)


@cache
def _id_fields(kind: type) -> frozenset[str]:
    """Return the names of the fields of an input that hold an id, or a list of ids."""
    types = {field.python_name: field.type for field in get_object_definition(kind, strict=True).fields}
    return frozenset(name for name, type_ in types.items() if _inner(type_) is strawberry.ID)


def _inner(type_: object) -> object:
    return _inner(type_.of_type) if isinstance(type_, StrawberryContainer) else type_

"""What the functions behind the root fields return: a question or a command, still open.

A field is an adapter: it translates its arguments and names the resolver. Who is asking and
what of the answer is wanted come later, from whichever executor runs the operation.
"""

from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any, TypeAlias, TypeVar

import strawberry
from strawberry.types.base import StrawberryContainer, get_object_definition

from db.selection import ReadResult, Selection
from resolvers.reads import ReadRequest
from resolvers.scalars import record_id
from resolvers.viewer import Viewer
from resolvers.windows import WindowRequest
from resolvers.writes import AdminTransaction

ReadResolver: TypeAlias = Callable[[Viewer, Selection], ReadRequest]
Adapter = TypeVar("Adapter", bound=Callable[..., object])
WriteResolver: TypeAlias = Callable[[AdminTransaction, Selection], Awaitable[ReadResult]]


def root(graphql_type: object, description: str) -> Callable[[Adapter], Adapter]:
    """A field of the schema whose function does not return its value but what to ask for it."""
    made: Callable[[Adapter], Adapter] = strawberry.field(graphql_type=graphql_type, description=description)
    return made


def input_to_dict(value: Any) -> dict[str, Any]:
    """Return the fields that a client set in an input, under the names of the contract; ids as integers."""
    if value is None or value is strawberry.UNSET:
        return {}
    ids = _id_fields(value.__class__)
    fields = ((name, field) for name, field in vars(value).items() if field is not strawberry.UNSET)
    return {name: _to_record_ids(field) if name in ids else field for name, field in fields}


def window_request(**arguments: Any) -> WindowRequest:
    """Return the window that the arguments of a list ask for."""
    return WindowRequest(**{name: None if value is strawberry.UNSET else value for name, value in arguments.items()})


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

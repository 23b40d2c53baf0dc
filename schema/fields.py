"""What the functions behind the root fields return: a question or a command, still open.

A field is an adapter: it translates its arguments and names the resolver. Who is asking and
what of the answer is wanted come later, from whichever executor runs the operation.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias, TypeVar

import strawberry

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


def given(value: object) -> dict[str, Any]:
    """The fields of an input that the client gave, under the names of the contract; ids as integers."""
    fields = {} if value is None or value is strawberry.UNSET else vars(value)
    return {name: _translated(name, each) for name, each in fields.items() if each is not strawberry.UNSET}


def window_request(**arguments: Any) -> WindowRequest:
    """Return the window that the arguments of a list ask for."""
    return WindowRequest(**{name: None if value is strawberry.UNSET else value for name, value in arguments.items()})


def _translated(name: str, value: Any) -> Any:
    if name == "user_id" and value is not None:
        return record_id(value)
    if name == "specialty_ids" and value is not None:
        return [record_id(each) for each in value]
    return value

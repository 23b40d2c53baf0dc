"""One thing to read, what it means if it is not there, and its answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from db.selection import Read
from resolvers.errors.problem import Problem
from resolvers.errors.server import InternalError


@dataclass(frozen=True, slots=True)
class Ask:
    """A read that a viewer is allowed; ``missing`` makes the error where no record is found."""

    read: Read
    missing: Callable[[], Problem] = InternalError


@dataclass(frozen=True, slots=True)
class Answer:
    """The finished JSON of one ask, and the headers that were wanted beside it."""

    json: str
    headers: Sequence[object] = ()

"""What every error is: a code, a status, a message, perhaps the field at fault."""

from collections.abc import Sequence
from typing import ClassVar


class Problem(Exception):
    """An answer that is not the wished one: raised by name, rendered once per face.

    ``field`` names the input at fault in the spelling of the REST contract; ``retry_after``
    (seconds) is set where the client may simply try again; ``allow`` names the methods an
    address answers to; ``others`` are further invalid fields of the same input.
    """

    code: ClassVar[str]
    status: ClassVar[int]
    message: str
    field: str | None = None
    retry_after: ClassVar[int | None] = None
    allow: tuple[str, ...] = ()

    def __init__(
        self, message: str | None = None, *, field: str | None = None, others: Sequence["Problem"] = ()
    ) -> None:
        self.message = message or self.message
        self.field = field or self.field
        self.others = tuple(others)
        super().__init__(self.message)


class Invalid(Problem):
    """An input that breaks a rule of its own, wherever it stands."""

    status = 400


def raise_all(problems: Sequence[Problem]) -> None:
    """Raise the first of ``problems`` with the others listed in it; return if there are none."""
    if problems:
        first = problems[0]
        first.others = tuple(problems[1:])
        raise first

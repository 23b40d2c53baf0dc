"""The base of every error: a code, a status, a message, and perhaps the field at fault."""

import re
from collections.abc import Callable, Sequence
from typing import ClassVar, Literal, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
Spelling: TypeAlias = Callable[[str], str]
Api: TypeAlias = Literal["rest", "graphql"]
GRAPHQL_ONLY: frozenset[Api] = frozenset({"graphql"})

FIELD_NAME = re.compile(r"\{(\w+)\}")


class Problem(Exception):
    """An error that clients receive: raised by name, rendered by each API in its own form.

    ``field`` names the input at fault in the spelling of the REST contract, as does every
    ``{name}`` in ``message``: each API renders them in its own spelling. ``path`` leads to the
    value at fault within the input: names, and the index in a list. ``retry_after`` (seconds) is
    set where the client may simply try again; ``allow`` names the methods an address answers to;
    ``others`` are further invalid fields of the same input; ``apis`` are those that answer with it.
    """

    code: str
    status: ClassVar[int]
    apis: ClassVar[frozenset[Api]] = frozenset({"rest", "graphql"})
    message: str
    field: str | None = None
    retry_after: int | None = None
    allow: tuple[str, ...] = ()

    def __init__(
        self,
        message: str | None = None,
        *,
        field: str | None = None,
        code: str | None = None,
        path: Path | None = None,
        others: Sequence["Problem"] = (),
    ) -> None:
        self.code = code or self.code
        self.message = message or self.message
        self.field = field or self.field
        self.path: Path = path if path is not None else (self.field,) if self.field else ()
        self.others = tuple(others)
        super().__init__(self.message)

    def text(self, spelling: Spelling) -> str:
        """Return the message, with the names of fields as ``spelling`` writes them."""
        return FIELD_NAME.sub(lambda name: spelling(name[1]), self.message)


class Invalid(Problem):
    """An input that breaks a rule of its own, whatever the records are."""

    status = 400


class LibraryMessage(Invalid):
    """A message of the GraphQL library: it may quote the client, and is passed on as it is."""

    apis = GRAPHQL_ONLY

    def text(self, _spelling: Spelling) -> str:
        return self.message


def raise_all(problems: Sequence[Problem]) -> None:
    """Raise the first of ``problems`` with the others listed in it; return if there are none."""
    if problems:
        first = problems[0]
        first.others = tuple(problems[1:])
        raise first

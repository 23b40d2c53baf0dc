"""One thing to read, what it means if it is not there, and its answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from db.query import FOREIGN_CURSOR
from db.selection import Read
from resolvers.cursors import WRONG_LIST
from resolvers.errors.lists import InvalidCursor
from resolvers.errors.problem import Problem
from resolvers.errors.server import InternalError


@dataclass(frozen=True, slots=True)
class ReadRequest:
    """A read that a viewer is allowed; ``missing`` makes the error where no record is found."""

    read: Read
    missing: Callable[[], Problem] = InternalError

    def result(self, json: str | None) -> str:
        """Return ``json``, what the database answered; raises what ``missing`` makes, or ``InvalidCursor``."""
        if json is None:
            raise self.missing()
        self._check_cursors(json)
        return json

    def _check_cursors(self, json: str) -> None:
        """Raise ``InvalidCursor`` if a page within ``json`` was asked for with a cursor of another record's list."""
        queries = [query for query in self.read.selection.queries if "misplaced" in query.values]
        if queries and FOREIGN_CURSOR in json:
            raise InvalidCursor(WRONG_LIST, field="after" if "after_parent" in queries[0].values else "before", path=())


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The finished JSON of one ask, and the headers that were wanted beside it."""

    json: str
    headers: Sequence[object] = ()

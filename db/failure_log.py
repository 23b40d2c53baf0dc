"""Log failures of the database: the first of a kind at once, and those that follow within a second as one line."""

import logging
from asyncio import get_running_loop

FOLD_SECONDS = 1.0

log = logging.getLogger("clinic")


class FailureLog:
    """Counts failures by kind while a database is away, of which each request would else write a line of its own."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def add(self, error: BaseException) -> None:
        """Log ``error``, or count it if another of its kind was logged a moment ago.

        The line with the count has the request id of the first: a timer runs in the context in which it was set.
        """
        kind = type(error).__name__
        if kind in self._counts:
            self._counts[kind] += 1
            return
        log.warning("database: %s: %s", kind, error)
        self._start(kind)

    def _start(self, kind: str) -> None:
        self._counts[kind] = 0
        get_running_loop().call_later(FOLD_SECONDS, self._end, kind)

    def _end(self, kind: str) -> None:
        count = self._counts.pop(kind)
        if count:
            log.warning("database: %s: %d more within a second", kind, count)
            self._start(kind)

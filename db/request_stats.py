"""What the current request has cost so far: SQL statements, and seconds by stage."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter


@dataclass(slots=True)
class RequestStats:
    """``statements`` counts data statements; BEGIN, SET LOCAL and COMMIT are not data.

    ``cost`` is the number of records that the GraphQL operations of the request may come to.
    ``auth`` is the time for the token, ``plan`` for making SQL of what is asked, ``database`` that of
    transactions, waiting for a connection included.
    """

    statements: int = 0
    cost: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: {"auth": 0.0, "plan": 0.0, "database": 0.0, "total": 0.0})

    def add(self, stage: str, since: float) -> None:
        self.seconds[stage] += perf_counter() - since


_current: ContextVar[RequestStats | None] = ContextVar("request_stats", default=None)


def current() -> RequestStats:
    """The request_stats of this request, or one that nobody reads."""
    return _current.get() or RequestStats()


def start() -> RequestStats:
    """The request_stats of this request from here on; each request runs in a context of its own."""
    request_stats = RequestStats()
    _current.set(request_stats)
    return request_stats

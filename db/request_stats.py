"""What the current request has cost so far: SQL statements, records, and seconds by stage."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter


@dataclass(slots=True)
class RequestStats:
    """``request_id`` names the request in the log; it is empty outside of a request.

    ``session_id`` is that of the verified token; it is empty before a token is verified.

    ``statements`` counts those that read or write data; BEGIN, SET LOCAL and COMMIT do not count.
    ``cost`` is the number of records that the GraphQL operations of the request may come to.
    Stages: ``auth`` verifies the token, ``plan`` compiles or finds the SQL, ``database`` is spent in
    transactions, waiting for a connection included.
    """

    request_id: str = ""
    session_id: str = ""
    statements: int = 0
    cost: int = 0
    seconds: dict[str, float] = field(default_factory=lambda: {"auth": 0.0, "plan": 0.0, "database": 0.0, "total": 0.0})

    def add(self, stage: str, since: float) -> None:
        """Add the time from ``since`` until now to ``stage``."""
        self.seconds[stage] += perf_counter() - since


_current: ContextVar[RequestStats | None] = ContextVar("request_stats", default=None)


def current() -> RequestStats:
    """Return the statistics of this request; outside of a request, new ones that nobody reads."""
    return _current.get() or RequestStats()


def start(request_id: str) -> RequestStats:
    """Begin the statistics of this request; each request runs in a context of its own."""
    stats = RequestStats(request_id)
    _current.set(stats)
    return stats

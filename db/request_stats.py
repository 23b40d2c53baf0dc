"""What belongs to the current request: its id, what it has cost so far, and how its reads are cancelled."""

from contextvars import ContextVar
from dataclasses import dataclass, field
from time import perf_counter
from typing import Protocol

from db.read_cancellation import ReadCancellation


class Account(Protocol):
    """What an organization may still spend: see ``resolvers.rate_limit``."""

    limit: int

    def spend(self, cost: int) -> None:
        """Spend ``cost``; raise an error for the client, and spend nothing, if nothing is left."""
        ...

    def state(self) -> tuple[int, int]:
        """Return how much is left, and in how many seconds there is more."""
        ...


@dataclass(slots=True)
class RequestStats:
    """``request_id`` names the request in the log; it is empty outside of a request.

    ``session_id`` is that of the verified token; it is empty before a token is verified.

    ``statements`` counts those that read or write data; BEGIN, SET LOCAL and COMMIT do not count.
    ``cost`` is what its reads and writes may cost: see ``resolvers.cost``.
    Stages: ``auth`` verifies the token, ``plan`` compiles or finds the SQL, ``database`` is spent in
    transactions, waiting for a connection included.
    ``account`` pays for it; without one, nothing is limited.
    ``read_cancellation`` is the one of the client's connection.
    """

    request_id: str = ""
    session_id: str = ""
    read_cancellation: ReadCancellation = field(default_factory=ReadCancellation)
    statements: int = 0
    cost: int = 0
    account: Account | None = None
    seconds: dict[str, float] = field(default_factory=lambda: {"auth": 0.0, "plan": 0.0, "database": 0.0, "total": 0.0})

    def add(self, stage: str, since: float) -> None:
        """Add the time from ``since`` until now to ``stage``."""
        self.seconds[stage] += perf_counter() - since

    def spend(self, cost: int) -> None:
        """Count ``cost`` as what the request costs in all, and let its account pay what it has not paid yet."""
        if cost > self.cost:
            if self.account is not None:
                self.account.spend(cost - self.cost)
            self.cost = cost


_current: ContextVar[RequestStats | None] = ContextVar("request_stats", default=None)


def current() -> RequestStats:
    """Return the statistics of this request; outside of a request, new ones that nobody reads."""
    return _current.get() or RequestStats()


def start(request_id: str, read_cancellation: ReadCancellation) -> RequestStats:
    """Begin the statistics of this request; each request runs in a context of its own."""
    stats = RequestStats(request_id, read_cancellation=read_cancellation)
    _current.set(stats)
    return stats

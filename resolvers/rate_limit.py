"""Limit what an organization may spend a minute: each request costs what ``resolvers.cost`` counts, before it runs.

The bucket is our own: the library ``limits`` takes 6 to 12 microseconds a call, three calls a request, where this takes
half of one, and at the end of its window it forgets what a request has cost beyond the limit.
"""

from collections.abc import Callable
from math import ceil, floor
from time import monotonic

from db.cache import Cache
from resolvers.errors.request import RateLimited

WINDOW_SECONDS = 60
MAX_ACCOUNTS = 20_000  # the least recently used one is forgotten first: by then it is whole again


class Account:
    """What one organization may still spend: a bucket of ``limit`` that an empty minute fills.

    Whoever has anything left may spend more than that, once: a request is not refused because it is large.
    """

    __slots__ = ("_clock", "_full_at", "limit")

    def __init__(self, limit: int, clock: Callable[[], float]) -> None:
        self.limit, self._clock = limit, clock
        self._full_at = clock()

    def spend(self, cost: int) -> None:
        """Spend ``cost``; raise ``RateLimited``, and spend nothing, if nothing is left."""
        now = self._clock()
        full_at = max(self._full_at, now)
        if full_at - now >= WINDOW_SECONDS:
            raise RateLimited(floor(full_at - now - WINDOW_SECONDS) + 1)
        # A debt ends after another minute, however small the limit is.
        self._full_at = min(full_at + cost * WINDOW_SECONDS / self.limit, now + 2 * WINDOW_SECONDS)

    def state(self) -> tuple[int, int]:
        """Return how much is left, and in how many seconds all of it is again; if nothing is left, some of it."""
        missing_seconds = max(self._full_at - self._clock(), 0)
        if missing_seconds >= WINDOW_SECONDS:
            return 0, floor(missing_seconds - WINDOW_SECONDS) + 1
        return ceil(self.limit * (1 - missing_seconds / WINDOW_SECONDS)), ceil(missing_seconds)


class RateLimiter:
    """The accounts of organizations, each with ``limit`` a minute. They are a worker's own."""

    def __init__(self, limit: int, clock: Callable[[], float] = monotonic) -> None:
        self._limit, self._clock = limit, clock
        self._accounts: Cache[int, Account] = Cache(MAX_ACCOUNTS, MAX_ACCOUNTS, lambda *_: 1)

    def account(self, organization_id: int) -> Account:
        """Return the account of the organization; a new one is full."""
        account = self._accounts.get(organization_id)
        if account is None:
            account = Account(self._limit, self._clock)
            self._accounts.set(organization_id, account)
        return account

"""Look at every connection of a server once a second, and end those whose deadline has passed.

A timer for each request would cost a request more than all other bounds together; a comparison a second costs nothing.
"""

import resource
from asyncio import AbstractEventLoop, TimerHandle, Transport
from collections.abc import Collection
from math import inf
from typing import Any, ClassVar, Protocol
from weakref import WeakKeyDictionary

from uvicorn.server import ServerState

MAX_CONNECTIONS = 4_096
OTHER_DESCRIPTORS = 64  # the listening socket, the event loop, logs, files, the connection that keys are fetched by


class Connection(Protocol):
    """A connection with the time of the event loop at which ``on_deadline()`` is due."""

    deadline: float
    transport: Transport

    def on_deadline(self) -> None: ...


class ConnectionSweeper:
    """The timer that all connections of one server share; it runs while there are any."""

    _sweepers: ClassVar[WeakKeyDictionary[ServerState, "ConnectionSweeper"]] = WeakKeyDictionary()

    def __init__(self, connections: Collection[Any], loop: AbstractEventLoop, interval: float) -> None:
        self._connections: Collection[Connection] = connections
        self._loop, self._interval = loop, interval
        self._timer: TimerHandle | None = None

    @classmethod
    def of_server(cls, state: ServerState, loop: AbstractEventLoop, interval: float) -> "ConnectionSweeper":
        """Return the sweeper of a server, which is told from others by its ``state``."""
        if state not in cls._sweepers:
            cls._sweepers[state] = cls(state.connections, loop, interval)
        return cls._sweepers[state]

    def start(self) -> None:
        """Begin to look, unless it does so already."""
        if self._timer is None:
            self._timer = self._loop.call_later(self._interval, self._sweep)

    def abort_earliest(self) -> None:
        """Abort the connection that would be ended first; none whose response is being made has a deadline."""
        earliest = min(self._connections, key=lambda connection: connection.deadline)
        earliest.deadline = inf  # it stays in the set until the loop's next turn
        earliest.transport.abort()

    def _sweep(self) -> None:
        self._timer = None
        if self._connections:
            self.start()
        now = self._loop.time()
        for connection in [connection for connection in self._connections if connection.deadline < now]:
            connection.on_deadline()


def max_connections(database_connections: int) -> int:
    """Return how many connections of clients a process may have, so that descriptors are left for all else.

    A quarter of the descriptors is theirs in any case: a pool that needs more would not get them anyway.
    """
    descriptors, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if descriptors == resource.RLIM_INFINITY:
        return MAX_CONNECTIONS
    return min(MAX_CONNECTIONS, max(descriptors // 4, descriptors - database_connections - OTHER_DESCRIPTORS))

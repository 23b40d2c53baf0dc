"""A queue of waiting tasks in lanes: round robin between the lanes, first come first served within one."""

from asyncio import Future
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Generic, TypeAlias, TypeVar

MAX_WAITERS = 1_000  # of one lane; more would not have their turn in time even if each took only 2 ms of 1 connection

# An organization by its id, or one by its Clerk id while a member logs in: the id is not known yet.
Lane: TypeAlias = int | str
Item = TypeVar("Item")


class QueueFullError(TimeoutError):
    """So many wait in this lane already that one more would wait in vain."""


class FairQueue(Generic[Item]):
    """Futures by lane. A lane with one waiter has its turn as soon as a lane with a thousand."""

    def __init__(self) -> None:
        self._lanes: OrderedDict[Lane, deque[Future[Item]]] = OrderedDict()

    def __len__(self) -> int:
        return len(self._lanes)

    def add(self, lane: Lane, waiter: "Future[Item]") -> None:
        """Let ``waiter`` wait behind the others of ``lane``; raise ``QueueFullError`` if these are too many."""
        waiters = self._lanes.setdefault(lane, deque())
        if len(waiters) >= MAX_WAITERS:
            raise QueueFullError(f"{MAX_WAITERS} requests of one organization wait for a connection")
        waiters.append(waiter)

    def discard(self, lane: Lane, waiter: "Future[Item]") -> None:
        """Remove ``waiter`` if it still waits in ``lane``."""
        waiters = self._lanes.get(lane, deque())
        if waiter in waiters:
            waiters.remove(waiter)
            if not waiters:
                del self._lanes[lane]

    def pop(self, has_room: Callable[[Lane], bool]) -> "tuple[Lane, Future[Item]] | None":
        """Remove and return whose turn it is, with its lane, among the lanes for which ``has_room`` is true."""
        while (lane := next(filter(has_room, self._lanes), None)) is not None:
            waiters = self._lanes[lane]
            waiter = waiters.popleft()
            if not waiters:
                del self._lanes[lane]
            if not waiter.done():  # else it has given up in this very turn of the event loop
                if waiters:
                    self._lanes.move_to_end(lane)
                return lane, waiter
        return None

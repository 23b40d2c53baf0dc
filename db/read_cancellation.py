"""Cancel a read while it waits for the database, when the client that asked for it has gone away."""

from asyncio import CancelledError, Task, current_task
from contextlib import AbstractContextManager, nullcontext
from typing import Any

NOT_CANCELLED: AbstractContextManager[None] = nullcontext()  # around the waits of a write


class ReadCancellation:
    """A context manager around a wait: ``cancel()`` ends the wait, and any later one, by ``CancelledError``.

    One belongs to each connection of a client, whose requests run one after the other. Only what a read waits for
    stands inside of it: PostgreSQL may already have committed a write whose COMMIT is cancelled.
    """

    __slots__ = ("_task", "is_cancelled")

    def __init__(self) -> None:
        self.is_cancelled = False
        self._task: Task[Any] | None = None

    def __enter__(self) -> None:
        if self.is_cancelled:
            raise CancelledError
        self._task = current_task()

    def __exit__(self, *_error: object) -> None:
        self._task = None

    def cancel(self) -> None:
        """End the wait that is under way, and let none begin."""
        self.is_cancelled = True
        if self._task is not None:
            self._task.cancel()

"""End a connection well: when its client goes away, and when the server stops."""

from typing import Any, ClassVar

from db.read_cancellation import ReadCancellation
from schema.http.bounded_protocol import BoundedProtocol
from schema.http.request_context import READ_CANCELLATION


class EndingProtocol(BoundedProtocol):
    """A protocol that cancels the read of a client that has left, and lets requests on their way arrive at the end.

    A hook costs a request nothing; a task that waits for the end of the connection beside each request would.
    """

    ARRIVAL_SECONDS: ClassVar[float] = 2  # for a request that is on its way when the server stops

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.read_cancellation = ReadCancellation()
        self.app_state = {**self.app_state, READ_CANCELLATION: self.read_cancellation}

    def connection_lost(self, exc: Exception | None) -> None:
        self.read_cancellation.cancel()
        super().connection_lost(exc)

    def shutdown(self) -> None:
        """Close the connection if it is idle; else soon, after the response to the request that is being received.

        A new connection counts as one on which a request is on its way: closing it would reset that request.
        """
        if not self.is_responding and (self.cycle is None or self.has_partial_request()):
            latest = self.loop.time() + self.ARRIVAL_SECONDS
            self.deadline, self.body_deadline = min(self.deadline, latest), min(self.body_deadline, latest)
        else:
            super().shutdown()

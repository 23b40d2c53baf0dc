"""Bound what one connection takes: bytes of headers, time, and requests that wait for their turn.

uvicorn bounds none of these. What is overridden here is no documented interface of it:
``tests/contract/test_uvicorn.py`` fails when another version of uvicorn has other code there.
"""

import asyncio
from math import inf
from typing import Any, ClassVar

import httptools
from starlette.types import Scope
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from resolvers.errors.problem import Problem
from resolvers.errors.request import HeadersTooLarge, InvalidRequest, RequestTimeout
from schema.http.connection_sweeper import ConnectionSweeper
from schema.http.refusal import refusal

MAX_HEADER_BYTES = 1 << 15  # also of trailers, and of the request line
SLICE_BYTES = 1 << 12  # parsed at a time: at most so many pipelined requests wait
MIN_PROGRESS_BYTES = 1 << 16  # that a client reads of a response within WRITE_SECONDS


class BoundedFlowControl(FlowControl):
    """Flow control that reads no input while some waits to be parsed, though uvicorn would resume at each response."""

    def __init__(self, transport: asyncio.Transport) -> None:
        super().__init__(transport)
        self.is_full = False

    def resume_reading(self) -> None:
        if not self.is_full:
            super().resume_reading()


class BoundedProtocol(HttpToolsProtocol):
    """uvicorn's protocol for one connection, with bounds.

    ``deadline`` is when ``on_deadline()`` ends the connection, in seconds of the event loop's clock; it is infinite
    while a response is being made. ``limit_concurrency`` of the configuration bounds the number of connections.
    """

    KEEP_ALIVE_SECONDS: ClassVar[float] = 5  # between two requests
    HEAD_SECONDS: ClassVar[float] = 10  # for the request line and the headers
    STALL_SECONDS: ClassVar[float] = 10  # between two pieces of a body
    BODY_SECONDS: ClassVar[float] = 30  # for a whole body
    WRITE_SECONDS: ClassVar[float] = 30  # until a client has read MIN_PROGRESS_BYTES
    LINGER_SECONDS: ClassVar[float] = 2  # for a client to read why it was refused, while it may still be sending
    SWEEP_SECONDS: ClassVar[float] = 1

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # uvicorn would answer 503 to everybody once there are so many connections, idle ones included
        self.max_connections, self.limit_concurrency = self.limit_concurrency or inf, None
        self.flow: BoundedFlowControl
        self.deadline = self.body_deadline = inf
        self.current_cycle: RequestResponseCycle | None = None  # whose response comes next; ``cycle`` is parsed last
        self.is_responding = False  # to a request that has arrived as a whole
        self.in_body = False
        self.header_bytes = 0
        self.unparsed = b""
        self.unsent_bytes = 0
        self.refusal: Problem | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self.flow = BoundedFlowControl(transport)
        self._wait(self.HEAD_SECONDS)
        sweeper = ConnectionSweeper.of_server(self.server_state, self.loop, self.SWEEP_SECONDS)
        sweeper.start()
        if len(self.connections) > self.max_connections:
            sweeper.abort_earliest()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self.unparsed = b""
        if self.current_cycle is not None and not self.current_cycle.response_complete:
            self._disconnect(self.current_cycle)  # uvicorn knows only of the last one

    def data_received(self, data: bytes) -> None:
        """Parse ``data`` as far as requests may be waiting, and keep the rest."""
        if self.refusal is not None:
            return
        is_idle = self.scope is None and not self.header_bytes
        for start in range(0, len(data), SLICE_BYTES):
            if self.is_responding:
                self._keep(data[start:])
                return
            piece = data if len(data) <= SLICE_BYTES else data[start : start + SLICE_BYTES]
            self.header_bytes += len(piece)  # the callbacks set it to 0 when headers end, and for each piece of a body
            try:
                self.feed(piece)
            except httptools.HttpParserError:
                self.refuse(InvalidRequest())
                return
            if self.header_bytes > MAX_HEADER_BYTES:
                self.refuse(HeadersTooLarge())
                return
        if not self.is_responding:
            self._await_rest(is_idle)

    def _keep(self, data: bytes) -> None:
        """Keep ``data`` until the response that is being made is complete, and read no more."""
        self.unparsed += data
        self.flow.is_full = True
        self.flow.pause_reading()

    def _await_rest(self, is_idle: bool) -> None:
        """Set the deadline for the rest of a request."""
        if self.in_body:
            if self.body_deadline == inf:
                self.body_deadline = self.loop.time() + self.BODY_SECONDS
            self._wait(self.STALL_SECONDS)
            self.deadline = min(self.deadline, self.body_deadline)
        elif is_idle:
            self._wait(self.HEAD_SECONDS)

    def feed(self, piece: bytes) -> None:
        """Parse ``piece``; raise ``HttpParserError`` if it is not HTTP."""
        self.parser.feed_data(piece)

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        self.in_body, self.header_bytes = True, 0
        self.headers = []  # trailers would be added to the headers that the application reads
        if not self.pipeline:  # it has been started
            self.current_cycle, self.body_deadline = self.cycle, inf

    def on_body(self, body: bytes) -> None:
        self.header_bytes = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        super().on_message_complete()
        self.in_body, self.header_bytes = False, 0
        if self.cycle.response_complete:
            self._wait(self.KEEP_ALIVE_SECONDS)
        elif not self.is_responding:
            self.is_responding = True
            if not self.flow.write_paused:
                self.deadline = inf
        self.scope = None  # type: ignore[assignment]  # until the next request begins

    def on_response_complete(self) -> None:
        """Go on with the next request; instead of uvicorn's, which sets a timer each time."""
        self.server_state.total_requests += 1
        self.is_responding = False
        if self.transport.is_closing():
            self._wait(self.WRITE_SECONDS)
        elif self.pipeline and not (self.refusal and self.pipeline[-1][0].more_body):
            self._start_next()
        elif self.refusal:
            self._send_refusal(self.refusal)
        else:
            self._await_request()

    def _start_next(self) -> None:
        """Start the request that has waited longest; only the last one may be incomplete."""
        self.current_cycle, app = self.pipeline.pop()
        self.is_responding, self.body_deadline = not self.current_cycle.more_body, inf
        self._wait(inf)
        self._start_asgi_task(self.current_cycle, app)
        if not self.is_responding:
            self._await_rest(is_idle=False)
            self._read_on()

    def _await_request(self) -> None:
        if not self.in_body:  # else what is left of a body nobody waits for has its deadline
            self._wait(self.HEAD_SECONDS if self.has_partial_request() else self.KEEP_ALIVE_SECONDS)
        self._read_on()

    def _read_on(self) -> None:
        """Parse what has been kept, and read more."""
        if self.unparsed:
            data, self.unparsed, self.flow.is_full = self.unparsed, b"", False
            self.data_received(data)
        self.flow.resume_reading()

    def refuse(self, problem: Problem) -> None:
        """Respond with ``problem`` after the responses that are still being made, and end the connection."""
        self.refusal, self.unparsed = problem, b""
        if not self.is_responding:
            self._send_refusal(problem)

    def _send_refusal(self, problem: Problem) -> None:
        """Send ``problem`` unless a response to the same request has begun, and drop the input that follows.

        A connection that is closed while input arrives is reset, and the client may never see the response.
        """
        scope: Scope = {}
        is_answered = False
        if self.in_body and self.cycle is self.current_cycle:
            scope, is_answered = dict(self.cycle.scope), self.cycle.response_started
            self._disconnect(self.cycle)
        self.pipeline.clear()
        if not is_answered:
            self.transport.write(refusal(problem, self.server_state.default_headers, scope))
        self.transport.write_eof()
        self._wait(self.LINGER_SECONDS)
        self.flow.is_full = False
        self.flow.resume_reading()

    def _disconnect(self, cycle: RequestResponseCycle) -> None:
        """Let the application see that nobody waits for the response."""
        cycle.disconnected = True
        cycle.message_event.set()

    def pause_writing(self) -> None:
        self._wait(self.WRITE_SECONDS)
        super().pause_writing()
        self.unsent_bytes = self.transport.get_write_buffer_size()

    def resume_writing(self) -> None:
        super().resume_writing()
        if self.is_responding:
            self._wait(inf)
        elif self.transport.is_closing():
            self._wait(self.WRITE_SECONDS)
        else:
            self._wait(self.STALL_SECONDS if self.in_body else self.KEEP_ALIVE_SECONDS)

    def on_deadline(self) -> None:
        """End the connection: with an error if the client has begun a request, else in silence."""
        unsent_bytes = self.transport.get_write_buffer_size()
        if self.flow.write_paused and self.unsent_bytes - unsent_bytes >= MIN_PROGRESS_BYTES:
            self.unsent_bytes, self.deadline = unsent_bytes, self.loop.time() + self.WRITE_SECONDS
        elif self.flow.write_paused or self.refusal or self.transport.is_closing():
            self.transport.abort()  # close() would wait for the client to read
        elif self.has_partial_request():
            self.refuse(RequestTimeout())
        else:
            self.close()

    def close(self) -> None:
        """Close the connection after the client has read what was sent, within ``WRITE_SECONDS``."""
        self.transport.close()
        self._wait(self.WRITE_SECONDS)

    def shutdown(self) -> None:
        super().shutdown()
        if self.transport.is_closing():
            self._wait(self.WRITE_SECONDS)

    def has_partial_request(self) -> bool:
        """Tell whether a part of a request has arrived, and not all of it."""
        return self.header_bytes > 0 or self.scope is not None

    def _wait(self, seconds: float) -> None:
        """Set the deadline; that of a client which does not read its response stays."""
        if not self.flow.write_paused:
            self.deadline = self.loop.time() + seconds

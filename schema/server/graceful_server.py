"""Stop a server so that no client notices: announce the end, answer whoever is connected, and only then close.

What is overridden here is no documented interface of uvicorn: ``tests/contract/test_uvicorn.py`` fails when another
version of it has other code there.
"""

import asyncio
import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import addressof, create_string_buffer
from socket import SOL_SOCKET, socket
from struct import pack
from time import monotonic
from types import FrameType

import uvicorn

from schema.http.http_protocol import HttpProtocol
from schema.server.signals import STOP_SIGNALS, handle_signals, has_terminal

DRAIN_SECONDS = 2.0  # in which every response ends its connection, and /readyz is 503
POLL_SECONDS = 0.05
SO_ATTACH_FILTER = 26  # of Linux; the module socket does not name it
DROP_ALL = pack("HBBI", 6, 0, 0, 0)  # the one instruction of the filter: return 0 bytes of each packet
log = logging.getLogger("clinic")


class GracefulServer(uvicorn.Server):
    """The server of one process.

    uvicorn's own, when it stops, closes connections whose next request is on its way, and resets those that wait to
    be accepted.
    """

    has_time = True  # to drain; somebody at a terminal waits only for the requests that are being answered
    is_retired = False  # others go on to serve the same listeners

    async def shutdown(self, sockets: list[socket] | None = None) -> None:
        """Stop as soon as everybody is answered, at the latest when ``timeout_graceful_shutdown`` is over."""
        for listener in sockets or ():
            listener.setblocking(False)  # before dup(), which would else make the shared socket block
        listeners = [listener.dup() for listener in sockets or ()]  # the event loop closes its own with the servers
        self.announce()
        if self.has_time:
            await self._drain()
        for server in self.servers:
            server.close()
        for listener in listeners:
            if not self.is_retired:  # the filter is one of the socket, which all workers share
                _ignore_new_connections(listener)
            await self._accept_waiting(listener)
        await super().shutdown(sockets)

    def announce(self) -> None:
        """Ask clients not to come again: proxies by ``/readyz``, all others by a header of each response."""
        self.config.loaded_app.state.is_leaving = True
        self.server_state.default_headers.append((b"connection", b"close"))

    async def _drain(self) -> None:
        """Go on serving, as long as anybody is connected."""
        deadline = monotonic() + DRAIN_SECONDS
        while self.server_state.connections and monotonic() < deadline and not self.force_exit:  # noqa: ASYNC110
            await asyncio.sleep(POLL_SECONDS)

    async def _accept_waiting(self, listener: socket) -> None:
        """Serve the connections that nobody has accepted yet, and close ``listener``, which would reset them."""
        loop = asyncio.get_running_loop()
        with listener:
            while not self.force_exit:
                try:
                    connection, _address = listener.accept()
                except OSError:  # none waits, or this process has no descriptor left for one
                    return
                await loop.connect_accepted_socket(self._protocol, connection)

    def _protocol(self) -> HttpProtocol:
        return HttpProtocol(self.config, self.server_state, self.lifespan.state, asyncio.get_running_loop())

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop at a signal; SIGHUP of a terminal that is closed is one."""
        hangup = self.handle_exit if has_terminal() else _ignore_hangup
        with handle_signals(dict.fromkeys(STOP_SIGNALS, self.handle_exit) | {signal.SIGHUP: hangup}):
            yield

    def handle_exit(self, sig: int, _frame: FrameType | None) -> None:
        """Stop gracefully; stop at once at a second signal."""
        self.force_exit = self.should_exit
        self.should_exit = True
        self.has_time = sig != signal.SIGINT


def _ignore_new_connections(listener: socket) -> None:
    """Let clients of Linux ask again for a connection, as if their first packet was lost, and then be refused.

    Else one that connects between the last ``accept()`` and the end of ``listener`` would be reset.
    """
    if sys.platform == "linux":
        instructions = create_string_buffer(DROP_ALL)
        listener.setsockopt(SOL_SOCKET, SO_ATTACH_FILTER, pack("HP", 1, addressof(instructions)))


def _ignore_hangup(_sig: int, _frame: FrameType | None) -> None:
    log.warning("SIGHUP has no effect, for one process cannot replace itself: set WORKERS to 2 or more")

"""Serve in several processes: start them, replace those that end, hang or are to be renewed, and stop them.

uvicorn's supervisor would be less code of our own. But it keeps a socket open from which nobody accepts any more,
whose connections are reset at its end; it looks at no signal while it waits for a worker; and it lets no server class
in but its own.
"""

import logging
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection
from socket import socket
from threading import Event
from time import monotonic, sleep
from types import FrameType

import uvicorn

from schema.server.graceful_server import DRAIN_SECONDS, GracefulServer
from schema.server.signals import STOP_SIGNALS, handle_signals, has_terminal

NOTIFY_SECONDS = 5  # between two signs of life of a worker
MAX_SILENCE_SECONDS = 60  # a worker that gives no sign for longer hangs, however busy the machine is
MARGIN_SECONDS = 3  # beyond the time that a worker has for its own end
CHECK_SECONDS = 0.5
POLL_SECONDS = 0.05
TERMINAL_SIGNALS = {signal.SIGINT, signal.SIGHUP}  # which come to every process of a terminal
RETIRE = signal.SIGUSR1
SPAWN = get_context("spawn")
log = logging.getLogger("clinic")


class WorkerServer(GracefulServer):
    """The server of a worker. It stops at SIGTERM, and at ``RETIRE`` if others go on serving."""

    def announce(self) -> None:
        super().announce()
        self.config.loaded_app.state.is_leaving = not self.is_retired

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        with handle_signals(dict.fromkeys((signal.SIGTERM, RETIRE), self.handle_exit)):
            yield

    def handle_exit(self, sig: int, _frame: FrameType | None) -> None:
        """Stop gracefully; a second signal may come from the supervisor after one of the system to all processes."""
        self.is_retired = sig == RETIRE
        self.should_exit = True


class Worker:
    """A process that serves on ``listener``."""

    def __init__(self, config: uvicorn.Config, listener: socket) -> None:
        self._receiver, sender = SPAWN.Pipe(duplex=False)
        self._process = SPAWN.Process(target=_serve, args=(config, listener, sender), daemon=True)
        self._last_sign = monotonic()
        self.is_ready = False
        with _blocking(TERMINAL_SIGNALS):  # and so does the new process: it is for its parent to react
            self._process.start()
        sender.close()

    @property
    def process_id(self) -> int | None:
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        return self._process.is_alive()

    @property
    def hangs(self) -> bool:
        """Tell whether the last sign of life is too long ago; ``is_ready`` once there was one."""
        with suppress(EOFError):
            while self._receiver.poll():
                self._receiver.recv_bytes()
                self.is_ready, self._last_sign = True, monotonic()
        return monotonic() - self._last_sign > MAX_SILENCE_SECONDS

    def join(self) -> None:
        self._process.join()

    def send(self, sign: signal.Signals) -> None:
        if self._process.pid and self._process.is_alive():
            os.kill(self._process.pid, sign)


class Supervisor:
    """The parent of the workers."""

    def __init__(self, config: uvicorn.Config, listener: socket, count: int) -> None:
        self._config, self._listener, self._count = config, listener, count
        self._workers: list[Worker] = []
        self._processes: set[Worker] = set()  # the workers, those that leave and one that is about to begin
        self._has_served = False
        self._stop_signals = 0
        self._is_renewing = False
        self._signal = Event()
        self._max_stop_seconds = DRAIN_SECONDS + (config.timeout_graceful_shutdown or 0) + MARGIN_SECONDS

    def run(self) -> int:
        """Serve until a signal; return 0, or 1 if no worker could start or one had to be killed."""
        hangup = self._on_stop if has_terminal() else self._on_renew
        with handle_signals(dict.fromkeys(STOP_SIGNALS, self._on_stop) | {signal.SIGHUP: hangup}):
            resource_tracker.ensure_running()  # its start would unblock the signals that a new process must not get
            self._workers = [self._start() for _ in range(self._count)]
            status = self._supervise()
            return self._stop() or status

    def _on_stop(self, _sign: int, _frame: FrameType | None) -> None:
        self._stop_signals += 1
        self._signal.set()

    def _on_renew(self, _sign: int, _frame: FrameType | None) -> None:
        self._is_renewing = True
        self._signal.set()

    def _start(self) -> Worker:
        worker = Worker(self._config, self._listener)
        self._processes.add(worker)
        return worker

    def _supervise(self) -> int:
        """Keep the workers running until the server is to stop; return 1 if they cannot start."""
        while not self._stop_signals:
            for i, worker in enumerate(self._workers):
                if worker.hangs or not worker.is_alive:
                    if not self._has_served and not worker.is_ready:
                        log.error("no worker can start: the server stops")
                        return 1
                    log.warning("worker %s has ended or hangs: another one takes its place", worker.process_id)
                    self._remove(worker)
                    self._workers[i] = self._start()
                self._has_served |= worker.is_ready
            if self._is_renewing:
                self._is_renewing = False
                self._renew()
            self._signal.wait(CHECK_SECONDS)
            self._signal.clear()
        return 0

    def _renew(self) -> None:
        """Let each worker go as soon as another one serves in its place; keep it if that one cannot start."""
        log.info("SIGHUP: starting new workers, one after the other")
        for i, old in enumerate(self._workers):
            new = self._replace(old)
            if new is None:
                return
            self._workers[i] = new

    def _replace(self, old: Worker) -> Worker | None:
        """Return the worker that serves in place of ``old``; none if it cannot start, or the server is to stop."""
        new = self._start()
        self._wait(lambda: new.hangs or new.is_ready or not new.is_alive, MAX_SILENCE_SECONDS, signals=1)
        if self._stop_signals:
            return None
        if not new.is_ready:
            log.error("a new worker cannot start: the workers of before go on serving")
            self._remove(new)
            return None
        old.send(RETIRE)
        self._wait(lambda: not old.is_alive, self._max_stop_seconds, signals=1)
        if not self._stop_signals:
            self._remove(old)
        return new

    def _stop(self) -> int:
        """End all processes; return 1 if one had to be killed that was given its time."""
        self._listener.close()  # else clients would wait in a queue from which nobody accepts
        log.info("stopping: the workers answer what clients have begun to ask")
        for process in self._processes:
            process.send(signal.SIGTERM)
        self._wait(lambda: not any(process.is_alive for process in self._processes), self._max_stop_seconds, signals=2)
        hanging = [process for process in self._processes if process.is_alive]
        for process in hanging:
            self._remove(process)
        return 1 if hanging and self._stop_signals < 2 else 0

    def _remove(self, worker: Worker) -> None:
        worker.send(signal.SIGKILL)
        worker.join()
        self._processes.discard(worker)

    def _wait(self, condition: Callable[[], bool], seconds: float, *, signals: int) -> None:
        """Return when ``condition`` is true, after so many seconds, or once so many signals to stop have come."""
        deadline = monotonic() + seconds
        while not condition() and monotonic() < deadline and self._stop_signals < signals:
            sleep(POLL_SECONDS)


def _serve(config: uvicorn.Config, listener: socket, sender: Connection) -> None:
    """Serve in a new process, and give signs of life to the supervisor."""
    server = WorkerServer(config)

    async def notify() -> None:
        try:
            sender.send_bytes(b".")
        except OSError:
            server.should_exit = True  # the supervisor was killed: whoever starts it again needs the port

    config.callback_notify, config.timeout_notify = notify, NOTIFY_SECONDS
    config.configure_logging()
    server.run([listener])


@contextmanager
def _blocking(signals: set[signal.Signals]) -> Iterator[None]:
    """Let ``signals`` wait meanwhile; a process that is started then blocks them, too."""
    previous = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, previous)

"""Handle the signals that stop a server or start its workers anew."""

import os
import signal
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from types import FrameType

STOP_SIGNALS = (signal.SIGTERM, signal.SIGINT)
Handler = Callable[[int, FrameType | None], object]


def has_terminal() -> bool:
    """Tell whether this process belongs to a terminal, which sends SIGHUP when it is closed."""
    with suppress(OSError):
        os.close(os.open(os.ctermid(), os.O_RDONLY | os.O_NOCTTY))
        return True
    return False


@contextmanager
def handle_signals(handlers: Mapping[signal.Signals, Handler]) -> Iterator[None]:
    """Call ``handlers`` meanwhile; a signal that is ignored, as SIGHUP under ``nohup``, stays so."""
    previous = {sign: signal.getsignal(sign) for sign in handlers}
    caught = {sign: handler for sign, handler in handlers.items() if previous[sign] is not signal.SIG_IGN}
    for sign, handler in caught.items():
        signal.signal(sign, handler)
    try:
        yield
    finally:
        for sign in caught:
            signal.signal(sign, previous[sign])


def ignore_signals() -> None:
    """Let no signal disturb the end of a process that is already stopping."""
    for sign in (*STOP_SIGNALS, signal.SIGHUP):
        signal.signal(sign, signal.SIG_IGN)

"""Serves one subject alone in its process: ``python -m tests.bench.serve SUBJECT DATABASE_URL DIRECTORY PORT``."""

import logging
import os
import signal
import sys
import threading
from importlib import import_module
from pathlib import Path

import uvicorn


def serve(subject: str, url: str, directory: str, port: str) -> None:
    """``DIRECTORY`` holds the key that checks tokens."""
    threading.Thread(target=_stop_with_parent, daemon=True).start()
    logging.basicConfig(level=logging.WARNING)
    app = import_module(f"tests.bench.{subject}").make(url, Path(directory))
    uvicorn.run(
        app,
        port=int(port),
        loop="uvloop",
        http="httptools",
        access_log=False,
        server_header=False,
        log_config=None,
        timeout_graceful_shutdown=3,
    )


def _stop_with_parent() -> None:
    """Whoever started this holds the other end of standard input, and lets go of it even when killed."""
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    serve(*sys.argv[1:])

"""Run the server on a socket: in this process, in several workers, or in a new process after each change."""

import errno
import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from uvicorn.supervisors.basereload import BaseReload
from uvicorn.supervisors.statreload import StatReload

from db.errors import ConfigurationError
from schema.http.connection_sweeper import max_connections
from schema.http.http_protocol import HttpProtocol
from schema.server.graceful_server import GracefulServer
from schema.server.logs import log_config
from schema.server.settings import ServerSettings, Settings
from schema.server.workers import Supervisor

ROOT = Path(__file__).parents[2]
SOURCES = ("schema", "resolvers", "db")
BACKLOG = 2_048  # connections
GRACE_SECONDS = 10
POLL_SECONDS = 0.5  # between two looks at the files


def listen(settings: Settings) -> socket.socket:
    """Return a socket bound to ``HOST`` and ``PORT``; raise ``ConfigurationError``, naming the setting to change."""
    listener = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((settings.host, settings.port))
        listener.listen(BACKLOG)  # nobody else can take it from now on; clients wait until the server is ready
    except (OSError, UnicodeError) as error:
        listener.close()
        raise ConfigurationError(_reason(settings, error)) from error
    listener.set_inheritable(True)
    return listener


def run(app: Starlette, settings: ServerSettings, listener: socket.socket) -> None:
    """Serve ``app`` in this process until SIGINT or SIGTERM."""
    GracefulServer(_config(app, settings)).run([listener])


def run_workers(app: str, settings: ServerSettings, listener: socket.socket) -> int:
    """Serve the application that the function named ``app`` makes in each of ``WORKERS`` processes.

    Return the exit code: 1 if something had to be ended by force.
    """
    _prepare_children(settings)
    return Supervisor(_config(app, settings, factory=True), listener, settings.workers).run()


def run_reloading(app: str, settings: ServerSettings, listener: socket.socket) -> None:
    """Serve the application that the function named ``app`` makes, in a new process after each change."""
    folders = [str(ROOT / name) for name in SOURCES]
    config = _config(app, settings, factory=True, reload=True, reload_dirs=folders, reload_delay=POLL_SECONDS)
    _prepare_children(settings)
    Reload(config, uvicorn.Server(config).run, [listener]).run()


class Reload(StatReload):
    """uvicorn's reloader, which also looks at ``app.py``, misses no change and ends with its terminal."""

    def startup(self) -> None:
        self.record_times()
        super().startup()
        signal.signal(signal.SIGHUP, self.signal_handler)

    def restart(self) -> None:
        self.record_times()
        BaseReload.restart(self)  # StatReload's would forget the times

    def record_times(self) -> None:
        """Record when each file was changed, before a process reads it: a later change makes it stale."""
        self.mtimes = {}
        for file in self.iter_py_files():
            with suppress(OSError):  # an editor has just removed it
                self.mtimes[file] = file.stat().st_mtime

    def iter_py_files(self) -> Iterator[Path]:
        yield ROOT / "app.py"
        for folder in SOURCES:
            for directory, folders, files in os.walk(ROOT / folder):
                folders[:] = [name for name in folders if name != "node_modules"]  # thousands of files of others
                yield from (Path(directory, name) for name in files if name.endswith(".py"))


def _config(app: Starlette | str, settings: Settings, **options: Any) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=HttpProtocol,
        limit_concurrency=max_connections(4 * settings.database_pool_size),  # two pools, and as many cancellations
        ws="none",
        log_config=log_config(settings.log_format),
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        **options,
    )


def _prepare_children(settings: ServerSettings) -> None:
    """Tell processes that start later of an embedded database, and keep them from running the command line again."""
    os.environ["DATABASE_URL"] = settings.database_url
    # else each would run this script before it reacts to signals and answers the parent's pings
    sys.modules["__main__"].__file__ = None


def _reason(settings: Settings, error: Exception) -> str:
    """Return the sentence that says why the socket cannot be bound."""
    host, port = settings.host, settings.port
    match getattr(error, "errno", None):
        case errno.EADDRINUSE:
            return f"PORT: {port} is in use on {host}; stop the other server or set another port."
        case errno.EACCES:
            return f"PORT: this user may not listen on {port}; set one from 1024 on."
    return f"HOST: {host[:100]!r} is no address of this machine; set 127.0.0.1, or 0.0.0.0 for all of its addresses."

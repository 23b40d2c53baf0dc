"""Answer the health checks of whoever operates the server: is the process alive, can it serve."""

from asyncio import Task, create_task, shield
from time import monotonic

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from db.database import Database
from db.errors import DatabaseUnavailableError

CHECK_SECONDS = 0.25  # for which one check of the database answers all probes


class Probes:
    """The handlers of ``/livez`` and ``/readyz``.

    Anybody may send probes, however many: those that come while the database is being checked, or shortly
    after, share the one check. It has a connection of its own, so load alone does not make the server unready.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._check: Task[bool] | None = None
        self._fresh_until = 0.0

    async def live(self, _request: Request) -> Response:
        """Return 200 as long as the process answers at all, whatever the database does."""
        return JSONResponse({"status": "live"})

    async def ready(self, request: Request) -> Response:
        """Return 200 if the database answers and the server is not about to stop, else 503."""
        if getattr(request.app.state, "is_leaving", False):
            return JSONResponse({"status": "stopping"}, 503, {"retry-after": "1"})
        if self._check is None or (self._check.done() and monotonic() >= self._fresh_until):
            self._check = create_task(self._check_database())
        if await shield(self._check):  # a probe that is given up must not end the check of the others
            return JSONResponse({"status": "ready"})
        return JSONResponse({"status": "database unreachable"}, 503, {"retry-after": "1"})

    async def _check_database(self) -> bool:
        try:
            await self._database.ping()
        except DatabaseUnavailableError:
            return False
        finally:
            self._fresh_until = monotonic() + CHECK_SECONDS
        return True

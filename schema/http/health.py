"""Answer the health checks of whoever operates the server: is the process alive, can it serve."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from db.database import Database
from db.errors import DatabaseUnavailableError


class Probes:
    """The handlers of ``/livez`` and ``/readyz``."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def live(self, _request: Request) -> Response:
        """Return 200 as long as the process answers at all, whatever the database does."""
        return JSONResponse({"status": "live"})

    async def ready(self, _request: Request) -> Response:
        """Return 200 if the database answers, else 503."""
        try:
            await self._database.ping()
        except DatabaseUnavailableError:
            return JSONResponse({"status": "database unreachable"}, 503, {"retry-after": "1"})
        return JSONResponse({"status": "ready"})

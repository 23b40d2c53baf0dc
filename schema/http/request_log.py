"""Log one line a request, for the developer who watches the terminal."""

import logging
from time import perf_counter
from urllib.parse import quote

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from db.request_stats import current

log = logging.getLogger("clinic.requests")


class RequestLog:
    """Log method, path, status, milliseconds and SQL statements; never a query, which may hold names."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start_time, status = perf_counter(), "-"  # "-" stays where the client went away

        async def send_and_record(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = str(message["status"])
            await send(message)

        try:
            await self.app(scope, receive, send_and_record)
        finally:
            statements = current().statements
            noun = "statement" if statements == 1 else "statements"
            path, milliseconds = quote(scope["path"]), 1_000 * (perf_counter() - start_time)
            log.info("%s %s %s %.1f ms %d %s", scope["method"], path, status, milliseconds, statements, noun)

"""The outermost layer: every answer carries a request id and the security headers, a crash included."""

import logging
import re
from collections.abc import Iterable
from random import getrandbits
from time import perf_counter

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from db.request_stats import RequestStats, start

REQUEST_ID = b"x-request-id"
SAFE_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
SECURITY = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=63072000; includeSubDomains"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
]
VARY = (b"vary", b"Accept-Encoding, Authorization, Origin")  # beside what another layer says of it
RawHeaders = Iterable[tuple[bytes, bytes]]
log = logging.getLogger("clinic")


class RequestContextMiddleware:
    """Wraps the whole application; ``development`` also tells how many statements an answer took."""

    def __init__(self, app: ASGIApp, *, development: bool) -> None:
        self.app, self.development = app, development

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["request_id"] = _chosen_id(scope)
        since = perf_counter()

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                request_stats.add("total", since)
                message["headers"] = self._addressed(message["headers"], scope["request_id"], request_stats)
            await send(message)

        request_stats = start()
        try:
            await self.app(scope, receive, sent)
        except ClientDisconnect:
            log.info("the client went away", extra={"request_id": scope["request_id"]})
        except Exception:
            log.exception("unforeseen", extra={"request_id": scope["request_id"]})

    def _addressed(self, headers: RawHeaders, request_id: str, request_stats: RequestStats) -> RawHeaders:
        """``headers`` with those of the envelope; an answer may have its own instead."""
        own = {name for name, _ in headers}
        timing = ", ".join(f"{stage};dur={1000 * seconds:.2f}" for stage, seconds in request_stats.seconds.items())
        added = [(REQUEST_ID, request_id.encode()), (b"server-timing", timing.encode()), VARY]
        if self.development:
            added.append((b"x-sql-statements", b"%d" % request_stats.statements))
            added.extend([(b"x-cost", b"%d" % request_stats.cost)] if request_stats.cost else ())
        return [*headers, *(pair for pair in SECURITY if pair[0] not in own), *added]


def _chosen_id(scope: Scope) -> str:
    """The client's own id if it is harmless, else a new one."""
    for name, value in scope["headers"]:
        if name == REQUEST_ID and SAFE_ID.fullmatch(value):
            return value.decode()  # type: ignore[no-any-return]
    return f"{getrandbits(128):032x}"

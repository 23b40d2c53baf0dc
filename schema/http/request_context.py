"""Give every response, that of a crash included, its request id, timings and security headers."""

import logging
import re
from asyncio import CancelledError, sleep
from collections.abc import Iterable
from random import getrandbits
from time import perf_counter

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from db.read_cancellation import ReadCancellation
from db.request_stats import Account, RequestStats, current, start
from resolvers.errors.problem import Problem
from resolvers.errors.request import InternalError, RateLimited, Unavailable
from resolvers.rate_limit import WINDOW_SECONDS
from schema.http.errors import error_response

REQUEST_ID = b"x-request-id"
READ_CANCELLATION = "read_cancellation"  # the key in the state of a request's scope
SAFE_ID = re.compile(rb"[A-Za-z0-9._-]{1,64}")
SECURITY_HEADERS = [
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=63072000; includeSubDomains"),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
]
VARY = (b"vary", b"Accept-Encoding, Authorization, Origin")  # added to what a handler says of it
RawHeaders = Iterable[tuple[bytes, bytes]]
# before a 429: whoever tries again at once would take more of this worker's time by refusals than by requests
REFUSAL_SECONDS = 1.0
log = logging.getLogger("clinic")


class RequestContextMiddleware:
    """The outermost middleware; ``development`` adds how many statements the response took, and its cost."""

    def __init__(self, app: ASGIApp, *, development: bool) -> None:
        self.app, self.development = app, development

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        scope["request_id"] = _request_id(scope)
        start_time, has_begun = perf_counter(), False

        async def send_with_headers(message: Message) -> None:
            nonlocal has_begun
            if message["type"] == "http.response.start":
                if message["status"] == RateLimited.status:
                    await sleep(REFUSAL_SECONDS)
                has_begun = True
                request_stats.add("total", start_time)
                message["headers"] = self._add_headers(message["headers"], scope["request_id"], request_stats)
            await send(message)

        request_stats = start(scope["request_id"], _read_cancellation(scope))
        problem = await self._run(scope, receive, send_with_headers)
        if problem and not has_begun:  # else uvicorn would respond in plain text
            await error_response(problem, scope["request_id"])(scope, receive, send_with_headers)

    async def _run(self, scope: Scope, receive: Receive, send: Send) -> Problem | None:
        """Run the application; return the problem that ended it before it could respond."""
        try:
            await self.app(scope, receive, send)
        except ClientDisconnect:
            log.info("the client went away")
        except CancelledError:
            if current().read_cancellation.is_cancelled:
                log.info("the client went away")
                return None
            log.warning("cancelled, for the server stops")
            return Unavailable()
        except Exception:
            log.exception("unforeseen")
            return InternalError()
        return None

    def _add_headers(self, headers: RawHeaders, request_id: str, request_stats: RequestStats) -> RawHeaders:
        """Return ``headers`` with those of every response, and what the request has cost."""
        timing = ", ".join(f"{stage};dur={1000 * seconds:.2f}" for stage, seconds in request_stats.seconds.items())
        context = [(b"server-timing", timing.encode())]
        if self.development:
            context.append((b"x-sql-statements", b"%d" % request_stats.statements))
            context.extend([(b"x-cost", b"%d" % request_stats.cost)] if request_stats.cost else ())
        if request_stats.account is not None:
            context.extend(rate_limit_headers(request_stats.account))
        return [*with_common_headers(headers, request_id), *context]


def rate_limit_headers(account: Account) -> RawHeaders:
    """Return what ``account`` may spend a minute, and what is left, as draft-ietf-httpapi-ratelimit-headers has it."""
    remaining, seconds = account.state()
    return (
        (b"ratelimit-policy", b'"default";q=%d;w=%d' % (account.limit, WINDOW_SECONDS)),
        (b"ratelimit", b'"default";r=%d;t=%d' % (remaining, seconds)),
    )


def with_common_headers(headers: RawHeaders, request_id: str) -> list[tuple[bytes, bytes]]:
    """Return ``headers`` with those of every response; a security header that a handler set stays as it is."""
    names = {name for name, _ in headers}
    safe = (pair for pair in SECURITY_HEADERS if pair[0] not in names)
    return [*headers, *safe, (REQUEST_ID, request_id.encode()), VARY]


def new_request_id() -> str:
    """Return an id that no other request has."""
    return f"{getrandbits(128):032x}"


def _request_id(scope: Scope) -> str:
    """Return the client's own id if it is harmless, else a new one."""
    for name, value in scope["headers"]:
        if name == REQUEST_ID and SAFE_ID.fullmatch(value):
            return value.decode()  # type: ignore[no-any-return]
    return new_request_id()


def _read_cancellation(scope: Scope) -> ReadCancellation:
    """Return the one of the client's connection; only the server's own protocol has one."""
    cancellation: ReadCancellation | None = scope.get("state", {}).get(READ_CANCELLATION)
    return cancellation or ReadCancellation()

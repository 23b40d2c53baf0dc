"""Let pages of other origins call: in development those of this machine, in production those of ``CORS_ORIGINS``."""

from collections.abc import Collection

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from schema.http.host import LOOPBACK_ORIGIN

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
EXPOSED_HEADERS = (
    "ETag",
    "Link",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "Server-Timing",
    "X-Request-Id",
)
MAX_AGE = 7_200  # seconds; Chrome caches a preflight no longer


class Cors(CORSMiddleware):
    """Starlette's middleware, applied to requests of the origins that may call and to no others.

    Starlette would refuse a preflight of another origin in plain text, but every error of this server is JSON.
    No credentials are allowed: tokens travel in ``Authorization``, which any page may send, as any other header.
    """

    def __init__(self, app: ASGIApp, *, origins: Collection[str], development: bool) -> None:
        super().__init__(
            app,
            allow_origins=origins,
            allow_origin_regex=LOOPBACK_ORIGIN if development else None,
            allow_methods=METHODS,
            allow_headers=("*",),
            allow_private_network=True,
            expose_headers=(*EXPOSED_HEADERS, "X-Cost", "X-Sql-Statements") if development else EXPOSED_HEADERS,
            max_age=MAX_AGE,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._allows(dict(scope["headers"])):
            await super().__call__(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _allows(self, headers: dict[bytes, bytes]) -> bool:
        origin = headers.get(b"origin", b"").decode("latin-1")
        method = headers.get(b"access-control-request-method", b"GET").decode("latin-1")
        return bool(origin) and self.is_allowed_origin(origin) and method in METHODS

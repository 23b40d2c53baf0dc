"""Let pages of other origins call: in development those of this machine, in production those of ``CORS_ORIGINS``."""

from collections.abc import Collection

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

LOOPBACK = r"https?://(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
EXPOSED = ("ETag", "Link", "Location", "RateLimit", "RateLimit-Policy", "Retry-After", "Server-Timing", "X-Request-Id")
MAX_AGE = 7_200  # seconds; Chrome keeps a preflight no longer


class Cors(CORSMiddleware):
    """Starlette's middleware for the origins that may call; to others the server answers as if there were none.

    Starlette refuses a preflight in plain text, but here every error has the shape of the catalogue.
    No credentials are allowed: tokens travel in ``Authorization``, which any page may send, as any other header.
    """

    def __init__(self, app: ASGIApp, *, origins: Collection[str], development: bool) -> None:
        super().__init__(
            app,
            allow_origins=origins,
            allow_origin_regex=LOOPBACK if development else None,
            allow_methods=METHODS,
            allow_headers=("*",),
            allow_private_network=True,
            expose_headers=(*EXPOSED, "X-Cost", "X-Sql-Statements") if development else EXPOSED,
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

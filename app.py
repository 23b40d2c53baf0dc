"""Make the application from its settings: the entry point of every process."""

import gc
import sys
from importlib.util import find_spec

if not all(map(find_spec, ("starlette", "strawberry", "asyncpg"))):
    sys.exit("The dependencies are not installed: run `make run`, or `make install` and then .venv/bin/python app.py.")

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.errors import ServerErrorMiddleware

from db.database import Database
from resolvers.authentication import Authentication
from resolvers.conflicts import EXPECTED_ERRORS
from resolvers.identity.development import DEVELOPMENT_ISSUER, DevelopmentKeys
from resolvers.identity.jwks import JwksCache
from resolvers.identity.keys import KeySource, PinnedKey
from resolvers.identity.verifier import MultiIssuerVerifier, Verifier
from resolvers.rate_limit import RateLimiter
from schema.http.compression import Compression
from schema.http.cors import Cors
from schema.http.errors import on_crash, on_error, on_http_error
from schema.http.request_context import RequestContextMiddleware
from schema.http.request_log import RequestLog
from schema.routes import routes
from schema.server.settings import ServerSettings, Settings, read_server_settings


def make_app(settings: ServerSettings, *, log_requests: bool = False) -> Starlette:
    """Return the application, which opens its database when it starts."""
    database = Database(
        settings.database_url,
        settings.database_read_url,
        settings.database_pool_size,
        share=settings.organization_connections,
    )
    keys = _clerk_keys(settings)
    limit = settings.worker_rate_limit
    authentication = Authentication(
        _verifier(settings, keys),
        database,
        settings.clerk_admin_roles,
        rate_limiter=None if limit is None else RateLimiter(limit),
    )

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            stack.push_async_callback(database.close)
            await database.open()
            if isinstance(keys, JwksCache):
                stack.push_async_callback(keys.aclose)
                await keys.warm()
            gc.collect()
            gc.freeze()  # what exists now stays: the collector need not look at it again
            yield

    app = Starlette(
        routes=routes(database, authentication, settings),
        middleware=_middleware(settings, log_requests=log_requests),
        exception_handlers={HTTPException: on_http_error, **dict.fromkeys(EXPECTED_ERRORS, on_error)},
        lifespan=lifespan,
    )
    app.router.redirect_slashes = False  # slash variants are routes of their own; never redirect
    return app


def application() -> Starlette:
    """Return the application of a worker process."""
    return make_app(read_server_settings())


def reloading_application() -> Starlette:
    """Return the application of ``serve --reload``, which logs each request: somebody is watching."""
    return make_app(read_server_settings(), log_requests=True)


def _middleware(settings: Settings, *, log_requests: bool) -> list[Middleware]:
    """Return the middleware, outermost first; errors are answered inside of CORS, for other origins to read."""
    return [
        Middleware(RequestContextMiddleware, development=settings.development),
        *([Middleware(RequestLog)] if log_requests else []),
        Middleware(Cors, origins=settings.cors_origins, development=settings.development),
        Middleware(ServerErrorMiddleware, handler=on_crash),
        Middleware(Compression),
    ]


def _clerk_keys(settings: Settings) -> KeySource | None:
    """Return where the keys of Clerk's tokens come from: pinned, or fetched from the issuer."""
    if settings.clerk_jwt_key:
        return PinnedKey.from_setting(settings.clerk_jwt_key)
    return JwksCache(settings.issuer.jwks_address) if settings.issuer else None


def _verifier(settings: Settings, keys: KeySource | None) -> MultiIssuerVerifier:
    """Return the verifier of Clerk's tokens and, in development, of those of ``python app.py token``."""
    issuer = settings.issuer.url if settings.issuer else None
    clerk = Verifier(issuer, keys, settings.clerk_authorized_parties) if keys else None
    if not settings.development:
        return MultiIssuerVerifier({}, default=clerk)
    ours = Verifier(DEVELOPMENT_ISSUER, DevelopmentKeys.load_or_create(settings.data_dir).key_source())
    return MultiIssuerVerifier({DEVELOPMENT_ISSUER: ours}, default=clerk)


if __name__ == "__main__":
    from schema.server.command_line import main

    sys.exit(main(sys.argv[1:], make_app))

"""Every path of the server, with what answers there."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from db.database import Database
from resolvers.authentication import Authentication
from schema.definition import SCHEMA
from schema.graphql.endpoint import GraphqlEndpoint
from schema.graphql.plan import Planner
from schema.http.health import Probes
from schema.http.static_document import StaticDocument
from schema.openapi.endpoint import OpenapiEndpoint
from schema.pages.assets import Assets, icon
from schema.pages.development_token import DevelopmentTokens
from schema.pages.docs_page import docs_page
from schema.pages.graphiql_page import graphiql_page
from schema.pages.index_page import Index
from schema.rest.endpoint import RestEndpoint
from schema.rest.handler import RestHandler
from schema.rest.resources import RESOURCES
from schema.server.settings import Settings


def routes(database: Database, authentication: Authentication, settings: Settings) -> list[BaseRoute]:
    """Return the routes, the busiest first; each address is served with and without a trailing slash."""
    probes = Probes(database)
    page = graphiql_page(settings) if settings.graphiql else None
    endpoints: dict[str, Callable[..., Any]] = {
        "/graphql": GraphqlEndpoint(
            database, authentication, Planner(introspection=settings.introspection), page, settings.batching
        ),
        **rest_endpoints(RestHandler(database, authentication)),
        "/openapi.json": OpenapiEndpoint(development=settings.development).get,
        "/docs": _always(docs_page(settings)),
        "/assets/{name}": Assets().get,
        "/favicon.svg": _always(icon()),
        "/favicon.ico": _always(icon()),  # where browsers look for one unasked
        "/livez": probes.live,
        "/readyz": probes.ready,
    }
    if settings.introspection:
        endpoints["/schema.graphql"] = _always(StaticDocument(SCHEMA.as_str() + "\n", "text/plain"))
    shared: list[BaseRoute] = [
        Route(path + slash, endpoint) for path, endpoint in endpoints.items() for slash in ("", "/")
    ]
    if not settings.development:
        return shared
    tokens = DevelopmentTokens(settings)
    return [*shared, Route("/", Index(settings).get), Route("/development/token", tokens.create, methods=["POST"])]


def rest_endpoints(rest: RestHandler) -> dict[str, RestEndpoint]:
    """Return the endpoint of each path under ``/v1``, with the handlers that its operations name."""
    return {
        path: RestEndpoint(
            {method: partial(resource.handlers[operation.id], rest) for method, operation in operations.items()}
        )
        for resource in RESOURCES
        for path, operations in resource.paths()
    }


def _always(response: Response) -> Callable[[Request], Awaitable[Response]]:
    """Return a handler that always gives ``response``."""

    async def respond(_request: Request) -> Response:
        return response

    return respond

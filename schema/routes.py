"""Every address of the server, in one list."""

from collections.abc import Awaitable, Callable
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
from schema.openapi.response import OpenapiEndpoint
from schema.pages.assets import Assets, icon
from schema.pages.development_token import DevelopmentTokens
from schema.pages.docs_page import docs_page
from schema.pages.graphiql_page import graphiql_page
from schema.pages.index_page import Index
from schema.rest.handler import RestHandler
from schema.rest.specialists import Specialists
from schema.rest.specialties import Specialties
from schema.server.settings import Settings


def routes(database: Database, authentication: Authentication, settings: Settings) -> list[BaseRoute]:
    """The busiest first; every address is served with and without a trailing slash."""
    face, probes = RestHandler(database, authentication), Probes(database)
    specialists, specialties = Specialists(face), Specialties(face)
    page = graphiql_page(settings) if settings.graphiql else None
    found: dict[str, Callable[..., Any]] = {
        "/graphql": GraphqlEndpoint(
            database, authentication, Planner(introspection=settings.introspection), page, settings.batching
        ),
        "/v1/specialists": specialists.collection,
        "/v1/specialists/{id}": specialists.item,
        "/v1/specialists/{id}/restore": specialists.restoration,
        "/v1/specialties": specialties.collection,
        "/v1/specialties/{id}": specialties.item,
        "/openapi.json": OpenapiEndpoint(development=settings.development).get,
        "/docs": _always(docs_page(settings)),
        "/assets/{name}": Assets().get,
        "/favicon.svg": _always(icon()),
        "/favicon.ico": _always(icon()),  # where browsers look for one unasked
        "/livez": probes.live,
        "/readyz": probes.ready,
    }
    if settings.introspection:
        found["/schema.graphql"] = _always(StaticDocument(SCHEMA.as_str() + "\n", "text/plain"))
    shared: list[BaseRoute] = [Route(path + slash, endpoint) for path, endpoint in found.items() for slash in ("", "/")]
    return [*shared, *_development(settings)] if settings.development else shared


def _development(settings: Settings) -> list[BaseRoute]:
    """Return the addresses that production does not have."""
    tokens = DevelopmentTokens(settings)
    return [
        Route("/", Index(settings).get),
        Route("/development/token", tokens.create, methods=["POST"]),
    ]


def _always(response: Response) -> Callable[[Request], Awaitable[Response]]:
    """A handler for what never changes."""

    async def answer(_request: Request) -> Response:
        return response

    return answer

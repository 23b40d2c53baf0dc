"""GraphQL over HTTP: one address, POST for everything, GET for queries, a page for browsers."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from db import meter
from db.database import Database
from resolvers.authentication import Authentication
from resolvers.conflicts import problem_of
from resolvers.errors.request import MethodNotAllowed
from resolvers.errors.server import InternalError
from schema.graphql.execute import EXPECTED, Execution
from schema.graphql.failure import Failure, RequestFailed
from schema.graphql.introspect import introspect
from schema.graphql.planner import Planner
from schema.graphql.request import read_request
from schema.graphql.response import answered, media_type_of, refused
from schema.web.authorization import authorization_of

log = logging.getLogger("clinic")


@dataclass(slots=True)
class GraphqlEndpoint:
    """The ASGI application behind ``/graphql``; ``page`` is what a browser gets, if anything."""

    database: Database
    authentication: Authentication
    planner: Planner
    page: Response | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = self._page_for(request) or await self._respond(request)
        await response(scope, receive, send)

    def _page_for(self, request: Request) -> Response | None:
        if request.method not in ("GET", "HEAD"):
            return None
        accept = request.headers.get("accept", "")  # a query in the address is for the page: a link may not run it
        return self.page if "text/html" in accept and "json" not in accept else None

    async def _respond(self, request: Request) -> Response:
        media_type = media_type_of(request.headers.get("accept", ""))
        request_id: str = request.scope["request_id"]
        try:
            data, failures = await self._execute(request)
        except RequestFailed as error:
            return refused(error.failures, media_type, request_id)
        except EXPECTED as error:
            return refused([Failure(problem_of(error))], media_type, request_id)
        except ClientDisconnect:
            raise
        except Exception:
            log.exception("unforeseen", extra={"request_id": request_id})
            return refused([Failure(InternalError())], media_type, request_id)
        return answered(data, failures, media_type, request_id)

    async def _execute(self, request: Request) -> tuple[list[str], Sequence[Failure]]:
        _check_method(request.method, ("GET", "POST"))
        viewer = await self.authentication.viewer(authorization_of(request.scope))
        asked = await read_request(request)
        since = perf_counter()
        plan, variables = self.planner.plan(asked.query, asked.operation_name, asked.variables)
        meter.current().add("plan", since)
        if plan.writes:
            _check_method(request.method, ("POST",))
        outcome = await Execution(plan, variables, viewer, self.database).run()
        if plan.introspected:
            outcome.json |= introspect(plan.document, plan.operation, plan.introspected, asked.variables)
        return outcome.data(plan), outcome.failures


def _check_method(method: str, allowed: tuple[str, ...]) -> None:
    if method not in allowed:
        raise MethodNotAllowed(allowed)

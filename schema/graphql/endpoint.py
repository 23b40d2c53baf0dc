"""GraphQL over HTTP: one address, POST for everything, GET for queries, a page for browsers."""

import logging
from asyncio import sleep
from collections.abc import Awaitable
from dataclasses import dataclass, field
from time import perf_counter

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from db import request_stats
from db.database import Database
from resolvers.authentication import Authentication
from resolvers.conflicts import to_problem
from resolvers.errors.request import MethodNotAllowed
from resolvers.errors.server import InternalError
from resolvers.viewer import Viewer
from schema.graphql.execute import EXPECTED, Execution
from schema.graphql.failure import Failure, RequestFailed
from schema.graphql.introspect import Introspection
from schema.graphql.limits import Budget
from schema.graphql.persisted import PersistedQueries
from schema.graphql.planner import Planner
from schema.graphql.request import check_batch, parse, read_parameters
from schema.graphql.response import GraphqlResult, answered, joined, media_type_of, refused, to_response
from schema.http.authorization import authorization_of

log = logging.getLogger("clinic")


@dataclass(slots=True)
class GraphqlEndpoint:
    """The ASGI application behind ``/graphql``.

    ``page`` is what a browser gets, if anything; with ``batching`` a body may hold several operations.
    """

    database: Database
    authentication: Authentication
    planner: Planner
    page: Response | None = None
    batching: bool = False
    introspection: Introspection = field(default_factory=Introspection)
    persisted: PersistedQueries = field(default_factory=PersistedQueries)

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
        answer = await _or_refusal(self._answer(request, media_type), request, media_type)
        return to_response(request, answer, media_type)

    async def _answer(self, request: Request, media_type: str) -> GraphqlResult:
        _check_method(request.method, ("GET", "POST"))
        viewer = await self.authentication.authenticate(authorization_of(request.scope))
        parameters = await read_parameters(request)
        if not isinstance(parameters, list):
            return await self._operation(request, parameters, viewer, Budget())
        check_batch(parameters, batching=self.batching)
        answers, budget = [], Budget()
        for one in parameters:
            await sleep(0)  # planning takes a while: between two operations other requests have their turn
            answers.append(await _or_refusal(self._operation(request, one, viewer, budget), request, media_type))
        return joined(answers)

    async def _operation(self, request: Request, parameters: object, viewer: Viewer, budget: Budget) -> GraphqlResult:
        operation = self.persisted.resolve(parse(parameters))
        since = perf_counter()
        plan, variables = self.planner.plan(operation.query, operation.operation_name, operation.variables)
        request_stats.current().add("plan", since)
        self.persisted.keep(operation)
        if plan.writes:
            _check_method(request.method, ("POST",))
        budget.spend(fields=plan.fields)
        about_schema = None
        if plan.introspected:
            about_schema = await self.introspection.answer(plan, variables, operation, budget)
        outcome = await Execution(plan, variables, viewer, self.database, budget).run()
        request_stats.current().cost = budget.spent.get("records", 0)
        if about_schema:
            outcome.json |= about_schema.json
            outcome.failures += about_schema.failures
        return answered(outcome.data(plan), outcome.failures, request.scope["request_id"])


async def _or_refusal(operation: Awaitable[GraphqlResult], request: Request, media_type: str) -> GraphqlResult:
    """What ``operation`` answers, or the refusal where it cannot run."""
    request_id: str = request.scope["request_id"]
    try:
        return await operation
    except RequestFailed as error:
        return refused(error.failures, media_type, request_id)
    except EXPECTED as error:
        return refused([Failure(to_problem(error))], media_type, request_id)
    except ClientDisconnect:
        raise
    except Exception:
        log.exception("unforeseen", extra={"request_id": request_id})
        return refused([Failure(InternalError())], media_type, request_id)


def _check_method(method: str, allowed: tuple[str, ...]) -> None:
    if method not in allowed:
        raise MethodNotAllowed(allowed)

"""Serve GraphQL over HTTP: one address, POST for everything, GET for queries, a page for browsers."""

import logging
from asyncio import sleep
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, field
from time import perf_counter

from graphql.execution.values import VariableValues
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from db import request_stats
from db.database import Database
from resolvers.authentication import Authentication
from resolvers.conflicts import to_problem
from resolvers.errors.request import InternalError, MethodNotAllowed
from resolvers.viewer import Viewer
from schema.graphql.cost import CostCounter
from schema.graphql.errors import FIELD_ERRORS, LocatedProblem, RequestFailedError
from schema.graphql.execute import Execution
from schema.graphql.introspection import Introspection
from schema.graphql.plan import Plan, Planner
from schema.graphql.redaction import redact
from schema.graphql.request import GraphqlRequest, PersistedQueries, check_batch, parse_request, read_parameters
from schema.graphql.response import (
    GraphqlResult,
    join_results,
    negotiate_media_type,
    render_request_errors,
    render_result,
    to_response,
)
from schema.http.authorization import authorization_headers

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
    persisted_queries: PersistedQueries = field(default_factory=PersistedQueries)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        response = self._page_for(request) or await self._respond(request)
        await response(scope, receive, send)

    def _page_for(self, request: Request) -> Response | None:
        """Return the page for a browser that opens the address.

        A query in that address is for the page, which does not run it by itself: a link must not run queries.
        """
        if request.method not in ("GET", "HEAD"):
            return None
        accept = request.headers.get("accept", "")
        return self.page if "text/html" in accept and "json" not in accept else None

    async def _respond(self, request: Request) -> Response:
        media_type = negotiate_media_type(request.headers.get("accept", ""))
        result = await _render_failure(self._run(request, media_type), request, media_type)
        return to_response(request, result, media_type)

    async def _run(self, request: Request, media_type: str) -> GraphqlResult:
        _check_method(request.method, ("GET", "POST"))
        viewer = await self.authentication.authenticate(authorization_headers(request.scope))
        parameters = await read_parameters(request)
        if not isinstance(parameters, list):
            return await self._run_operation(request, parameters, viewer, CostCounter())
        check_batch(parameters, batching=self.batching)
        results, cost = [], CostCounter()
        for item in parameters:
            await sleep(0)  # planning takes a while: between two operations other requests have their turn
            operation = self._run_operation(request, item, viewer, cost)
            results.append(await _render_failure(operation, request, media_type))
        return join_results(results)

    async def _run_operation(
        self, request: Request, parameters: object, viewer: Viewer, cost: CostCounter
    ) -> GraphqlResult:
        operation = self.persisted_queries.resolve(parse_request(parameters))
        plan, variables = self._plan(operation, cost)
        self.persisted_queries.store(operation)
        if plan.writes:
            _check_method(request.method, ("POST",))
        execution = Execution(plan, variables, viewer, self.database)
        execution.prepare(cost)
        introspection = None
        if plan.introspection:
            introspection = await self.introspection.run(plan, variables, operation, cost)
        request_stats.current().spend(cost.total)
        result = await execution.run()
        if introspection:
            result.json |= introspection.json
            result.errors += introspection.errors
        extensions = {"cost": cost.render()} if operation.reports_cost else None
        errors = self._redact(result.errors, operation) if result.errors else ()
        return render_result(result.data(plan), errors, request.scope["request_id"], extensions)

    def _plan(self, operation: GraphqlRequest, cost: CostCounter) -> tuple[Plan, VariableValues]:
        """Return the plan of ``operation`` and its variables; add to ``cost`` what reading its document takes."""
        stats, since = request_stats.current(), perf_counter()
        try:
            plan, variables = self.planner.plan(operation.query, operation.operation_name, operation.variables)
            cost.add(documents=plan.document.tokens)
        except RequestFailedError as error:
            cost.add_refusal(operation.query)
            raise RequestFailedError(self._redact(error.errors, operation)) from None
        finally:
            stats.spend(cost.total)
        stats.add("plan", since)
        return plan, variables

    def _redact(self, errors: Sequence[LocatedProblem], request: GraphqlRequest) -> Sequence[LocatedProblem]:
        return errors if self.planner.introspection else redact(errors, request)


async def _render_failure(operation: Awaitable[GraphqlResult], request: Request, media_type: str) -> GraphqlResult:
    """Return the result of ``operation``, or its errors where it cannot run; log those that nobody expected."""
    request_id: str = request.scope["request_id"]
    try:
        return await operation
    except RequestFailedError as error:
        return render_request_errors(error.errors, media_type, request_id)
    except FIELD_ERRORS as error:
        return render_request_errors([LocatedProblem(to_problem(error))], media_type, request_id)
    except ClientDisconnect:
        raise
    except Exception:
        log.exception("unforeseen")
        return render_request_errors([LocatedProblem(InternalError())], media_type, request_id)


def _check_method(method: str, methods: tuple[str, ...]) -> None:
    if method not in methods:
        raise MethodNotAllowed(methods)

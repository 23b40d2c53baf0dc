"""Render results as GraphQL over HTTP wants them: media type, status, body, and the ``ETag`` of a GET."""

import json
import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from resolvers.errors.problem import Problem
from resolvers.errors.request import InternalError, TooExpensive, Unavailable
from schema.graphql.errors import LocatedProblem
from schema.http.conditional import content_etag, is_not_modified
from schema.http.errors import error_headers

MODERN = "application/graphql-response+json"
LEGACY = "application/json"
NULL = "null"
SERVER_PROBLEMS = (InternalError, TooExpensive)  # what is wrong with the request as a whole, and not with one field
ZERO_QUALITY = re.compile(r";q=0(\.0*)?(;|$)")


class GraphqlResult(NamedTuple):
    """The JSON of a response and its status; ``problem`` is the error that decides the status.

    ``complete``: it has no errors, so that it may be asked for again by its ``ETag``.
    """

    content: str
    status: int = 200
    problem: Problem | None = None
    complete: bool = False


@lru_cache(maxsize=64)
def negotiate_media_type(accept: str) -> str:
    """Return the newer media type for clients that name it, the older one for all others."""
    offers = (offer.replace(" ", "").lower() for offer in accept.split(","))
    return MODERN if any(offer.startswith(MODERN) and not ZERO_QUALITY.search(offer) for offer in offers) else LEGACY


def render_result(
    data: Sequence[str],
    errors: Sequence[LocatedProblem],
    request_id: str,
    extensions: Mapping[str, object] | None = None,
) -> GraphqlResult:
    """Return the result of an operation that ran: 200 with partial errors; their status where they leave no data.

    The database being unavailable is 503 in any case. ``data`` is then what a mutation has committed before: the
    client must not send that again. ``data`` comes in pieces, for it is large: they are joined once.
    """
    rendered_errors = f',"errors":{_render_errors(errors, request_id)}' if errors else ""
    problem = _find_problem(errors, Unavailable)
    if problem is None and data == [NULL]:
        problem = _find_problem(errors, *SERVER_PROBLEMS)
    rendered_extensions = f',"extensions":{_to_json(extensions)}' if extensions else ""
    content = "".join(('{"data":', *data, rendered_errors, rendered_extensions, "}"))
    return GraphqlResult(content, problem.status if problem else 200, problem, complete=not errors)


def render_request_errors(errors: Sequence[LocatedProblem], media_type: str, request_id: str) -> GraphqlResult:
    """Return the result of a request that could not run: no data, and the status of its first error.

    A document that does not fit the schema is still 200 for clients of the older media type,
    which cannot tell such a status from a gateway's.
    """
    problem = errors[0].problem
    status = 200 if media_type == LEGACY and errors[0].locations else problem.status
    return GraphqlResult(f'{{"errors":{_render_errors(errors, request_id)}}}', status, problem)


def join_results(results: Sequence[GraphqlResult]) -> GraphqlResult:
    """Return the result of a batch: an array with status 200, or 503 if the database was unavailable to any of it."""
    content = f"[{','.join(result.content for result in results)}]"
    problem = next((result.problem for result in results if isinstance(result.problem, Unavailable)), None)
    return GraphqlResult(content, problem.status if problem else 200, problem)


def to_response(request: Request, result: GraphqlResult, media_type: str) -> Response:
    """Return the HTTP response; to a GET it has an ``ETag``, or is a 304 where the client has the content already."""
    headers = error_headers(result.problem) if result.problem and result.status != 200 else {}
    if request.method == "GET" and result.complete:
        tag = content_etag(f"{media_type} {result.content}".encode())
        headers = {"etag": tag, "cache-control": "private, no-cache", "vary": "Accept"}
        if is_not_modified(request, tag):
            return Response(status_code=304, headers=headers)
    return Response(result.content, result.status, headers, media_type=f"{media_type}; charset=utf-8")


def _find_problem(errors: Sequence[LocatedProblem], *kinds: type[Problem]) -> Problem | None:
    return next((error.problem for error in errors if isinstance(error.problem, kinds)), None)


def _render_errors(errors: Sequence[LocatedProblem], request_id: str) -> str:
    return _to_json([error.render(request_id) for error in errors])


def _to_json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)

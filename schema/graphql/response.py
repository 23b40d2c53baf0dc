"""Outcomes as GraphQL over HTTP wants them: media type, status, body, and the tag of a GET."""

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from resolvers.errors.problem import Problem
from schema.graphql.failure import Failure
from schema.http.conditional import content_tag, unchanged
from schema.http.errors import headers_of

MODERN = "application/graphql-response+json"
LEGACY = "application/json"
NULL = "null"
REFUSED = re.compile(r";q=0(\.0*)?(;|$)")


class GraphqlResult(NamedTuple):
    """The JSON of an answer and its status; ``problem`` is the error that decides the status.

    ``complete``: there are no errors in it, so that it may be asked for again by its tag.
    """

    content: str
    status: int = 200
    problem: Problem | None = None
    complete: bool = False


@lru_cache(maxsize=64)
def media_type_of(accept: str) -> str:
    """The newer media type for clients that name it, the older one for all others."""
    offers = (offer.replace(" ", "").lower() for offer in accept.split(","))
    return MODERN if any(each.startswith(MODERN) and not REFUSED.search(each) for each in offers) else LEGACY


def answered(data: Sequence[str], failures: Sequence[Failure], request_id: str) -> GraphqlResult:
    """An operation that ran: 200 whatever its fields met, but 503 where the database gave nothing at all.

    ``data`` comes in pieces, for it is large: it is put together once.
    """
    errors = f',"errors":{_rendered(failures, request_id)}' if failures else ""
    nothing = data == [NULL]
    lost = next((each.problem for each in failures if nothing and each.problem.status >= 500), None)
    content = "".join(('{"data":', *data, errors, "}"))
    return GraphqlResult(content, lost.status if lost else 200, lost, complete=not failures)


def refused(failures: Sequence[Failure], media_type: str, request_id: str) -> GraphqlResult:
    """A request that could not run: no data, and the status of its first error.

    A document that does not fit the schema is still 200 for clients of the older media type,
    which cannot tell such a status from a gateway's.
    """
    problem = failures[0].problem
    status = 200 if media_type == LEGACY and failures[0].locations else problem.status
    return GraphqlResult(f'{{"errors":{_rendered(failures, request_id)}}}', status, problem)


def joined(answers: Sequence[GraphqlResult]) -> GraphqlResult:
    """Return the answer to a batch: the array of ``answers``, whose statuses no longer count."""
    return GraphqlResult(f"[{','.join(answer.content for answer in answers)}]")


def to_response(request: Request, answer: GraphqlResult, media_type: str) -> Response:
    """Return ``answer`` for the wire: to a GET with an ``ETag``, or as 304 where the client has it already."""
    headers = headers_of(answer.problem) if answer.problem and answer.status != 200 else {}
    if request.method == "GET" and answer.complete:
        tag = content_tag(f"{media_type} {answer.content}".encode())
        headers = {"etag": tag, "cache-control": "private, no-cache", "vary": "Accept"}
        if unchanged(request, tag):
            return Response(status_code=304, headers=headers)
    return Response(answer.content, answer.status, headers, media_type=f"{media_type}; charset=utf-8")


def _rendered(failures: Sequence[Failure], request_id: str) -> str:
    return json.dumps([each.rendered(request_id) for each in failures], separators=(",", ":"), ensure_ascii=False)

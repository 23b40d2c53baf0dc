"""Outcomes as GraphQL over HTTP wants them: media type, status, body."""

import json
import re
from collections.abc import Sequence
from functools import lru_cache

from starlette.responses import Response

from resolvers.errors.problem import Problem
from schema.graphql.failure import Failure
from schema.web.errors import headers_of

MODERN = "application/graphql-response+json"
LEGACY = "application/json"
NULL = "null"
REFUSED = re.compile(r";q=0(\.0*)?(;|$)")


@lru_cache(maxsize=64)
def media_type_of(accept: str) -> str:
    """The newer media type for clients that name it, the older one for all others."""
    offers = (offer.replace(" ", "").lower() for offer in accept.split(","))
    return MODERN if any(each.startswith(MODERN) and not REFUSED.search(each) for each in offers) else LEGACY


def answered(data: Sequence[str], failures: Sequence[Failure], media_type: str, request_id: str) -> Response:
    """An operation that ran: 200 whatever its fields met, but 503 where the database gave nothing at all.

    ``data`` comes in pieces, for it is large: it is put together once.
    """
    errors = f',"errors":{_rendered(failures, request_id)}' if failures else ""
    nothing = data == [NULL]
    lost = next((each.problem for each in failures if nothing and each.problem.status >= 500), None)
    return _response("".join(('{"data":', *data, errors, "}")), lost.status if lost else 200, media_type, lost)


def refused(failures: Sequence[Failure], media_type: str, request_id: str) -> Response:
    """A request that could not run: no data, and the status of its first error.

    A document that does not fit the schema is still 200 for clients of the older media type,
    which cannot tell such a status from a gateway's.
    """
    problem = failures[0].problem
    status = 200 if media_type == LEGACY and failures[0].locations else problem.status
    return _response(f'{{"errors":{_rendered(failures, request_id)}}}', status, media_type, problem)


def _rendered(failures: Sequence[Failure], request_id: str) -> str:
    return json.dumps([each.rendered(request_id) for each in failures], separators=(",", ":"), ensure_ascii=False)


def _response(content: str, status: int, media_type: str, problem: Problem | None) -> Response:
    headers = headers_of(problem) if problem and status != 200 else None
    return Response(content, status, headers, media_type=f"{media_type}; charset=utf-8")

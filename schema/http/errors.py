"""The catalogue as the REST face and everything beside the two faces tell it."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from resolvers.conflicts import to_problem
from resolvers.errors.problem import Problem
from resolvers.errors.request import MethodNotAllowed, NotFound
from resolvers.errors.server import InternalError
from resolvers.identity.identity import Reason

HEADERS = {"idempotency_key": "Idempotency-Key"}  # what REST takes in a header has the header's name
BY_STATUS: dict[int, type[Problem]] = {404: NotFound, 405: MethodNotAllowed}


def body_of(problem: Problem, request_id: str) -> dict[str, Any]:
    """``{"error": {code, message, field?, request_id, errors?}}``; ``errors`` lists several fields."""
    error: dict[str, Any] = {"code": problem.code, "message": problem.text(rest_name)}
    if problem.field:
        error["field"] = rest_name(problem.field)
    error["request_id"] = request_id
    if problem.others:
        error["errors"] = [_field_error(field_error) for field_error in (problem, *problem.others)]
    return {"error": error}


def rest_name(name: str) -> str:
    """Return what REST calls the input ``name``."""
    return HEADERS.get(name, name)


def _field_error(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "field": rest_name(problem.field or ""), "message": problem.text(rest_name)}


def headers_of(problem: Problem) -> dict[str, str]:
    """What a client needs beside the body: how to sign in (RFC 6750), when to try again."""
    if problem.status == 401:
        return {"www-authenticate": challenge(problem)}
    if problem.allow:
        return {"allow": ", ".join(problem.allow)}
    return {"retry-after": str(problem.retry_after)} if problem.retry_after else {}


def challenge(problem: Problem) -> str:
    """RFC 6750 section 3: no error code for a client that sent no credentials."""
    if problem.message == Reason.MISSING:
        return 'Bearer realm="clinic"'
    return f'Bearer realm="clinic", error="invalid_token", error_description="{problem.message}"'


def respond(problem: Problem, request_id: str, headers: Mapping[str, str] | None = None) -> Response:
    content = json.dumps(body_of(problem, request_id), separators=(",", ":"), ensure_ascii=False)
    return Response(content, problem.status, {**headers_of(problem), **(headers or {})}, media_type="application/json")


async def on_error(request: Request, error: Exception) -> Response:
    """The answer to any exception the catalogue knows."""
    return respond(to_problem(error), request.scope["request_id"])


async def on_http_error(request: Request, error: Exception) -> Response:
    """The answer where the router found nothing, or no such method."""
    assert isinstance(error, HTTPException)
    kind = BY_STATUS.get(error.status_code, InternalError)
    return respond(kind(), request.scope["request_id"], error.headers)


async def on_crash(request: Request, error: Exception) -> Response:
    """Return the answer to an exception that nobody expected, of which it tells nothing."""
    if isinstance(error, ClientDisconnect):
        raise error  # nobody is left to answer
    return respond(InternalError(), request.scope["request_id"])

"""Render problems as REST responses, and as the responses of every path beside ``/graphql``."""

import json
from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from resolvers.conflicts import to_problem
from resolvers.errors.problem import Problem
from resolvers.errors.request import InternalError, MethodNotAllowed, NotFound
from schema.http.authorization import challenge

HEADER_NAMES = {"idempotency_key": "Idempotency-Key"}  # the one input of REST that is a header
ROUTER_PROBLEMS: dict[int, type[Problem]] = {404: NotFound, 405: MethodNotAllowed}


def rest_name(name: str) -> str:
    """Return what REST calls the input ``name``."""
    return HEADER_NAMES.get(name, name)


def error_body(problem: Problem, request_id: str) -> dict[str, Any]:
    """Return ``{"error": {code, message, field?, request_id, errors?}}``; ``errors`` lists several fields."""
    error: dict[str, Any] = {"code": problem.code, "message": problem.text(rest_name)}
    if problem.field:
        error["field"] = rest_name(problem.field)
    error["request_id"] = request_id
    if problem.others:
        error["errors"] = [_field_error(field_problem) for field_problem in (problem, *problem.others)]
    return {"error": error}


def error_headers(problem: Problem) -> dict[str, str]:
    """Return what a client needs beside the body: how to sign in, which methods there are, when to try again."""
    headers = {
        "www-authenticate": challenge(problem) if problem.status == 401 else "",
        "allow": ", ".join(problem.allow),
        "retry-after": str(problem.retry_after or ""),
    }
    return {name: value for name, value in headers.items() if value}


def error_response(problem: Problem, request_id: str, headers: Mapping[str, str] | None = None) -> Response:
    """Return the response that tells of ``problem``, with ``headers`` of the caller."""
    content = json.dumps(error_body(problem, request_id), separators=(",", ":"), ensure_ascii=False)
    all_headers = {**error_headers(problem), **(headers or {})}
    return Response(content, problem.status, all_headers, media_type="application/json")


async def on_error(request: Request, error: Exception) -> Response:
    """Answer an exception that the catalogue of problems has."""
    return error_response(to_problem(error), request.scope["request_id"])


async def on_http_error(request: Request, error: Exception) -> Response:
    """Answer a path or a method that the router does not have."""
    assert isinstance(error, HTTPException)
    problem = ROUTER_PROBLEMS.get(error.status_code, InternalError)()
    return error_response(problem, request.scope["request_id"], error.headers)


async def on_crash(request: Request, error: Exception) -> Response:
    """Answer an exception that nobody expected, of which the response tells nothing."""
    if isinstance(error, ClientDisconnect):
        raise error  # nobody is left to answer
    return error_response(InternalError(), request.scope["request_id"])


def _field_error(problem: Problem) -> dict[str, Any]:
    return {"code": problem.code, "field": rest_name(problem.field or ""), "message": problem.text(rest_name)}

"""Render an error as the bytes of a whole response, for requests that never reach the application."""

from http import HTTPStatus

from starlette.types import Scope

from resolvers.errors.problem import Problem
from schema.http.errors import error_response
from schema.http.request_context import RawHeaders, new_request_id, with_common_headers


def refusal(problem: Problem, server_headers: RawHeaders, scope: Scope) -> bytes:
    """Return the response that tells of ``problem`` and announces the end of the connection.

    ``server_headers`` are those that the HTTP server itself adds to every response; ``scope`` is empty where the
    headers of the request have not arrived.
    """
    request_id = scope.get("request_id") or new_request_id()
    response = error_response(problem, request_id, {"connection": "close"})
    headers = [*server_headers, *with_common_headers(response.raw_headers, request_id)]
    status = HTTPStatus(problem.status)
    lines = [f"HTTP/1.1 {status.value} {status.phrase}".encode(), *(b"%b: %b" % header for header in headers)]
    body = b"" if scope.get("method") == "HEAD" else bytes(response.body)
    return b"\r\n".join([*lines, b"", body])

"""Render an error as the bytes of a whole response, for requests that never reach the application."""

from http import HTTPStatus

from resolvers.errors.problem import Problem
from schema.http.errors import error_response
from schema.http.request_context import RawHeaders, new_request_id, with_common_headers


def refusal(problem: Problem, server_headers: RawHeaders) -> bytes:
    """Return the response that tells of ``problem`` and announces the end of the connection.

    ``server_headers`` are those that the HTTP server itself adds to every response.
    """
    request_id = new_request_id()
    response = error_response(problem, request_id, {"connection": "close"})
    headers = [*server_headers, *with_common_headers(response.raw_headers, request_id)]
    status = HTTPStatus(problem.status)
    lines = [f"HTTP/1.1 {status.value} {status.phrase}".encode(), *(b"%b: %b" % header for header in headers)]
    return b"\r\n".join([*lines, b"", bytes(response.body)])

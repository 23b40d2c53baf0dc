"""The responses of an operation: its success, and its errors by status with one example a code."""

from collections.abc import Iterable, Sequence

from resolvers.errors.problem import Problem
from schema.http.errors import error_body, error_headers
from schema.openapi.headers import response_headers
from schema.openapi.kinds import Json, ref
from schema.openapi.problems import Problems, shared_errors
from schema.rest.operation import Success

REQUEST_ID = "0f8b2c6e4d1a4b7c9e3f5a6b7c8d9e0f"
JSON = "application/json"
STATUSES = {
    400: ("BadRequest", "Something in the request is not valid."),
    401: ("Unauthorized", "There is no valid session token."),
    403: ("Forbidden", "The session does not allow this."),
    404: ("NotFound", "The organization has no such record."),
    409: ("Conflict", "The records do not allow this now."),
    412: ("PreconditionFailed", "`If-Match` names another version."),
    413: ("ContentTooLarge", "The body is too large."),
    415: ("UnsupportedMediaType", "The body is not sent as JSON."),
    422: ("UnprocessableContent", "The request contradicts an earlier one."),
    500: ("InternalServerError", "The server has failed."),
    503: ("ServiceUnavailable", "The server cannot answer right now."),
}


def success(response: Success) -> Json:
    """Return the Response Object of an operation that succeeds."""
    content = {JSON: {"schema": ref("schemas", response.schema), "example": response.example}}
    return {"description": response.description, "headers": response_headers(*response.headers), "content": content}


def not_modified() -> Json:
    """Return the response to ``If-None-Match`` where the client has the current version."""
    return {"description": "The client has this very answer already.", "headers": response_headers("ETag")}


def shared_responses() -> dict[str, Json]:
    """Return the errors of every operation, by component name."""
    errors = _by_status(shared_errors())
    return {STATUSES[status][0]: _failure(status, errors[status]) for status in errors}


def failures(errors: Problems) -> dict[str, Json]:
    """Return a response for each status of ``errors`` and of the errors of every operation."""
    own = {status: _failure(status, same) for status, same in _by_status(errors).items()}
    shared = {status: ref("responses", STATUSES[status][0]) for status in _by_status(shared_errors())}
    return {str(status): response for status, response in sorted({**own, **shared}.items())}


def _failure(status: int, errors: Sequence[Problem]) -> Json:
    bodies = {error.code: error_body(error, REQUEST_ID) for error in errors}
    examples = {code: {"summary": body["error"]["message"], "value": body} for code, body in bodies.items()}
    content = {JSON: {"schema": ref("schemas", "ErrorResponse"), "examples": examples}}
    headers = response_headers(*(name for error in errors for name in error_headers(error)))
    return {"description": STATUSES[status][1], "headers": headers, "content": content}


def _by_status(errors: Iterable[Problem]) -> dict[int, list[Problem]]:
    groups: dict[int, list[Problem]] = {}
    for error in errors:
        groups.setdefault(error.status, []).append(error)
    return groups

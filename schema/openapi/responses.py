"""The responses of operations and their headers: the success, and the errors by status with one example a code."""

from collections.abc import Iterable, Sequence

from resolvers.errors.problem import Problem
from schema.http.errors import error_body, error_headers
from schema.openapi.kinds import ref
from schema.openapi.problems import Problems, shared_errors
from schema.rest.operation import Body, Json, Success

REQUEST_ID = "0f8b2c6e4d1a4b7c9e3f5a6b7c8d9e0f"
JSON = "application/json"
STATUSES = {
    400: ("BadRequest", "Something in the request is not valid."),
    401: ("Unauthorized", "There is no valid session token."),
    403: ("Forbidden", "The session does not allow this."),
    404: ("NotFound", "The organization has no such record."),
    408: ("RequestTimeout", "The request did not arrive in time."),
    409: ("Conflict", "The records do not allow this now."),
    412: ("PreconditionFailed", "`If-Match` names another version."),
    413: ("ContentTooLarge", "The body is too large."),
    415: ("UnsupportedMediaType", "The body is not sent as JSON."),
    422: ("UnprocessableContent", "The request contradicts an earlier one."),
    429: ("TooManyRequests", "The organization has spent what it may spend a minute."),
    431: ("RequestHeaderFieldsTooLarge", "The headers are too large."),
    500: ("InternalServerError", "The server has failed."),
    503: ("ServiceUnavailable", "The server cannot answer right now."),
}
HEADER_TEXT: Json = {"type": "string"}
HEADERS = {
    "X-Request-Id": "Names the request in the server's log: the client's own id if it sent one, else a new one.",
    "ETag": "The version of the record, for `If-Match` and `If-None-Match`.",
    "Location": "The address of the new record.",
    "Link": "The first, previous, next and last page, as far as there are any (RFC 8288).",
    "RateLimit-Policy": "What the organization may spend a minute (`q`), if that is limited.",
    "RateLimit": "What is left of it (`r`), and in how many seconds there is more (`t`).",
    "Retry-After": "After how many seconds to try again.",
    "WWW-Authenticate": "How to sign in (RFC 6750).",
}
RATE_LIMIT = ("RateLimit-Policy", "RateLimit")
HEADER_SCHEMAS: dict[str, Json] = {"Retry-After": {"type": "integer", "minimum": 0}}


def headers() -> dict[str, Json]:
    """Return every response header by its component name."""
    return {
        name: {"description": description, "schema": HEADER_SCHEMAS.get(name, HEADER_TEXT)}
        for name, description in HEADERS.items()
    }


def response_headers(*names: str) -> dict[str, Json]:
    """Return the headers ``names``, in any case, and the request's id, which every response has."""
    lower_names = {"x-request-id", *(name.lower() for name in names)}
    return {name: ref("headers", name) for name in HEADERS if name.lower() in lower_names}


def success(response: Success) -> Json:
    """Return the Response Object of an operation that succeeds."""
    headers = response_headers(*response.headers, *RATE_LIMIT)
    return {"description": response.description, "headers": headers, "content": content(response)}


def content(body: Body | Success) -> Json:
    """Return the content of a request or a response: a reference to its schema, and its example."""
    return {JSON: {"schema": ref("schemas", body.schema), "example": body.example}}


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
    names = [name for error in errors for name in error_headers(error)]
    headers = response_headers(*names, *(RATE_LIMIT if status == 429 else ()))
    return {"description": STATUSES[status][1], "headers": headers, "content": content}


def _by_status(errors: Iterable[Problem]) -> dict[int, list[Problem]]:
    groups: dict[int, list[Problem]] = {}
    for error in errors:
        groups.setdefault(error.status, []).append(error)
    return groups

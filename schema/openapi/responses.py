"""The answers of an operation: the wished one, and the errors by status with one example a code."""

from collections.abc import Iterable, Sequence

from resolvers.errors.problem import Problem
from schema.http.errors import body_of, headers_of
from schema.openapi.headers import named
from schema.openapi.kinds import Json, ref
from schema.openapi.problems import Problems, shared

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
    429: ("TooManyRequests", "There were too many requests."),
    500: ("InternalServerError", "The server has failed."),
    503: ("ServiceUnavailable", "The server cannot answer right now."),
}


def answered(description: str, schema: str, example: object, headers: Sequence[str] = ()) -> Json:
    """A success with a body; ``schema`` is the component name of the body's schema."""
    content = {JSON: {"schema": ref("schemas", schema), "example": example}}
    return {"description": description, "headers": named(*headers), "content": content}


def not_modified() -> Json:
    return {"description": "The client has this very answer already.", "headers": named("ETag")}


def shared_responses() -> dict[str, Json]:
    """The errors of every operation, by component name."""
    return {STATUSES[status][0]: _failure(status, problems) for status, problems in _by_status(shared()).items()}


def failures(problems: Problems) -> dict[str, Json]:
    """``problems`` and those of every operation, by status."""
    own = {status: _failure(status, same) for status, same in _by_status(problems).items()}
    everywhere = {status: ref("responses", STATUSES[status][0]) for status in _by_status(shared())}
    return {str(status): response for status, response in sorted({**own, **everywhere}.items())}


def _failure(status: int, problems: Sequence[Problem]) -> Json:
    bodies = {each.code: body_of(each, REQUEST_ID) for each in problems}
    examples = {code: {"summary": body["error"]["message"], "value": body} for code, body in bodies.items()}
    content = {JSON: {"schema": ref("schemas", "ErrorResponse"), "examples": examples}}
    headers = named(*(name for each in problems for name in headers_of(each)))
    return {"description": STATUSES[status][1], "headers": headers, "content": content}


def _by_status(problems: Iterable[Problem]) -> dict[int, list[Problem]]:
    found: dict[int, list[Problem]] = {}
    for problem in problems:
        found.setdefault(problem.status, []).append(problem)
    return found

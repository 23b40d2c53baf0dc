"""Errors of a request as a whole: its token, address, method, body and GraphQL document, and the server's own."""

from resolvers.errors.problem import GRAPHQL_ONLY, Invalid, LibraryMessage, Problem


class Unauthorized(Problem):
    code, status = "unauthorized", 401
    message = "A valid session token is required"


class OrganizationRequired(Problem):
    code, status = "organization_required", 403
    message = "The session has no active organization"


class Forbidden(Problem):
    code, status = "forbidden", 403
    message = "User does not have admin role"


class NotFound(Problem):
    code, status = "not_found", 404
    message = "There is nothing at this address"


class MethodNotAllowed(Problem):
    code, status = "method_not_allowed", 405
    message = "This address does not answer to this method"

    def __init__(self, allow: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.allow = allow


class InvalidRequest(Invalid):
    code = "invalid_request"
    message = "The request is not valid HTTP"


class RequestTimeout(Problem):
    code, status = "request_timeout", 408
    message = "The request did not arrive in time"


class HeadersTooLarge(Problem):
    code, status = "headers_too_large", 431
    message = "The headers are larger than 32 KiB"


class UnsupportedMediaType(Problem):
    code, status = "unsupported_media_type", 415
    message = "The body must be sent as application/json"


class BodyTooLarge(Problem):
    code, status = "body_too_large", 413
    message = "The body is larger than 1 MiB"


class InvalidJson(Invalid):
    code = "invalid_json"
    message = "The body is not valid JSON in UTF-8"


class InvalidBody(Invalid):
    code = "invalid_body"
    message = "The body must be a JSON object"


class GraphqlParseFailed(LibraryMessage):
    code = "graphql_parse_failed"
    message = "The document is not valid GraphQL"


class GraphqlValidationFailed(LibraryMessage):
    code = "graphql_validation_failed"
    message = "The document does not fit the schema"


class BadUserInput(LibraryMessage):
    code = "bad_user_input"
    message = "The variables do not fit the operation"


class PersistedQueryNotFound(Problem):
    """Spelled and answered as the clients of automatic persisted queries expect: they send the document next."""

    code, status = "PERSISTED_QUERY_NOT_FOUND", 200
    message = "PersistedQueryNotFound"
    apis = GRAPHQL_ONLY


class OperationResolutionFailure(Invalid):
    code = "operation_resolution_failure"
    message = "The document has no such operation, or several and no operationName"
    apis = GRAPHQL_ONLY


class TooExpensive(Problem):
    code, status = "too_expensive", 422
    message = "The request takes the database too long; ask for less"


class RateLimited(Problem):
    code, status = "rate_limited", 429
    message = "The organization has sent too many or too large requests; try again later"

    def __init__(self, retry_after: int = 1) -> None:
        super().__init__()
        self.retry_after = retry_after


class Unavailable(Problem):
    code, status = "unavailable", 503
    message = "The service is not available right now; try again"
    retry_after = 1


class InternalError(Problem):
    code, status = "internal_error", 500
    message = "Something went wrong on our side"

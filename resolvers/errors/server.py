"""Errors of the server itself."""

from resolvers.errors.problem import Problem


class Unavailable(Problem):
    code, status = "unavailable", 503
    message = "The service is not available right now; try again"
    retry_after = 1


class InternalError(Problem):
    code, status = "internal_error", 500
    message = "Something went wrong on our side"

"""Errors of authentication and authorization."""

from resolvers.errors.problem import Problem


class Unauthorized(Problem):
    code, status = "unauthorized", 401
    message = "A valid session token is required"


class OrganizationRequired(Problem):
    code, status = "organization_required", 403
    message = "The session has no active organization"


class Forbidden(Problem):
    code, status = "forbidden", 403
    message = "User does not have admin role"

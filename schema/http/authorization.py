"""Bearer tokens over HTTP (RFC 6750): the headers that carry them, and how a response asks for one."""

from starlette.types import Scope

from resolvers.errors.problem import Problem
from resolvers.identity.identity import Reason


def authorization_headers(scope: Scope) -> list[str]:
    """Return every ``Authorization`` header; the caller refuses a request with more than one."""
    return [value.decode("latin-1") for name, value in scope["headers"] if name == b"authorization"]


def challenge(problem: Problem) -> str:
    """Return ``WWW-Authenticate``, without an error for a client that sent no token (RFC 6750 section 3)."""
    if problem.message == Reason.MISSING:
        return 'Bearer realm="clinic"'
    return f'Bearer realm="clinic", error="invalid_token", error_description="{problem.message}"'

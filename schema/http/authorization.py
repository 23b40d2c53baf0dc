"""Who a request says it is from, as it says it."""

from starlette.types import Scope


def authorization_of(scope: Scope) -> list[str]:
    """Every ``Authorization`` header: more than one is an attempt at something."""
    return [value.decode("latin-1") for name, value in scope["headers"] if name == b"authorization"]

"""The one catalogue of errors; both faces render these and nothing else reaches a client."""

from collections.abc import Iterator

from resolvers.errors import access, fields, lists, records, request, server
from resolvers.errors.problem import Problem

GROUPS = (access, request, lists, fields, records, server)


def catalogue() -> Iterator[type[Problem]]:
    """Yield every error a client can be answered with, grouped by the stage that raises it."""
    for group in GROUPS:
        for kind in vars(group).values():
            if isinstance(kind, type) and issubclass(kind, Problem) and kind.__module__ == group.__name__:
                yield kind

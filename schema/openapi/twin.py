"""The GraphQL twin of a REST operation: the document and variables that do the same as one REST request."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graphql import parse, print_ast
from strawberry.utils.str_converters import to_camel_case

from schema.openapi.kinds import Json


@dataclass(frozen=True, slots=True)
class Twin:
    """``request`` is a path with its query, under which the operation answers what ``document`` answers."""

    request: str
    document: str
    variables: Json

    def rendered(self) -> Json:
        """Return the extension ``x-graphql``: the REST address, and what is posted to ``/graphql`` instead."""
        return {"request": self.request, "query": print_ast(parse(self.document)), "variables": self.variables}


def record(columns: Iterable[str], relations: Mapping[str, Iterable[str]] | None = None) -> str:
    """Return the selection of a record in GraphQL, from the names that REST answers with."""
    related = (f"{to_camel_case(name)} {{ {record(names)} }}" for name, names in (relations or {}).items())
    return " ".join([*map(to_camel_case, columns), *related])


def page(selection: str) -> str:
    """Return the selection of a connection that holds what ``data`` and ``meta`` hold in REST."""
    return f"nodes {{ {selection} }} pageInfo {{ page pageSize totalPages }} totalCount"


def input_object(body: Json) -> Json:
    """Return a REST body as a GraphQL input."""
    return {to_camel_case(name): value for name, value in body.items()}

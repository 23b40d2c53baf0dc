"""Keep the schema out of error messages where introspection is off.

The GraphQL library explains an error with names of the schema: suggestions, the type of a field, required arguments.
From these a stranger rebuilds the schema name by name. So a message keeps the names that the request itself has.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graphql import GraphQLNamedType, is_enum_type, is_introspection_type, is_specified_scalar_type

from resolvers.errors.problem import LibraryMessage
from schema.definition import GRAPHQL_SCHEMA
from schema.graphql.errors import LocatedProblem
from schema.graphql.request import GraphqlRequest

WORD = re.compile(r"\w+")
SUGGESTION = " Did you mean "
HIDDEN = "…"
MAX_TEXT = 50_000  # characters of the document, and of its variables, whose names stay: a bound on the time it takes


def redact(errors: Sequence[LocatedProblem], request: GraphqlRequest) -> list[LocatedProblem]:
    """Return ``errors`` without suggestions, and without names of the schema that are not in ``request``."""
    hidden = NAMES.difference(WORD.findall(f"{request.query[:MAX_TEXT]} {str(request.variables)[:MAX_TEXT]}"))
    return [_redacted(error, hidden) if isinstance(error.problem, LibraryMessage) else error for error in errors]


def _redacted(error: LocatedProblem, hidden: frozenset[str]) -> LocatedProblem:
    message = error.problem.message.partition(SUGGESTION)[0]
    text = WORD.sub(lambda word: HIDDEN if word[0] in hidden else word[0], message)
    return replace(error, problem=type(error.problem)(text))


def _names_of(type_: GraphQLNamedType) -> Iterator[str]:
    """Yield the names that ``type_`` brings into the schema: its own, and those of what it consists of."""
    yield type_.name
    if is_enum_type(type_):
        yield from type_.values
    for name, field in getattr(type_, "fields", {}).items():
        yield from (name, *getattr(field, "args", ()))


NAMES = frozenset(
    name
    for type_ in GRAPHQL_SCHEMA.type_map.values()
    if not is_specified_scalar_type(type_) and not is_introspection_type(type_)
    for name in _names_of(type_)
)
"""The names of the schema, which has no directives of its own, without those of GraphQL's specification."""

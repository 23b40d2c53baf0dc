"""A validated field of a document -> the selection below it."""

from collections.abc import Sequence

from graphql import FieldNode, GraphQLField, GraphQLID, GraphQLObjectType, GraphQLString, get_named_type
from graphql.execution.values import VariableValues

from db.query import PageQuery
from db.selection import Column, Constant, Field, Relation, Selection
from resolvers.errors.request import GraphqlValidationFailed
from schema.graphql.arguments import Call, strawberry_field
from schema.graphql.collect import Fragments, collect, subsets
from schema.graphql.failure import Failure, RequestFailed

TYPENAME = "__typename"
DEEPEST = 15
MOST_FIELDS = 5_000
MOST_ROWS = 10_000
TOO_LARGE = (
    f"The operation is nested more than {DEEPEST} levels deep, asks for more than {MOST_FIELDS:,} fields,"
    f" or for more than {MOST_ROWS:,} records below one"
)


class Selecting:
    """Makes selections for one operation under given variables.

    ``fixed`` stays true while no argument below a root field depends on a variable.
    """

    def __init__(self, fragments: Fragments, variables: VariableValues) -> None:
        self._fragments, self._variables = fragments, variables
        self.fixed = True
        self._made = 0

    def below(self, type_: GraphQLObjectType, nodes: Sequence[FieldNode], depth: int = 1, rows: int = 1) -> Selection:
        """What ``nodes``, merged, want of an object of ``type_``; raises ``RequestFailed`` past the limits.

        Aliases within fragments and pages within pages can make a small document ask for very
        much, so it is what is asked for that is counted, while it is being made: ``rows`` are the
        records that pages below the root may multiply to.
        """
        found = collect(subsets(nodes), self._fragments, self._variables.coerced)
        self._made += len(found)
        if depth > DEEPEST or self._made > MOST_FIELDS or rows > MOST_ROWS:
            raise RequestFailed([Failure(GraphqlValidationFailed(TOO_LARGE))])
        return Selection(tuple(self._field(type_, key, same, depth, rows) for key, same in found.items()))

    def _field(self, type_: GraphQLObjectType, key: str, nodes: Sequence[FieldNode], depth: int, rows: int) -> Field:
        name = nodes[0].name.value
        if name == TYPENAME:
            return Constant(key, type_.name)
        field = type_.fields[name]
        definition, named = strawberry_field(field), get_named_type(field.type)
        if not isinstance(named, GraphQLObjectType):
            return Column(key, definition.python_name, as_text=named in (GraphQLID, GraphQLString))
        query = self._query(field, nodes[0])
        below = self.below(named, nodes, depth + 1, rows * query.values["size"] if query else rows)
        return Relation(key, definition.python_name, below, query)

    def _query(self, field: GraphQLField, node: FieldNode) -> PageQuery | None:
        """The page that a field with arguments of its own asks for."""
        if strawberry_field(field).base_resolver is None:
            return None
        call = Call(field, node)
        self.fixed = self.fixed and call.fixed
        query = call(self._variables)
        assert isinstance(query, PageQuery)
        return query

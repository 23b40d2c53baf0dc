"""A validated field of a document -> the selection below it."""

from collections.abc import Sequence

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLID,
    GraphQLObjectType,
    GraphQLString,
    get_named_type,
    get_nullable_type,
    is_list_type,
)
from graphql.execution.values import VariableValues

from db.query import PageQuery
from db.selection import Column, Constant, Field, Relation, Selection
from resolvers.errors.problem import Problem
from schema.graphql.arguments import Call, strawberry_field
from schema.graphql.collect import Fragments, collect, subsets
from schema.graphql.limits import LIST, Fields

TYPENAME = "__typename"


class SelectionBuilder:
    """Makes selections below one root field under given variables; ``made`` is the operation's count.

    ``fixed`` stays true while no argument below the root field depends on a variable.
    """

    def __init__(self, fragments: Fragments, variables: VariableValues, made: Fields) -> None:
        self._fragments, self._variables, self._made = fragments, variables, made
        self.fixed = True

    def below(self, type_: GraphQLObjectType, nodes: Sequence[FieldNode], depth: int = 1) -> Selection:
        """What ``nodes``, merged, want of an object of ``type_``; raises ``RequestFailed`` past the limits.

        Aliases within fragments can make a small document ask for very much, so it is what is asked
        for that is counted, while it is being made.
        """
        found, steps = collect(subsets(nodes), self._fragments, self._variables.coerced)
        self._made.add(steps, depth)
        made = [self._field(type_, key, same, depth) for key, same in found.items()]
        itself = 0 if _is_page(type_) else 1
        return Selection(tuple(field for field, _ in made), itself + sum(records for _, records in made))

    def _field(self, type_: GraphQLObjectType, key: str, nodes: Sequence[FieldNode], depth: int) -> tuple[Field, int]:
        """The field, and how many records it may show."""
        name = nodes[0].name.value
        if name == TYPENAME:
            return Constant(key, type_.name), 0
        field = type_.fields[name]
        definition, named = strawberry_field(field), get_named_type(field.type)
        if not isinstance(named, GraphQLObjectType):
            return Column(key, definition.python_name, as_text=named in (GraphQLID, GraphQLString)), 0
        query, below = self._query(field, nodes[0]), self.below(named, nodes, depth + 1)
        times = query.size if query else _most(type_, field)
        return Relation(key, definition.python_name, below, query), times * below.records

    def _query(self, field: GraphQLField, node: FieldNode) -> PageQuery | None:
        """The page that a field with arguments of its own asks for."""
        if strawberry_field(field).base_resolver is None:
            return None
        call = Call(field, node)
        self.fixed = self.fixed and call.fixed
        try:
            query = call(self._variables)
        except Problem as problem:
            problem.path = ()  # it is the root field whose arguments a path leads into
            raise
        assert isinstance(query, PageQuery)
        return query


def _most(type_: GraphQLObjectType, field: GraphQLField) -> int:
    """How many records ``field`` of one ``type_`` counts for; the rows of a page count with the page."""
    return LIST if is_list_type(get_nullable_type(field.type)) and not _is_page(type_) else 1


def _is_page(type_: GraphQLObjectType) -> bool:
    return "pageInfo" in type_.fields

"""Build the selection below a field of a valid document."""

from collections.abc import Sequence

from graphql import (
    FieldNode,
    GraphQLEnumType,
    GraphQLField,
    GraphQLID,
    GraphQLObjectType,
    GraphQLString,
    get_named_type,
)
from graphql.execution.values import VariableValues

from db.query import PageQuery
from db.selection import Column, Constant, Field, Relation, Selection, Spelling
from resolvers.errors.problem import Problem
from resolvers.weights import make_selection
from schema.graphql.cost import CostCounter
from schema.graphql.fields import FieldCall, Fragments, collect_fields, strawberry_field, subselections

TYPENAME = "__typename"


class SelectionBuilder:
    """A builder of selections below one root field under given variables; it adds them to the operation's ``cost``.

    ``fixed`` stays true while no argument below the root field depends on a variable.
    """

    def __init__(self, fragments: Fragments, variables: VariableValues, cost: CostCounter) -> None:
        self._fragments, self._variables, self._cost = fragments, variables, cost
        self.fixed = True

    def build(self, type_: GraphQLObjectType, nodes: Sequence[FieldNode], depth: int = 1) -> Selection:
        """Return what ``nodes``, merged, select of an object of ``type_``; raise ``RequestFailedError`` at a limit.

        Aliases within fragments let a small document select very much, so selections are counted
        while they are built, not in the document.
        """
        groups, visits = collect_fields(subselections(nodes), self._fragments, self._variables.coerced)
        lists = sum([1 for same in groups.values() if same[0].selection_set])
        self._cost.add_selections(visits, lists, depth)
        return make_selection([self._field(type_, key, same, depth) for key, same in groups.items()])

    def _field(self, type_: GraphQLObjectType, key: str, nodes: Sequence[FieldNode], depth: int) -> Field:
        name = nodes[0].name.value
        if name == TYPENAME:
            return Constant(key, type_.name)
        field = type_.fields[name]
        definition, named_type = strawberry_field(field), get_named_type(field.type)
        if not isinstance(named_type, GraphQLObjectType):
            is_enum = isinstance(named_type, GraphQLEnumType)
            spelling: Spelling = "UPPER_CASE" if is_enum else definition.metadata.get("spelling", "as it is")
            return Column(key, definition.python_name, named_type in (GraphQLID, GraphQLString), spelling)
        query = self._query(field, nodes[0])
        return Relation(key, definition.python_name, self.build(named_type, nodes, depth + 1), query)

    def _query(self, field: GraphQLField, node: FieldNode) -> PageQuery | None:
        """Return the page that a field with arguments of its own asks for."""
        if strawberry_field(field).base_resolver is None:
            return None
        call = FieldCall(field, node)
        self.fixed = self.fixed and call.fixed
        try:
            query = call(self._variables)
        except Problem as problem:
            problem.path = ()  # a path leads into the arguments of the root field, and these are of another
            raise
        assert isinstance(query, PageQuery)
        return query

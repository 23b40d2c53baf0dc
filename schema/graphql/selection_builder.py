"""Build the selection below a field of a valid document."""

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
from schema.graphql.fields import FieldCall, Fragments, collect_fields, strawberry_field, subselections
from schema.graphql.limits import LIST_RECORDS, CostCounter

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
        self._cost.add_selections(visits, depth)
        fields = [self._field(type_, key, same, depth) for key, same in groups.items()]
        own_records = 0 if _is_page(type_) else 1
        return Selection(tuple(field for field, _ in fields), own_records + sum(records for _, records in fields))

    def _field(self, type_: GraphQLObjectType, key: str, nodes: Sequence[FieldNode], depth: int) -> tuple[Field, int]:
        """Return the field and how many records it can add to the response."""
        name = nodes[0].name.value
        if name == TYPENAME:
            return Constant(key, type_.name), 0
        field = type_.fields[name]
        definition, named_type = strawberry_field(field), get_named_type(field.type)
        if not isinstance(named_type, GraphQLObjectType):
            return Column(key, definition.python_name, as_text=named_type in (GraphQLID, GraphQLString)), 0
        query, selection = self._query(field, nodes[0]), self.build(named_type, nodes, depth + 1)
        rows = query.size if query else _max_rows(type_, field)
        return Relation(key, definition.python_name, selection, query), rows * selection.records

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


def _max_rows(type_: GraphQLObjectType, field: GraphQLField) -> int:
    """Return how many rows ``field`` of one ``type_`` counts for; those of a page are counted with the page."""
    return LIST_RECORDS if is_list_type(get_nullable_type(field.type)) and not _is_page(type_) else 1


def _is_page(type_: GraphQLObjectType) -> bool:
    return "pageInfo" in type_.fields

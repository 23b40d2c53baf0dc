"""An operation under given variables -> what its root fields want; kept for the next request like it."""

from dataclasses import dataclass

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    OperationDefinitionNode,
    OperationType,
    get_named_type,
)
from graphql.execution.values import VariableValues

from db.selection import Selection
from resolvers.errors.problem import Problem
from schema.definition import SCHEMA
from schema.graphql.arguments import Call
from schema.graphql.collect import collect
from schema.graphql.document import Document
from schema.graphql.limits import Fields
from schema.graphql.selection_builder import TYPENAME, SelectionBuilder

NOTHING = Selection(())


@dataclass(frozen=True, slots=True)
class Root:
    """One answer key of the operation. ``selection`` is none where it changes with the variables."""

    key: str
    nodes: tuple[FieldNode, ...]
    field: GraphQLField
    call: Call
    selection: Selection | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an operation asks for.

    ``fields`` is how many there are in all; ``introspected`` are those of the root that ask about the schema;
    ``non_null`` are the answer keys that null cannot stand for.
    """

    document: Document
    operation: OperationDefinitionNode
    root_type: GraphQLObjectType
    keys: tuple[str, ...]
    roots: tuple[Root, ...]
    introspected: tuple[FieldNode, ...]
    non_null: tuple[str, ...]
    fields: int

    @property
    def writes(self) -> bool:
        return self.operation.operation is OperationType.MUTATION


def make_plan(document: Document, operation: OperationDefinitionNode, variables: VariableValues) -> Plan:
    """The plan for all requests whose ``@skip`` and ``@include`` are decided as by ``variables``."""
    root_type = SCHEMA._schema.get_root_type(operation.operation)
    assert root_type is not None
    found, steps = collect([operation.selection_set], document.fragments, variables.coerced)
    made = Fields()
    made.add(steps, depth=0)
    names = {key: nodes[0].name.value for key, nodes in found.items()}
    roots = tuple(
        _root(document, root_type.fields[names[key]], key, nodes, variables, made)
        for key, nodes in found.items()
        if not names[key].startswith("__")
    )
    about_schema = [key for key, name in names.items() if name.startswith("__") and name != TYPENAME]
    introspected = tuple(node for key in about_schema for node in found[key])
    non_null = [root.key for root in roots if isinstance(root.field.type, GraphQLNonNull)]
    non_null += [key for key in about_schema if names[key] == "__schema"]
    return Plan(document, operation, root_type, tuple(found), roots, introspected, tuple(non_null), made.count)


def _root(
    document: Document, field: GraphQLField, key: str, nodes: list[FieldNode], variables: VariableValues, made: Fields
) -> Root:
    named, call = get_named_type(field.type), Call(field, nodes[0])
    if not isinstance(named, GraphQLObjectType):
        return Root(key, tuple(nodes), field, call, NOTHING)
    selecting = SelectionBuilder(document.fragments, variables, made)
    try:
        selection = selecting.below(named, nodes)
    except Problem:  # an argument further down is invalid: told when the field is run
        return Root(key, tuple(nodes), field, call, None)
    return Root(key, tuple(nodes), field, call, selection if selecting.fixed else None)


def selection_of(root: Root, plan: Plan, variables: VariableValues, made: Fields) -> Selection:
    """What ``root`` wants under ``variables``; ``made`` counts what this request has to make anew."""
    if root.selection is not None:
        return root.selection
    named = get_named_type(root.field.type)
    assert isinstance(named, GraphQLObjectType)
    return SelectionBuilder(plan.document.fragments, variables, made).below(named, root.nodes)

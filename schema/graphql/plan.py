"""Plan operations: which selection each root field needs, cached for the next request of the same document."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from sys import getsizeof
from typing import Any

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    OperationDefinitionNode,
    OperationType,
    get_named_type,
)
from graphql.execution.values import VariableValues

from db.cache import Cache
from db.selection import Selection
from resolvers.cost import ROOT_LISTS
from resolvers.errors.problem import Problem
from resolvers.errors.request import BadUserInput
from schema.definition import GRAPHQL_SCHEMA
from schema.graphql.cost import CostCounter
from schema.graphql.document import Document, VariableDefinitions, check_length, read_document
from schema.graphql.errors import LocatedProblem, RequestFailedError
from schema.graphql.fields import FieldCall, FieldGroups, collect_fields
from schema.graphql.selection_builder import SelectionBuilder

NO_FIELDS = Selection(())
MAX_ENTRIES = 1_000  # of each cache
PLAN_BYTES, FIELD_BYTES = 1_500, 150  # of a plan without its document, and for each of its fields
REFUSAL_BYTES = 5_000  # of a refusal without the text of its document: five errors of 500 characters


@dataclass(frozen=True, slots=True)
class RootField:
    """A root field under its response key. ``selection`` is none where it changes with the variables."""

    key: str
    nodes: tuple[FieldNode, ...]
    definition: GraphQLField
    call: FieldCall
    selection: Selection | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an operation asks for.

    ``keys`` are the response keys in order, ``introspection`` are the root fields that ask about the schema,
    ``non_null_keys`` the response keys that null cannot stand for, and ``field_count`` counts all fields below.
    """

    document: Document
    operation: OperationDefinitionNode
    root_type: GraphQLObjectType
    keys: tuple[str, ...]
    roots: tuple[RootField, ...]
    introspection: tuple[FieldNode, ...]
    non_null_keys: tuple[str, ...]
    field_count: int

    @property
    def writes(self) -> bool:
        return self.operation.operation is OperationType.MUTATION


@dataclass(frozen=True, slots=True)
class PreparedOperation:
    """An operation of a valid document with the definitions of its variables."""

    document: Document
    node: OperationDefinitionNode
    variables: VariableDefinitions

    def plan(self, variables: VariableValues) -> Plan:
        """Return the plan for all requests whose ``@skip`` and ``@include`` ``variables`` decide alike."""
        try:
            return self._plan(variables)
        except GraphQLError as error:
            raise RequestFailedError([LocatedProblem.from_document(error, BadUserInput)]) from None

    def _plan(self, variables: VariableValues) -> Plan:
        root_type = GRAPHQL_SCHEMA.get_root_type(self.node.operation)
        assert root_type is not None
        groups, visits = collect_fields([self.node.selection_set], self.document.fragments, variables.coerced)
        data, introspection = _separate_introspection(groups)
        cost = CostCounter()
        cost.add_selections(visits, lists=ROOT_LISTS * len(data), depth=0)
        roots = tuple(
            self._root_field(key, nodes, root_type.fields[nodes[0].name.value], variables, cost)
            for key, nodes in data.items()
        )
        non_null_keys = [root.key for root in roots if isinstance(root.definition.type, GraphQLNonNull)]
        non_null_keys += [key for key, nodes in introspection.items() if nodes[0].name.value == "__schema"]
        return Plan(
            self.document,
            self.node,
            root_type,
            tuple(groups),
            roots,
            tuple(node for nodes in introspection.values() for node in nodes),
            tuple(non_null_keys),
            cost.amount("fields"),
        )

    def _root_field(
        self, key: str, nodes: list[FieldNode], definition: GraphQLField, variables: VariableValues, cost: CostCounter
    ) -> RootField:
        named_type, call = get_named_type(definition.type), FieldCall(definition, nodes[0])
        if not isinstance(named_type, GraphQLObjectType):
            return RootField(key, tuple(nodes), definition, call, NO_FIELDS)
        builder = SelectionBuilder(self.document.fragments, variables, cost)
        try:
            selection = builder.build(named_type, nodes)
        except Problem:  # an argument further down is invalid: reported when the field is run
            return RootField(key, tuple(nodes), definition, call, None)
        return RootField(key, tuple(nodes), definition, call, selection if builder.fixed else None)


def _separate_introspection(groups: FieldGroups) -> tuple[FieldGroups, FieldGroups]:
    """Return the root fields that return data and those that introspect; ``__typename`` is neither."""
    data = {key: nodes for key, nodes in groups.items() if not nodes[0].name.value.startswith("__")}
    introspection = {key: nodes for key, nodes in groups.items() if nodes[0].name.value in ("__schema", "__type")}
    return data, introspection


def build_selection(root: RootField, plan: Plan, variables: VariableValues, cost: CostCounter) -> Selection:
    """Return the selection of ``root`` under ``variables``; ``cost`` counts what has to be built for this request."""
    if root.selection is not None:
        return root.selection
    named_type = get_named_type(root.definition.type)
    assert isinstance(named_type, GraphQLObjectType)
    return SelectionBuilder(plan.document.fragments, variables, cost).build(named_type, root.nodes)


class Planner:
    """A source of plans, which it keeps in caches of bounded size.

    Operations are cached by document and name, plans also by the values that decide ``@skip`` and
    ``@include``. A plan refers to its document and its key to the text, so both weigh what the document does.
    What is refused whatever its variables are is cached too: else a client could have it checked over and over.
    """

    def __init__(
        self,
        *,
        introspection: bool = True,
        document_bytes: int = 16 << 20,
        plan_bytes: int = 16 << 20,
        refusal_bytes: int = 8 << 20,
    ) -> None:
        self.introspection = introspection
        self._operations: Cache[tuple[str, str | None], PreparedOperation] = Cache(
            MAX_ENTRIES, document_bytes, lambda _, operation: operation.document.size
        )
        self._plans: Cache[tuple[object, ...], Plan] = Cache(
            MAX_ENTRIES, plan_bytes, lambda _, plan: plan.document.size + PLAN_BYTES + FIELD_BYTES * plan.field_count
        )
        self._refusals: Cache[tuple[object, ...], tuple[LocatedProblem, ...]] = Cache(
            MAX_ENTRIES, refusal_bytes, lambda key, _: REFUSAL_BYTES + sum(map(getsizeof, key[:2]))
        )

    def plan(self, text: str, operation_name: str | None, inputs: Mapping[str, Any]) -> tuple[Plan, VariableValues]:
        """Return the plan and the variables' values that ``inputs`` give; raise ``RequestFailedError``."""
        operation = self._operation(text, operation_name)
        variables = operation.variables.coerce(inputs)
        conditions = (variables.coerced.get(name) for name in operation.document.condition_variables)
        key = (text, operation_name, *conditions)
        plan = self._plans.get(key)
        if plan is None:
            with self._cached_refusal(key):
                plan = operation.plan(variables)
            self._plans.set(key, plan)
        return plan, variables

    def _operation(self, text: str, name: str | None) -> PreparedOperation:
        operation = self._operations.get((text, name))
        if operation is None:
            check_length(text)
            with self._cached_refusal((text, name)):
                document = read_document(text, introspection=self.introspection)
                node = document.find_operation(name)
                operation = PreparedOperation(document, node, VariableDefinitions(node))
            self._operations.set((text, name), operation)
        return operation

    @contextmanager
    def _cached_refusal(self, key: tuple[object, ...]) -> Iterator[None]:
        """Raise the cached refusal of ``key``, or cache the one that is raised within.

        Only its errors are cached: an exception that is raised again grows by a traceback each time.
        """
        errors = self._refusals.get(key)
        if errors is not None:
            raise RequestFailedError(errors)
        try:
            yield
        except RequestFailedError as error:
            self._refusals.set(key, error.errors)
            raise

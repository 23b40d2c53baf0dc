"""Requests -> plans, through caches that do not grow."""

from dataclasses import dataclass
from typing import Any

from graphql import GraphQLError, OperationDefinitionNode
from graphql.execution.values import VariableValues

from db.cache import Cache
from resolvers.errors.request import BadUserInput
from schema.graphql.document import Document, read_document
from schema.graphql.failure import Failure, RequestFailed
from schema.graphql.plan import Plan, make_plan
from schema.graphql.variables import Variables

MOST = 1_000
FIELD_BYTES = 150  # of a plan, for each of its fields


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a document that fits the schema."""

    document: Document
    node: OperationDefinitionNode
    variables: Variables

    def plan(self, variables: VariableValues) -> Plan:
        try:
            return make_plan(self.document, self.node, variables)
        except GraphQLError as error:
            raise RequestFailed([Failure.of(error, BadUserInput)]) from None


class Planner:
    """Operations by document and name, and their plans: one for each way ``@skip`` and ``@include`` are decided.

    A plan holds on to its document and its key to the text, so both weigh what the document does.
    """

    def __init__(
        self, *, introspection: bool = True, document_bytes: int = 32 << 20, plan_bytes: int = 32 << 20
    ) -> None:
        self._introspection = introspection
        self._operations: Cache[tuple[str, str | None], Operation] = Cache(
            MOST, document_bytes, lambda _, operation: operation.document.size
        )
        self._plans: Cache[tuple[object, ...], Plan] = Cache(
            MOST, plan_bytes, lambda _, plan: plan.document.size + FIELD_BYTES * (10 + plan.fields)
        )

    def plan(self, text: str, operation_name: str | None, given: dict[str, Any]) -> tuple[Plan, VariableValues]:
        """The plan under the variables ``given``, and their values; raises ``RequestFailed``."""
        operation = self._operation(text, operation_name)
        variables = operation.variables.coerce(given)
        key = (text, operation_name, *(variables.coerced.get(name) for name in operation.document.deciding))
        plan = self._plans.get(key)
        if plan is None:
            plan = operation.plan(variables)
            self._plans.put(key, plan)
        return plan, variables

    def _operation(self, text: str, name: str | None) -> Operation:
        found = self._operations.get((text, name))
        if found is None:
            document = read_document(text, introspection=self._introspection)
            node = document.operation(name)
            found = Operation(document, node, Variables(node))
            self._operations.put((text, name), found)
        return found

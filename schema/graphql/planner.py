"""Requests -> plans, through a cache that neither grows nor forgets what is used."""

from typing import Any

from graphql import GraphQLError, OperationDefinitionNode
from graphql.execution.values import VariableValues

from db.cache import Cache
from resolvers.errors.request import BadUserInput
from schema.graphql.document import Document, read_document
from schema.graphql.failure import Failure, RequestFailed
from schema.graphql.plan import Plan, make_plan
from schema.graphql.variables import Variables

NODE_BYTES = 60  # about what is kept of a document, for each byte of it
MOST_PLANS = 64


class Operation:
    """One operation of a document, with a plan for each way its ``@skip`` and ``@include`` can be decided."""

    def __init__(self, document: Document, node: OperationDefinitionNode) -> None:
        self._document, self._node = document, node
        self._variables = Variables(node)
        self._plans: dict[tuple[object, ...], Plan] = {}

    def plan(self, given: dict[str, Any]) -> tuple[Plan, VariableValues]:
        """The plan under the variables ``given``, and their values; raises ``RequestFailed``."""
        variables = self._variables.coerce(given)
        key = tuple(variables.coerced.get(name) for name in self._document.deciding)
        plan = self._plans.get(key)
        if plan is None:
            plan = self._planned(variables)
            if len(self._plans) < MOST_PLANS:
                self._plans[key] = plan
        return plan, variables

    def _planned(self, variables: VariableValues) -> Plan:
        try:
            return make_plan(self._document, self._node, variables)
        except GraphQLError as error:
            raise RequestFailed([Failure.of(error, BadUserInput)]) from None


class Planner:
    """The operations that were asked for lately, by document and operation name."""

    def __init__(self, weight: int = 32 << 20) -> None:
        self._operations: Cache[tuple[str, str | None], Operation] = Cache(
            1_000, weight, lambda key, _: NODE_BYTES * len(key[0])
        )

    def plan(self, text: str, operation_name: str | None, given: dict[str, Any]) -> tuple[Plan, VariableValues]:
        """The plan and the variables' values; raises ``RequestFailed``."""
        operation = self._operations.get((text, operation_name))
        if operation is None:
            document = read_document(text)
            operation = Operation(document, document.operation(operation_name))
            self._operations.put((text, operation_name), operation)
        return operation.plan(given)

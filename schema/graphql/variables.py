"""The variables of an operation: what they are declared to be is worked out once, not at every request."""

from collections.abc import Mapping
from typing import Any

from graphql import GraphQLInputType, GraphQLNonNull, OperationDefinitionNode, Undefined
from graphql.execution.get_variable_signature import get_variable_signature
from graphql.execution.values import VariableValues, get_variable_values
from graphql.utilities import coerce_input_literal, coerce_input_value

from resolvers.errors.request import BadUserInput
from schema.definition import SCHEMA
from schema.graphql.failure import Failure, RequestFailed
from schema.graphql.limits import MAX_ERRORS


class Variables:
    """The declared variables of one operation."""

    def __init__(self, operation: OperationDefinitionNode) -> None:
        self._nodes = operation.variable_definitions or ()
        self._declared: list[tuple[str, GraphQLInputType, Any]] = []
        for node in self._nodes:
            signature = get_variable_signature(SCHEMA._schema, node)
            assert not isinstance(signature, Exception)  # the document is valid
            literal = node.default_value
            default = coerce_input_literal(literal, signature.type) if literal else Undefined
            self._declared.append((signature.name, signature.type, default))

    def coerce(self, given: Mapping[str, Any]) -> VariableValues:
        """The values of the declared variables; raises ``RequestFailed`` with a word on each that does not fit."""
        coerced: dict[str, Any] = {}
        for name, type_, default in self._declared:
            value = coerce_input_value(given[name], type_) if name in given else default
            if value is not Undefined:
                coerced[name] = value
            elif name in given or isinstance(type_, GraphQLNonNull):
                raise RequestFailed(self._complaints(given))
        return VariableValues({}, coerced)

    def _complaints(self, given: Mapping[str, Any]) -> list[Failure]:
        found = get_variable_values(SCHEMA._schema, self._nodes, dict(given), max_errors=MAX_ERRORS)
        assert isinstance(found, list)
        return [Failure.of(error, BadUserInput) for error in found[:MAX_ERRORS]]

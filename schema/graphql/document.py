"""Read GraphQL documents: parse them, validate them, and coerce the variables of their operations."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from sys import getsizeof
from typing import Any

from graphql import (
    DeferStreamDirectiveLabel,
    DeferStreamDirectiveOnRootField,
    DeferStreamDirectiveOnValidOperationsRule,
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLInputType,
    GraphQLNonNull,
    GraphQLSyntaxError,
    KnownDirectivesRule,
    KnownFragmentNamesRule,
    MaxIntrospectionDepthRule,
    NoFragmentCyclesRule,
    NoSchemaIntrospectionCustomRule,
    NoUndefinedVariablesRule,
    NoUnusedFragmentsRule,
    NoUnusedVariablesRule,
    OperationDefinitionNode,
    PossibleFragmentSpreadsRule,
    SingleFieldSubscriptionsRule,
    StreamDirectiveOnListField,
    Undefined,
    UniqueDirectivesPerLocationRule,
    UniqueFragmentNamesRule,
    UniqueVariableNamesRule,
    VariableNode,
    VariablesAreInputTypesRule,
    VariablesInAllowedPositionRule,
    parse,
    specified_rules,
    validate,
)
from graphql.execution.get_variable_signature import get_variable_signature
from graphql.execution.values import VariableValues, get_variable_values
from graphql.language import DirectiveNode, DocumentNode, Visitor, visit
from graphql.utilities import coerce_input_literal, coerce_input_value
from graphql.validation import ASTValidationRule
from graphql.validation.rules import overlapping_fields_can_be_merged

from resolvers.errors.request import (
    BadUserInput,
    GraphqlParseFailed,
    GraphqlValidationFailed,
    OperationResolutionFailure,
)
from schema.definition import GRAPHQL_SCHEMA
from schema.graphql.errors import LocatedProblem, RequestFailedError
from schema.graphql.limits import MAX_CHARACTERS, MAX_COMPARISONS, MAX_ERRORS, MAX_TOKENS

Rules = tuple[type[ASTValidationRule], ...]

overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = MAX_COMPARISONS  # the library's own is half a second

DOCUMENT_BYTES, TOKEN_BYTES = 6_000, 450  # what a parsed document occupies, beside its text
TEXT_COPIES = 4  # a cache's key, the source, and at worst one token and one name as long as the document
ABORTED = "Validation aborted."  # the library's whole message where it stopped at its own limits
TOO_LONG = f"A document may have {MAX_CHARACTERS:,} characters"
TOO_COMPLEX = "The document repeats too many fields, or nests its fragments too deeply, to be checked"
CONDITIONAL_RULES: dict[str, Rules] = {
    "@": (
        KnownDirectivesRule,
        UniqueDirectivesPerLocationRule,
        DeferStreamDirectiveLabel,
        DeferStreamDirectiveOnRootField,
        DeferStreamDirectiveOnValidOperationsRule,
        StreamDirectiveOnListField,
    ),
    "$": (
        UniqueVariableNamesRule,
        VariablesAreInputTypesRule,
        VariablesInAllowedPositionRule,
        NoUndefinedVariablesRule,
        NoUnusedVariablesRule,
    ),
    "...": (KnownFragmentNamesRule, PossibleFragmentSpreadsRule, NoFragmentCyclesRule),
    "fragment": (UniqueFragmentNamesRule, NoUnusedFragmentsRule),
    "subscription": (SingleFieldSubscriptionsRule,),
    "__": (MaxIntrospectionDepthRule,),
}
"""Validation rules by the text that a document must contain to break any of them."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document that is valid for the schema.

    ``condition_variables`` are those that its ``@skip`` and ``@include`` use, ``tokens`` is the number of its tokens;
    ``size`` is about how many bytes of memory it occupies with its text.
    """

    operations: dict[str, OperationDefinitionNode]
    fragments: dict[str, FragmentDefinitionNode]
    condition_variables: tuple[str, ...]
    tokens: int
    size: int

    def find_operation(self, name: str | None) -> OperationDefinitionNode:
        """Return the operation called ``name``, or without a name the only one; raise ``RequestFailedError``."""
        if not name and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if not name or name not in self.operations:
            raise RequestFailedError.from_problem(OperationResolutionFailure())
        return self.operations[name]


def check_length(text: str) -> None:
    """Raise ``RequestFailedError`` for a document that is too long to be read."""
    if len(text) > MAX_CHARACTERS:
        raise RequestFailedError.from_problem(GraphqlValidationFailed(TOO_LONG))


def read_document(text: str, *, introspection: bool = True) -> Document:
    """Parse and validate ``text``; raise ``RequestFailedError`` with at most ``MAX_ERRORS`` errors.

    Without ``introspection`` a document that selects ``__schema`` or ``__type`` is invalid.
    """
    try:
        document = parse(text, max_tokens=MAX_TOKENS, allow_empty_selection_sets=False)
    except GraphQLSyntaxError as error:
        raise RequestFailedError([LocatedProblem.from_document(error, GraphqlParseFailed)]) from None
    rules = rules_for(text, introspection=introspection)
    errors = validate(GRAPHQL_SCHEMA, document, rules, max_errors=MAX_ERRORS, allow_empty_selection_sets=False)
    if errors:
        raise RequestFailedError(list(map(_validation_error, errors[:MAX_ERRORS])))
    operations = (node for node in document.definitions if isinstance(node, OperationDefinitionNode))
    fragments = (node for node in document.definitions if isinstance(node, FragmentDefinitionNode))
    tokens = document.token_count or 0
    return Document(
        {node.name.value if node.name else "": node for node in operations},
        {node.name.value: node for node in fragments},
        tuple(sorted(set(_directive_variables(document)))) if "@" in text else (),
        tokens,
        DOCUMENT_BYTES + TOKEN_BYTES * tokens + TEXT_COPIES * getsizeof(text),
    )


def rules_for(text: str, *, introspection: bool = True) -> Rules:
    """Return the validation rules that the document ``text`` can break.

    The others are skipped, for they take as long as those that apply. Without ``introspection``
    one more rule forbids it.
    """
    rules = _rules_without(tuple(token for token in CONDITIONAL_RULES if token not in text))
    return rules if introspection else (*rules, NoSchemaIntrospectionCustomRule)


@lru_cache(maxsize=64)
def _rules_without(absent: tuple[str, ...]) -> Rules:
    unbreakable = {rule for token in absent for rule in CONDITIONAL_RULES[token]}
    return tuple(rule for rule in specified_rules if rule not in unbreakable)


def _validation_error(error: GraphQLError) -> LocatedProblem:
    """Return why the document is invalid, or why the library gave up checking it."""
    if error.message == ABORTED:
        return LocatedProblem(GraphqlValidationFailed(TOO_COMPLEX))
    return LocatedProblem.from_document(error, GraphqlValidationFailed)


def _directive_variables(document: DocumentNode) -> Iterator[str]:
    """Yield the names of the variables that arguments of directives use."""
    directives: list[DirectiveNode] = []

    class DirectiveCollector(Visitor):
        def enter_directive(self, node: DirectiveNode, *_: object) -> None:
            directives.append(node)

    visit(document, DirectiveCollector())
    values = (argument.value for directive in directives for argument in directive.arguments or ())
    return (value.name.value for value in values if isinstance(value, VariableNode))


class VariableDefinitions:
    """The variables that one operation declares; types and defaults are resolved once, not at every request."""

    def __init__(self, operation: OperationDefinitionNode) -> None:
        self._nodes = operation.variable_definitions or ()
        self._definitions: list[tuple[str, GraphQLInputType, Any]] = []
        for node in self._nodes:
            signature = get_variable_signature(GRAPHQL_SCHEMA, node)
            assert not isinstance(signature, Exception)  # the document is valid
            literal = node.default_value
            default = coerce_input_literal(literal, signature.type) if literal else Undefined
            self._definitions.append((signature.name, signature.type, default))

    def coerce(self, inputs: Mapping[str, Any]) -> VariableValues:
        """Return the values of the declared variables; raise ``RequestFailedError`` with each that is invalid."""
        values: dict[str, Any] = {}
        for name, type_, default in self._definitions:
            value = coerce_input_value(inputs[name], type_) if name in inputs else default
            if value is not Undefined:
                values[name] = value
            elif name in inputs or isinstance(type_, GraphQLNonNull):
                raise RequestFailedError(self._explain(inputs))
        return VariableValues({}, values)

    def _explain(self, inputs: Mapping[str, Any]) -> list[LocatedProblem]:
        """Return the library's errors for ``inputs``, which cannot be coerced."""
        errors = get_variable_values(GRAPHQL_SCHEMA, self._nodes, dict(inputs), max_errors=MAX_ERRORS)
        assert isinstance(errors, list)
        return [LocatedProblem.from_document(error, BadUserInput) for error in errors[:MAX_ERRORS]]

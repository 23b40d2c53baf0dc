"""A document, parsed and validated once, and its operations."""

from collections.abc import Iterator
from dataclasses import dataclass
from sys import getsizeof

from graphql import (
    FragmentDefinitionNode,
    GraphQLError,
    GraphQLSyntaxError,
    OperationDefinitionNode,
    VariableNode,
    parse,
    validate,
)
from graphql.language import DirectiveNode, DocumentNode, Visitor, visit

from resolvers.errors.request import GraphqlParseFailed, GraphqlValidationFailed, OperationResolutionFailure
from schema.definition import SCHEMA
from schema.graphql.failure import Failure, RequestFailed
from schema.graphql.limits import MAX_ERRORS, MAX_TOKENS
from schema.graphql.rules import rules_for

DOCUMENT_BYTES, TOKEN_BYTES = 6_000, 450  # what a parsed document occupies, beside its text
ABORTED = "Validation aborted."  # all that the library says
TOO_MUCH = "The document repeats too many fields, or nests its fragments too deeply, to be checked"
TEXT_COPIES = 4  # a cache's key, the source, and at worst one token and one name as long as the document


@dataclass(frozen=True, slots=True)
class Document:
    """A document that fits the schema.

    ``deciding`` are the variables of its ``@skip`` and ``@include``; ``size`` is about how many bytes of
    memory it occupies with its text.
    """

    operations: dict[str, OperationDefinitionNode]
    fragments: dict[str, FragmentDefinitionNode]
    deciding: tuple[str, ...]
    size: int

    def operation(self, name: str | None) -> OperationDefinitionNode:
        """The operation that ``name`` names, or the only one there is."""
        if not name and len(self.operations) == 1:
            return next(iter(self.operations.values()))
        if not name or name not in self.operations:
            raise RequestFailed([Failure(OperationResolutionFailure())])
        return self.operations[name]


def read_document(text: str, *, introspection: bool = True) -> Document:
    """Parse and validate ``text``; raises ``RequestFailed`` with at most a few errors.

    Without ``introspection`` a document that asks for ``__schema`` or ``__type`` does not fit the schema.
    """
    try:
        document = parse(text, max_tokens=MAX_TOKENS, allow_empty_selection_sets=False)
    except GraphQLSyntaxError as error:
        raise RequestFailed([Failure.of(error, GraphqlParseFailed)]) from None
    rules = rules_for(text, introspection=introspection)
    errors = validate(SCHEMA._schema, document, rules, max_errors=MAX_ERRORS, allow_empty_selection_sets=False)
    if errors:
        raise RequestFailed(list(map(_failure, errors[:MAX_ERRORS])))
    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    fragments = [each for each in document.definitions if isinstance(each, FragmentDefinitionNode)]
    return Document(
        {each.name.value if each.name else "": each for each in operations},
        {each.name.value: each for each in fragments},
        tuple(sorted(set(_deciding(document)))) if "@" in text else (),
        DOCUMENT_BYTES + TOKEN_BYTES * (document.token_count or 0) + TEXT_COPIES * getsizeof(text),
    )


def _failure(error: GraphQLError) -> Failure:
    """Return what keeps the document from fitting the schema, or from being checked within the library's limits."""
    if error.message == ABORTED:
        return Failure(GraphqlValidationFailed(TOO_MUCH))
    return Failure.of(error, GraphqlValidationFailed)


def _deciding(document: DocumentNode) -> Iterator[str]:
    found: list[DirectiveNode] = []

    class Directives(Visitor):
        def enter_directive(self, node: DirectiveNode, *_: object) -> None:
            found.append(node)

    visit(document, Directives())
    values = (argument.value for directive in found for argument in directive.arguments or ())
    return (value.name.value for value in values if isinstance(value, VariableNode))

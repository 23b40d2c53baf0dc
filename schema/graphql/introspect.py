"""What an operation asks about the schema itself, which the library answers: no data is in it."""

import json
from typing import Any

from graphql import DocumentNode, FieldNode, OperationDefinitionNode, SelectionSetNode, execute_sync

from schema.definition import SCHEMA
from schema.graphql.document import Document


def introspect(
    document: Document, operation: OperationDefinitionNode, nodes: tuple[FieldNode, ...], given: dict[str, Any]
) -> dict[str, str]:
    """The JSON of ``nodes``, fields of ``operation``'s root, by answer key; ``given`` are the variables as sent."""
    alone = OperationDefinitionNode(
        operation=operation.operation,
        variable_definitions=operation.variable_definitions,
        selection_set=SelectionSetNode(selections=nodes),
    )
    whole = DocumentNode(definitions=(alone, *document.fragments.values()))
    result = execute_sync(SCHEMA._schema, whole, variable_values=given)
    assert result.data is not None
    return {key: json.dumps(value, separators=(",", ":")) for key, value in result.data.items()}

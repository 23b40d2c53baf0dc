"""Field collection as the specification has it: fragments, directives, merged fields, in order."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    SelectionSetNode,
    VariableNode,
)
from graphql.language import SelectionNode

Fragments: TypeAlias = Mapping[str, FragmentDefinitionNode]
Collected: TypeAlias = dict[str, list[FieldNode]]


def collect(
    sets: Sequence[SelectionSetNode], fragments: Fragments, variables: Mapping[str, Any]
) -> tuple[Collected, int]:
    """The field nodes of merged selection sets by answer key, in order of first appearance.

    Each fragment is entered once a call, as the specification says, so that the cost is that of
    the document and not of its expansion. Type conditions need no look: the schema has no
    abstract types, and the document was validated. The number beside is how many selections were
    looked at: those that merge or are skipped take time, too.
    """
    found: Collected = {}
    visited: set[str] = set()
    pending = [selection for each in reversed(sets) for selection in reversed(each.selections)]
    steps = 0
    while pending:
        selection = pending.pop()
        steps += 1
        if not _wanted(selection, variables):
            continue
        if isinstance(selection, FieldNode):
            key = selection.alias.value if selection.alias else selection.name.value
            found.setdefault(key, []).append(selection)
        else:
            pending += reversed(_entered(selection, fragments, visited))
    return found, steps


def subsets(nodes: Sequence[FieldNode]) -> list[SelectionSetNode]:
    """The selection sets of fields that merge into one."""
    return [node.selection_set for node in nodes if node.selection_set]


def _entered(selection: SelectionNode, fragments: Fragments, visited: set[str]) -> Sequence[SelectionNode]:
    if isinstance(selection, InlineFragmentNode):
        return selection.selection_set.selections
    assert isinstance(selection, FragmentSpreadNode)
    name = selection.name.value
    if name in visited:
        return ()
    visited.add(name)
    return fragments[name].selection_set.selections


def _wanted(selection: SelectionNode, variables: Mapping[str, Any]) -> bool:
    """Whether ``@skip`` and ``@include`` let the selection in."""
    return all(
        _condition((directive.arguments or ())[0].value, variables) is (directive.name.value == "include")
        for directive in selection.directives or ()
        if directive.name.value in ("skip", "include")
    )


def _condition(value: Any, variables: Mapping[str, Any]) -> bool:
    if not isinstance(value, VariableNode):
        return bool(value.value)
    condition = variables.get(value.name.value)
    if condition is None:  # possible where the variable has a default, and the client insists on null
        raise GraphQLError(f"Variable '${value.name.value}' decides a directive and must not be null.", value)
    return bool(condition)

"""Collect the fields of a document and call the functions behind them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNonNull,
    InlineFragmentNode,
    SelectionSetNode,
    VariableNode,
    get_named_type,
)
from graphql.execution.values import VariableValues, get_argument_values
from graphql.language import ArgumentNode, SelectionNode, ValueNode
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField

from schema.definition import SCHEMA

Fragments: TypeAlias = Mapping[str, FragmentDefinitionNode]
FieldGroups: TypeAlias = dict[str, list[FieldNode]]
"""Fields that merge into one, by their response key."""

NO_VARIABLES = VariableValues({}, {})


def collect_fields(
    sets: Sequence[SelectionSetNode], fragments: Fragments, variables: Mapping[str, Any]
) -> tuple[FieldGroups, int]:
    """Return the fields of merged selection sets in order of first appearance, and how many selections were visited.

    This is CollectFields of the specification. Each fragment is entered once a call, so that the cost
    is that of the document and not of its expansion. Type conditions are not checked: the schema has
    no abstract types, and the document is valid. The number counts selections that merge or are
    skipped too, for they take time as well.
    """
    groups: FieldGroups = {}
    visited_fragments: set[str] = set()
    pending = [selection for selection_set in reversed(sets) for selection in reversed(selection_set.selections)]
    visits = 0
    while pending:
        selection = pending.pop()
        visits += 1
        if not _is_included(selection, variables):
            continue
        if isinstance(selection, FieldNode):
            key = selection.alias.value if selection.alias else selection.name.value
            groups.setdefault(key, []).append(selection)
        else:
            pending += reversed(_fragment_selections(selection, fragments, visited_fragments))
    return groups, visits


def subselections(nodes: Sequence[FieldNode]) -> list[SelectionSetNode]:
    """Return the selection sets of fields that merge into one."""
    return [node.selection_set for node in nodes if node.selection_set]


def _fragment_selections(
    selection: SelectionNode, fragments: Fragments, visited_fragments: set[str]
) -> Sequence[SelectionNode]:
    """Return the selections of a fragment, or none if it is a named one that was visited before."""
    if isinstance(selection, InlineFragmentNode):
        return selection.selection_set.selections
    if isinstance(selection, FragmentSpreadNode) and selection.name.value not in visited_fragments:
        visited_fragments.add(selection.name.value)
        return fragments[selection.name.value].selection_set.selections
    return ()


def _is_included(selection: SelectionNode, variables: Mapping[str, Any]) -> bool:
    """Return whether ``@skip`` and ``@include`` let the selection in."""
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


def strawberry_field(field: GraphQLField) -> StrawberryField:
    """Return the definition that ``field`` of the GraphQL schema was made from."""
    definition = field.extensions["strawberry-definition"]
    assert isinstance(definition, StrawberryField)
    return definition


@dataclass(frozen=True, slots=True)
class VariableArgument:
    """An argument whose whole value is one variable; ``parameter`` is its name in Python."""

    parameter: str
    variable: str
    required: bool


class FieldCall:
    """A field of a document that can be called under any variables; what the document fixes is converted once.

    ``fixed`` is true where no argument depends on a variable, so that every call is the same.
    """

    def __init__(self, field: GraphQLField, node: FieldNode) -> None:
        resolver = strawberry_field(field).base_resolver
        assert resolver is not None
        self._function: Callable[..., Any] = resolver.wrapped_func  # type: ignore[assignment]
        self._field, self._node = field, node
        variables = [argument for argument in node.arguments or () if _is_variable(field, argument)]
        names = {argument.name.value for argument in variables}
        literals = tuple(argument for argument in node.arguments or () if argument.name.value not in names)
        self._variables = [_variable_argument(field, argument) for argument in variables]
        self._constants: dict[str, Any] | None = None  # none where a variable stands within a list or an object
        if not any(_holds_variable(argument.value) for argument in literals):
            others = {name: argument for name, argument in field.args.items() if name not in names}
            self._constants = _convert_arguments(
                strawberry_field(field),
                GraphQLField(field.type, others),
                FieldNode(name=node.name, arguments=literals),
                NO_VARIABLES,
            )
        self.fixed = self._constants is not None and not variables

    def __call__(self, variables: VariableValues) -> Any:
        """Return what the function behind the field returns; raise what it raises, or ``GraphQLError``."""
        arguments = self._arguments(variables.coerced)
        if arguments is None:
            arguments = _convert_arguments(strawberry_field(self._field), self._field, self._node, variables)
        return self._function(**arguments)

    def _arguments(self, values: dict[str, Any]) -> dict[str, Any] | None:
        """Return the arguments, or none where only the libraries can convert them or say what is invalid."""
        if self._constants is None:
            return None
        arguments = dict(self._constants)
        for argument in self._variables:
            if argument.variable in values:
                arguments[argument.parameter] = values[argument.variable]
            if argument.required and arguments.get(argument.parameter) is None:
                return None
        return arguments


def _convert_arguments(
    definition: StrawberryField, field: GraphQLField, node: FieldNode, variables: VariableValues
) -> dict[str, Any]:
    """Return the arguments of ``node`` as the libraries convert them to Python values."""
    values = get_argument_values(field, node, variables)
    return convert_arguments(values, definition.arguments, SCHEMA.schema_converter.scalar_registry, SCHEMA.config)


def _is_variable(field: GraphQLField, argument: ArgumentNode) -> bool:
    """Return whether ``argument`` is a variable whose value needs no conversion."""
    type_ = get_named_type(field.args[argument.name.value].type)
    return isinstance(argument.value, VariableNode) and not isinstance(type_, GraphQLInputObjectType)


def _variable_argument(field: GraphQLField, argument: ArgumentNode) -> VariableArgument:
    assert isinstance(argument.value, VariableNode)
    type_ = field.args[argument.name.value].type
    to_graphql_name = SCHEMA.config.name_converter.from_argument
    parameters = {to_graphql_name(parameter): parameter.python_name for parameter in strawberry_field(field).arguments}
    return VariableArgument(
        parameters[argument.name.value], argument.value.name.value, isinstance(type_, GraphQLNonNull)
    )


def _holds_variable(value: ValueNode) -> bool:
    """Return whether a variable stands somewhere in ``value``."""
    parts = [*getattr(value, "values", ()), *(field.value for field in getattr(value, "fields", ()))]
    return isinstance(value, VariableNode) or any(map(_holds_variable, parts))

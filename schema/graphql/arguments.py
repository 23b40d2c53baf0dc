"""The arguments of a field, as the function behind it takes them; what the document fixes is worked out once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from graphql import (
    FieldNode,
    GraphQLField,
    GraphQLInputObjectType,
    GraphQLNonNull,
    VariableNode,
    get_named_type,
)
from graphql.execution.values import VariableValues, get_argument_values
from graphql.language import ArgumentNode, ValueNode
from strawberry.types.arguments import convert_arguments
from strawberry.types.field import StrawberryField

from schema.definition import SCHEMA

NO_VARIABLES = VariableValues({}, {})


def strawberry_field(field: GraphQLField) -> StrawberryField:
    """The definition that ``field`` of the GraphQL schema was made from."""
    definition = field.extensions["strawberry-definition"]
    assert isinstance(definition, StrawberryField)
    return definition


@dataclass(frozen=True, slots=True)
class VariableArgument:
    """A variable that is all there is to an argument."""

    argument: str
    variable: str
    required: bool


class Call:
    """A field of a document, ready to be called under any variables.

    ``fixed``: no variable has a say, every call is the same.
    """

    def __init__(self, field: GraphQLField, node: FieldNode) -> None:
        resolver = strawberry_field(field).base_resolver
        assert resolver is not None
        self._function: Callable[..., Any] = resolver.wrapped_func  # type: ignore[assignment]
        self._field, self._node = field, node
        passed = {each.name.value: each for each in node.arguments or () if _is_passed(field, each)}
        rest = tuple(each for each in node.arguments or () if each.name.value not in passed)
        self._mixed = any(_holds_variable(each.value) for each in rest)
        self._passed = [_passed(field, each) for each in passed.values()]
        self.fixed = not self._mixed and not passed
        if not self._mixed:
            others = {name: argument for name, argument in field.args.items() if name not in passed}
            self._constant = _converted(
                field, GraphQLField(field.type, others), FieldNode(name=node.name, arguments=rest), NO_VARIABLES
            )

    def __call__(self, variables: VariableValues) -> Any:
        """What the function behind the field returns; raises what it raises, or ``GraphQLError``."""
        given = None if self._mixed else self._given(variables.coerced)
        if given is None:
            given = _converted(self._field, self._field, self._node, variables)
        return self._function(**given)

    def _given(self, values: dict[str, Any]) -> dict[str, Any] | None:
        """The arguments; none where only the libraries know what they are, or what is wrong with them."""
        given = dict(self._constant)
        for each in self._passed:
            if each.variable in values:
                given[each.argument] = values[each.variable]
            if each.required and given.get(each.argument) is None:
                return None
        return given


def _converted(field: GraphQLField, shown: GraphQLField, node: FieldNode, variables: VariableValues) -> dict[str, Any]:
    """The libraries' way from the arguments of ``node`` to python values."""
    values = get_argument_values(shown, node, variables)
    registry = SCHEMA.schema_converter.scalar_registry
    return convert_arguments(values, strawberry_field(field).arguments, registry, SCHEMA.config)


def _is_passed(field: GraphQLField, argument: ArgumentNode) -> bool:
    """Whether ``argument`` is a variable whose value needs no more than to be handed on."""
    named = get_named_type(field.args[argument.name.value].type)
    return isinstance(argument.value, VariableNode) and not isinstance(named, GraphQLInputObjectType)


def _passed(field: GraphQLField, argument: ArgumentNode) -> VariableArgument:
    assert isinstance(argument.value, VariableNode)
    type_ = field.args[argument.name.value].type
    named = SCHEMA.config.name_converter.from_argument
    python_names = {named(each): each.python_name for each in strawberry_field(field).arguments}
    return VariableArgument(
        python_names[argument.name.value], argument.value.name.value, isinstance(type_, GraphQLNonNull)
    )


def _holds_variable(value: ValueNode) -> bool:
    """Whether a variable stands somewhere in ``value``."""
    parts = [*getattr(value, "values", ()), *(each.value for each in getattr(value, "fields", ()))]
    return isinstance(value, VariableNode) or any(map(_holds_variable, parts))

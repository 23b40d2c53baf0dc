"""How many values an introspection comes to, counted before it runs.

What introspection asks about is known: the elements of the schema itself. So each field of the
document is followed from all elements that reach it at once; an element that is reached many
times over is looked at once and counted as often.
"""

from collections.abc import Mapping, Sequence
from types import SimpleNamespace
from typing import Any, TypeAlias

from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLObjectType,
    SelectionSetNode,
    get_named_type,
    get_nullable_type,
    is_leaf_type,
    is_list_type,
)
from graphql.execution.values import VariableValues, get_argument_values
from graphql.type.introspection import SchemaMetaFieldDef, TypeMetaFieldDef

from schema.definition import SCHEMA
from schema.graphql.collect import Fragments, collect, subsets
from schema.graphql.limits import Budget

SHORT_KEY = 64  # characters; a longer answer key counts as several values, for each value brings it along
Elements: TypeAlias = dict[int, tuple[Any, int]]  # by identity: an element of the schema, and how often it is reached
INFO: Any = SimpleNamespace(schema=SCHEMA._schema)
META_FIELDS: Mapping[str, GraphQLField] = {"__schema": SchemaMetaFieldDef, "__type": TypeMetaFieldDef}
WHOLE_SCHEMA: Elements = {id(SCHEMA._schema): (SCHEMA._schema, 1)}


def introspection_size(nodes: Sequence[FieldNode], fragments: Fragments, variables: VariableValues) -> int:
    """Return how many values ``nodes``, introspection fields of the root, come to.

    Raises ``GraphqlValidationFailed`` as soon as they are more than one request may ask for, and
    ``GraphQLError`` where a variable that decides a directive is null.
    """
    walk = _Walk(fragments, variables)
    walk.root(nodes)
    return walk.budget.spent["values"]


class _Walk:
    def __init__(self, fragments: Fragments, variables: VariableValues) -> None:
        self._fragments, self._variables, self.budget = fragments, variables, Budget()

    def root(self, nodes: Sequence[FieldNode]) -> None:
        fields, steps = collect([SelectionSetNode(selections=tuple(nodes))], self._fragments, self._variables.coerced)
        self.budget.spend(values=steps)
        for same in fields.values():
            name = same[0].name.value
            elements = WHOLE_SCHEMA if name == "__schema" else self._type_named_by(same[0])
            self._below(META_FIELDS[name], same, elements)

    def _type_named_by(self, node: FieldNode) -> Elements:
        try:
            name = get_argument_values(TypeMetaFieldDef, node, self._variables)["name"]
        except GraphQLError:  # the field will be null, and has its error when it runs
            return {}
        type_ = SCHEMA._schema.get_type(name)
        return {} if type_ is None else {id(type_): (type_, 1)}

    def _below(self, field: GraphQLField, nodes: Sequence[FieldNode], elements: Elements) -> None:
        """Count what ``nodes``, merged, come to below ``elements``, the values of ``field``."""
        type_ = get_named_type(field.type)
        if not elements or not isinstance(type_, GraphQLObjectType):
            return
        fields, steps = collect(subsets(nodes), self._fragments, self._variables.coerced)
        times = sum(times for _, times in elements.values())
        self.budget.spend(values=steps + times * sum(1 + len(key) // SHORT_KEY for key in fields))
        for same in fields.values():
            below = type_.fields.get(same[0].name.value)
            if below is not None and _leads_on(below):
                self._below(below, same, self._values(below, elements))

    def _values(self, field: GraphQLField, elements: Elements) -> Elements:
        """What ``field`` of all ``elements`` leads to, deprecated or not."""
        assert field.resolve is not None
        values: Elements = {}
        for element, times in elements.values():
            value = field.resolve(element, INFO, **dict.fromkeys(field.args, True))
            for one in (value or ()) if _is_list(field) else (value,):
                if one is not None:
                    key = id(one[1] if isinstance(one, tuple) else one)
                    values[key] = (one, times + (values[key][1] if key in values else 0))
        if is_leaf_type(get_named_type(field.type)):
            self.budget.spend(values=sum(times for _, times in values.values()))
        return values


def _leads_on(field: GraphQLField) -> bool:
    return _is_list(field) or not is_leaf_type(get_named_type(field.type))


def _is_list(field: GraphQLField) -> bool:
    return is_list_type(get_nullable_type(field.type))

"""The rules of the specification that a document can break at all: asking the others takes as long."""

from functools import lru_cache

from graphql import (
    DeferStreamDirectiveLabel,
    DeferStreamDirectiveOnRootField,
    DeferStreamDirectiveOnValidOperationsRule,
    KnownDirectivesRule,
    KnownFragmentNamesRule,
    MaxIntrospectionDepthRule,
    NoFragmentCyclesRule,
    NoSchemaIntrospectionCustomRule,
    NoUndefinedVariablesRule,
    NoUnusedFragmentsRule,
    NoUnusedVariablesRule,
    PossibleFragmentSpreadsRule,
    SingleFieldSubscriptionsRule,
    StreamDirectiveOnListField,
    UniqueDirectivesPerLocationRule,
    UniqueFragmentNamesRule,
    UniqueVariableNamesRule,
    VariablesAreInputTypesRule,
    VariablesInAllowedPositionRule,
    specified_rules,
)
from graphql.validation import ASTValidationRule
from graphql.validation.rules import overlapping_fields_can_be_merged

Rules = tuple[type[ASTValidationRule], ...]

# Comparing each two fields of one name takes about a microsecond; the library's own budget is half a second.
overlapping_fields_can_be_merged.MAX_COMPLEXITY_BUDGET = 30_000

# what a document must hold somewhere to break any of the rules
BREAKABLE: dict[str, tuple[type[ASTValidationRule], ...]] = {
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


def rules_for(text: str, *, introspection: bool = True) -> Rules:
    """Return the rules that the document ``text`` can break; without ``introspection`` one more."""
    rules = _without(tuple(sign for sign in BREAKABLE if sign not in text))
    return rules if introspection else (*rules, NoSchemaIntrospectionCustomRule)


@lru_cache(maxsize=64)
def _without(signs: tuple[str, ...]) -> Rules:
    unbreakable = {rule for sign in signs for rule in BREAKABLE[sign]}
    return tuple(rule for rule in specified_rules if rule not in unbreakable)

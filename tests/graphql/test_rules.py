"""Every rule of the specification is still asked, of each document that can break it."""

import pytest
from graphql import parse, specified_rules, validate

from schema.definition import GRAPHQL_SCHEMA
from schema.graphql.document import CONDITIONAL_RULES, rules_for
from tests.client import ask
from tests.clinic import Clinic

VIOLATIONS = {
    "ExecutableDefinitionsRule": "{ viewer { role } } type X { a: Int }",
    "KnownOperationTypesRule": "subscription { viewer }",
    "UniqueOperationNamesRule": "query A { viewer { role } } query A { viewer { role } }",
    "LoneAnonymousOperationRule": "{ viewer { role } } query A { viewer { role } }",
    "KnownTypeNamesRule": "{ viewer { ... on Nobody { role } } }",
    "FragmentsOnCompositeTypesRule": "{ viewer { ... on String { role } } }",
    "VariablesAreInputTypesRule": "query ($v: Viewer) { viewer { role @include(if: $v) } }",
    "ScalarLeafsRule": "{ viewer { role { x } } }",
    "FieldsOnCorrectTypeRule": "{ viewer { nope } }",
    "UniqueFragmentNamesRule": "{ viewer { ...F } } fragment F on Viewer { role } fragment F on Viewer { role }",
    "KnownFragmentNamesRule": "{ viewer { ...F } }",
    "NoUnusedFragmentsRule": "{ viewer { role } } fragment F on Viewer { role }",
    "PossibleFragmentSpreadsRule": "{ viewer { ... on User { id } } }",
    "NoFragmentCyclesRule": "{ viewer { ...F } } fragment F on Viewer { ...F }",
    "UniqueVariableNamesRule": "query ($a: Int, $a: Int) { specialists(first: $a) { totalCount } }",
    "NoUndefinedVariablesRule": "{ specialists(first: $a) { totalCount } }",
    "NoUnusedVariablesRule": "query ($a: Int) { viewer { role } }",
    "KnownDirectivesRule": "{ viewer { role @nope } }",
    "UniqueDirectivesPerLocationRule": "{ viewer { role @skip(if: false) @skip(if: false) } }",
    "KnownArgumentNamesRule": "{ viewer(nope: 1) { role } }",
    "UniqueArgumentNamesRule": "{ specialists(first: 1, first: 1) { totalCount } }",
    "ValuesOfCorrectTypeRule": '{ specialists(first: "x") { totalCount } }',
    "ProvidedRequiredArgumentsRule": "{ specialist { id } }",
    "VariablesInAllowedPositionRule": "query ($a: String) { specialists(first: $a) { totalCount } }",
    "OverlappingFieldsCanBeMergedRule": "{ viewer { role } viewer: specialists { totalCount } }",
    "UniqueInputFieldNamesRule": '{ specialists(filter: {search: "a", search: "b"}) { totalCount } }',
    "MaxIntrospectionDepthRule": (
        "{ __schema { types { fields { type { fields { type { fields { type { fields { name } } } } } } } } } }"
    ),
}
# about a type and directives that the schema does not have: other rules refuse what these would
IDLE = {
    "SingleFieldSubscriptionsRule": "subscription { a b }",
    "DeferStreamDirectiveOnRootField": "{ ... @defer { viewer { role } } }",
    "DeferStreamDirectiveOnValidOperationsRule": "mutation { ... @defer { __typename } }",
    "DeferStreamDirectiveLabel": '{ viewer { ... @defer(label: "a") { role } ... @defer(label: "a") { role } } }',
    "StreamDirectiveOnListField": "{ viewer { role @stream(initialCount: 1) } }",
}


def test_every_rule_has_a_document_here() -> None:
    assert {rule.__name__ for rule in specified_rules} == VIOLATIONS.keys() | IDLE.keys()
    assert {rule for rules in CONDITIONAL_RULES.values() for rule in rules} <= set(specified_rules)


@pytest.mark.parametrize("rule", VIOLATIONS)
def test_a_rule_is_asked_of_the_document_that_breaks_it(rule: str) -> None:
    (rule_class,) = (rule_class for rule_class in rules_for(VIOLATIONS[rule]) if rule_class.__name__ == rule)

    assert validate(GRAPHQL_SCHEMA, parse(VIOLATIONS[rule]), [rule_class])


@pytest.mark.parametrize("rule", [*VIOLATIONS, *IDLE])
async def test_a_document_that_breaks_a_rule_is_refused(rule: str, west: Clinic) -> None:
    reply = await ask(west.admin, (VIOLATIONS | IDLE)[rule])

    assert "data" not in reply.body
    assert set(reply.codes) == {"graphql_validation_failed"}

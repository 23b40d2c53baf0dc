"""Introspection is counted before it runs, as everything else is; that of tools stays far below the limit."""

import asyncio
import json
from time import process_time
from typing import Any

import pytest
from graphql import execute_sync, get_introspection_query, parse

from resolvers.cost import COST_BYTES, MAX_COST
from schema.definition import GRAPHQL_SCHEMA
from schema.graphql.cost import WEIGHTS, CostCounter
from schema.graphql.introspection import Introspection, introspection_size
from schema.graphql.plan import Planner
from schema.graphql.request import GraphqlRequest
from tests.client import ask
from tests.clinic import Clinic

OPTIONS = (
    "specified_by_url",
    "directive_is_repeatable",
    "schema_description",
    "input_value_deprecation",
    "experimental_directive_deprecation",
    "one_of",
)
TOOLS = {
    "nothing but the default": get_introspection_query(),
    "no descriptions": get_introspection_query(descriptions=False),
    **{option: get_introspection_query(**{option: True}) for option in OPTIONS},
    "everything": get_introspection_query(**dict.fromkeys(OPTIONS, True)),
    "wrappers twelve deep": get_introspection_query(type_depth=12),
    "names of types": "{ __schema { queryType { name } types { kind name possibleTypes { name } } } }",
    "fields of each type": "{ __schema { types { name fields { name type { kind name ofType { kind name } } } } } }",
    "the features of a server": (
        '{ input: __type(name: "__InputValue") { fields(includeDeprecated: true) { name } }'
        ' directive: __type(name: "__Directive") { fields(includeDeprecated: true) { name } }'
        ' type: __type(name: "__Type") { fields { name } } __schema { queryType { name } } }'
    ),
}


def _aliases(count: int, selection: str) -> str:
    """``selection`` that often, so that nothing merges."""
    return " ".join(f"a{number}: {selection}" for number in range(count))


def _fields_of_fields(outer: int, inner: int) -> str:
    """Each type's fields under many aliases, and below each field those of its type under many more."""
    first = f"fragment F on __Type {{ {_aliases(outer, 'fields { type { ...G } }')} }}"
    second = f"fragment G on __Type {{ {_aliases(inner, 'fields { name }')} }}"
    return f"{{ __schema {{ types {{ ...F }} }} }} {first} {second}"


def _types(aliases: int) -> str:
    return f"{{ {_aliases(aliases, '__schema { types { name kind description } }')} }}"


def _values(value: Any) -> int:
    if isinstance(value, dict):
        return len(value) + sum(map(_values, value.values()))
    return sum(map(_values, value)) if isinstance(value, list) else 0


@pytest.mark.parametrize("tool", TOOLS)
async def test_the_introspection_of_tools_is_answered_and_needs_half_of_the_limit_at_most(
    tool: str, west: Clinic
) -> None:
    reply = await ask(west.patient, TOOLS[tool])

    assert reply.errors == []
    assert reply.data == execute_sync(GRAPHQL_SCHEMA, parse(TOOLS[tool])).data
    plan, variables = Planner().plan(TOOLS[tool], None, {})
    assert (
        introspection_size(plan.introspection, plan.document.fragments, variables)
        <= MAX_COST * COST_BYTES / WEIGHTS["introspection"] / 2
    )


@pytest.mark.parametrize(
    "document",
    [
        *TOOLS.values(),
        _fields_of_fields(2, 2),
        _types(20),
        "{ __schema { directives { a: locations locations args { name } } } __typename }",
        "{ __schema { types { fields { args { type { ofType { ofType { ofType { name } } } } } } } } }",
    ],
    ids=lambda document: document[:60],
)
def test_nothing_is_counted_for_less_than_it_comes_to(document: str) -> None:
    plan, variables = Planner().plan(document, None, {})
    tree = parse(document)
    values = _values(execute_sync(GRAPHQL_SCHEMA, tree).data)

    size = introspection_size(plan.introspection, plan.document.fragments, variables)

    assert values - 1 <= size <= values + (tree.token_count or 0) + 300


HOSTILE = {
    "fields of the types of fields": _fields_of_fields(95, 160),
    "types under many aliases": _types(150),
    "a long alias": f"{{ __schema {{ types {{ {'x' * 30_000}: name }} }} }}",
    "fields that merge": (
        f"{{ __schema {{ types {{ {_aliases(100, 'fields { ...G }')} }} }} }}"
        f" fragment G on __Field {{ {'name ' * 400} }}"
    ),
    "locations": (
        f"{{ __schema {{ {_aliases(60, 'directives { ...L }')} }} }}"
        f" fragment L on __Directive {{ {_aliases(40, 'locations')} }}"
    ),
    "one type over and over": (
        "{ " + _aliases(60, '__type(name: "Query") { ...T }') + " }"
        f" fragment T on __Type {{ {_aliases(20, 'fields { name }')} }}"
    ),
}


@pytest.mark.parametrize("more", ["", "viewer { role } "], ids=["alone", "beside data"])
@pytest.mark.parametrize("case", HOSTILE)
async def test_introspection_that_comes_to_too_much_is_refused_before_anything_runs(
    case: str, more: str, west: Clinic
) -> None:
    document = HOSTILE[case].replace("{", f"{{ {more}", 1)
    since = process_time()

    reply = await ask(west.patient, document)

    assert process_time() - since < 1
    assert "data" not in reply.body
    assert reply.codes == ["graphql_validation_failed"]
    assert reply.headers["x-sql-statements"] == "0"


async def introspected(introspection: Introspection, document: str, name: str | None = None, **values: Any) -> object:
    plan, variables = Planner().plan(document, name, values)
    return await introspection.run(plan, variables, GraphqlRequest(document, name, values), CostCounter())


async def test_an_answer_is_kept_by_document_operation_and_variables() -> None:
    introspection = Introspection()
    document = "query A($n: String!) { __type(name: $n) { name } } query B { __schema { queryType { name } } }"

    first = await introspected(introspection, document, "A", n="User")

    assert await introspected(introspection, document, "A", n="User") is first
    assert await introspected(introspection, document, "A", n="Viewer") != first
    assert await introspected(introspection, document, "B", n="User") != first


@pytest.mark.parametrize(("depth", "status"), [(1, 200), (62, 200), (63, 400), (900, 400), (968, 400)])
async def test_variables_that_are_not_declared_do_not_matter_unless_they_are_nested_too_deeply(
    depth: int, status: int, west: Clinic
) -> None:
    variables = f'{{"z": {"[" * depth}{"]" * depth}}}'
    body = f'{{"query": "{{ __schema {{ queryType {{ name }} }} }}", "variables": {variables}}}'

    answer = await west.patient.http.post(
        "/graphql", headers=west.patient.headers | {"content-type": "application/json"}, content=body
    )

    assert answer.status_code == status


async def test_the_event_loop_goes_on_while_introspection_runs() -> None:
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    ticking = asyncio.create_task(turn())
    await introspected(Introspection(), _types(60))
    ticking.cancel()

    assert turns > 5  # one or two where the loop has to wait; a slow machine gives a few dozen


@pytest.mark.parametrize("aliases", [60, 140])
async def test_what_introspection_comes_to_decides_not_what_it_is_written_with(aliases: int, west: Clinic) -> None:
    reply = await ask(west.patient, _types(aliases))

    assert reply.codes == ([] if aliases == 60 else ["graphql_validation_failed"])
    assert len(json.dumps(reply.body)) < 1 << 20

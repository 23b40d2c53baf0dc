"""Check the cost of a request: how it is counted and told, what is refused, and that responses are no larger."""

from time import process_time
from typing import Any

import pytest

from resolvers.cost import COST_BYTES, MAX_COST
from resolvers.inputs import fields_of
from resolvers.weights import COLUMN_WEIGHTS
from schema.graphql.errors import RequestFailedError
from schema.graphql.limits import MAX_CHARACTERS, MAX_VARIABLE_VALUES
from schema.graphql.plan import Planner
from schema.rest.resources import RESOURCES
from tests.bench.documents import EVERY_FIELD
from tests.client import Member, ask, json_text
from tests.clinic import Clinic
from tests.fuzz.hostile_documents import SEARCH, document, fragment, page, repeat, specialists

LONG_KEY = "k" * 9_000
USUAL = {
    "a page of everything": page(EVERY_FIELD),
    "specialties with their specialists": (
        "{ specialties(first: 100) { nodes { id title specialists(first: 25) { totalCount nodes { id name } } } } }"
    ),
    "two pages": document(f"a: {specialists('id name')} b: {specialists('id name', 'first: 100, deleted: true')}"),
    "edges": "{ specialists(first: 50) { edges { cursor node { id name } } pageInfo { hasNextPage endCursor } } }",
    "the viewer": "{ viewer { id role organization { id slug name } user { id email username } } }",
}
TOO_EXPENSIVE = {
    "data": page(repeat(100, "a%: description")),
    "data of long keys": document(f"specialties(first: 100) {{ nodes {{ {specialists(f'{LONG_KEY}: id')} }} }}"),
    "lists": document(
        repeat(12, "a%: specialists(first: 1) { nodes { ...F0 } }"), fragment(0, repeat(200, "f%: specialties { id }"))
    ),
    "fields": document(repeat(8, "a%: specialist(id: 1) { ...F0 }"), fragment(0, repeat(590, "f%: id"))),
    "conditions": document(repeat(25, SEARCH)),
    "introspection": document(repeat(150, "a%: __schema { types { name kind } }")),
}


async def cost_of(member: Member, query: str) -> dict[str, int]:
    """Return the cost by kind of work that the result tells on request."""
    body: dict[str, Any] = {"query": query, "extensions": {"cost": True}}
    response = await member.rest("POST", "/graphql", body)
    cost: dict[str, int] = response.json()["extensions"]["cost"]
    assert response.headers["x-cost"] == str(cost["cost"])
    return cost


@pytest.mark.parametrize("case", TOO_EXPENSIVE)
async def test_too_expensive_a_request_is_refused_with_its_cost_and_the_limit(case: str, west: Clinic) -> None:
    reply = await ask(west.patient, TOO_EXPENSIVE[case])

    assert "data" not in reply.body
    assert reply.codes == ["graphql_validation_failed"]
    (error,) = reply.errors
    assert error["extensions"]["cost"] > error["extensions"]["limit"] == MAX_COST
    assert error["message"].endswith(f"most of it for {case.partition(' ')[0]}")
    assert reply.headers["x-sql-statements"] == "0"


@pytest.mark.parametrize("case", USUAL)
async def test_usual_requests_cost_half_of_the_limit_at_most(case: str, west: Clinic) -> None:
    cost = await cost_of(west.patient, USUAL[case])

    assert cost["limit"] == MAX_COST
    assert 0 < cost["cost"] <= MAX_COST / 2
    parts = sum(amount for kind, amount in cost.items() if kind not in ("cost", "limit"))
    assert parts - len(cost) <= cost["cost"] <= parts


async def test_a_result_tells_its_cost_only_on_request(west: Clinic) -> None:
    body = {"query": USUAL["the viewer"], "extensions": {"cost": "yes"}}

    response = await west.patient.rest("POST", "/graphql", body)

    assert list(response.json()) == ["data"]


@pytest.mark.parametrize("case", USUAL)
async def test_no_response_is_larger_than_its_data_cost(case: str, west: Clinic) -> None:
    reply = await ask(west.admin, USUAL[case])

    cost = await cost_of(west.admin, USUAL[case])

    assert len(json_text(reply.data).encode()) <= COST_BYTES * cost["data"]


async def test_the_size_of_a_page_decides_in_both_apis(west: Clinic) -> None:
    answers = [
        await west.patient.rest("GET", f"/v1/specialists?include=specialties&page_size={size}") for size in (10, 100)
    ]

    small, large = [int(answer.headers["x-cost"]) for answer in answers]

    assert 2 * small < large <= MAX_COST / 2


def test_a_text_weighs_as_much_as_its_rule_allows() -> None:
    fields = {name: field for resource in RESOURCES for name, field in fields_of(resource.draft).items()}
    lengths = {name: field.rule.json_schema["maxLength"] for name, field in fields.items() if _has_length(field.rule)}

    assert "description" in lengths
    assert {name for name, length in lengths.items() if COLUMN_WEIGHTS[name] < length} == set()


def _has_length(rule: Any) -> bool:
    return "maxLength" in rule.json_schema


async def test_a_document_of_many_characters_is_refused_unread(west: Clinic) -> None:
    replies = [
        await ask(west.patient, f"#{'x' * length}\n{{ viewer {{ role }} }}")
        for length in (MAX_CHARACTERS - 100, MAX_CHARACTERS)
    ]

    assert [reply.codes for reply in replies] == [[], ["graphql_validation_failed"]]


@pytest.mark.parametrize(
    "value",
    [["NAME_ASC"] * MAX_VARIABLE_VALUES, [["NAME_ASC"]] * MAX_VARIABLE_VALUES, {"x": [1] * MAX_VARIABLE_VALUES}],
)
async def test_variables_of_many_values_are_refused_before_they_are_coerced(value: object, west: Clinic) -> None:
    query = "query ($v: [SpecialistSort!]) { specialists(sort: $v) { totalCount } }"

    reply = await ask(west.patient, query, {"v": value})

    assert reply.codes == ["bad_user_input"]
    assert f"{MAX_VARIABLE_VALUES:,} values" in reply.errors[0]["message"]


@pytest.mark.parametrize(
    "text",
    [page("a: name a: title " * 150), document("viewer { role } " * 400), TOO_EXPENSIVE["fields"]],
    ids=["conflicting", "overlapping", "expensive"],
)
def test_a_refused_document_is_not_checked_again(text: str) -> None:
    planner, seconds = Planner(), []

    for _ in range(4):
        since = process_time()
        with pytest.raises(RequestFailedError):
            planner.plan(text, None, {})
        seconds.append(process_time() - since)

    assert min(seconds[1:]) < seconds[0] / 4


async def test_a_refused_document_costs_what_reading_it_takes(west: Clinic) -> None:
    short, long = [
        (await ask(west.patient, document(f"viewer {{ {'nothing ' * count} }}"))).headers["x-cost"]
        for count in (1, 999)
    ]

    assert int(short) < 100
    assert int(long) == 2_000

"""Variables: defaults, null and absent, coercion."""

from typing import Any

import pytest

from tests.client import ask
from tests.clinic import Clinic
from tests.roster import FIRST_ID

SIZE = "query ($n: Int%s) { specialists(pageSize: $n) { pageInfo { pageSize } } }"


@pytest.mark.parametrize(
    ("default", "variables", "size"),
    [
        ("", {}, 25),
        ("", {"n": None}, 25),
        ("", {"n": 3}, 3),
        (" = 4", {}, 4),
        (" = 4", {"n": None}, 25),
        (" = 4", {"n": 3}, 3),
        (" = null", {}, 25),
        ("! = 4", {}, 4),
        ("!", {"n": 3}, 3),
        ("", {"n": 3.0}, 3),
        ("", {"n": 3, "unknown": {"x": [1]}}, 3),
    ],
)
async def test_a_variable_has_the_value_given_or_its_default(
    default: str, variables: dict[str, Any], size: int, west: Clinic
) -> None:
    reply = await ask(west.patient, SIZE.replace("%s", default), variables)

    assert reply.text == f'{{"specialists":{{"pageInfo":{{"pageSize":{size}}}}}}}'


async def test_one_document_serves_all_values_of_its_variables(west: Clinic) -> None:
    document = "query ($id: ID!, $n: Int) { specialty(id: $id) { id specialists(first: $n) { nodes { id } } } }"
    for number, size in ((0, 1), (1, 2), (0, None), (1, 1)):
        reply = await ask(west.patient, document, {"id": FIRST_ID + number, "n": size})

        assert reply.data["specialty"]["id"] == str(FIRST_ID + number)
        assert size is None or len(reply.data["specialty"]["specialists"]["nodes"]) == size


@pytest.mark.parametrize("value", [FIRST_ID, str(FIRST_ID), float(FIRST_ID)])
async def test_an_id_may_be_given_as_a_number(value: object, west: Clinic) -> None:
    reply = await ask(west.patient, "query ($id: ID!) { specialist(id: $id) { id } }", {"id": value})

    assert reply.text == f'{{"specialist":{{"id":"{FIRST_ID}"}}}}'


async def test_one_value_stands_for_a_list_of_one(west: Clinic) -> None:
    document = "query ($s: [SpecialistSort!]) { specialists(sort: $s, first: 1) { nodes { id } } }"

    one, several = [await ask(west.patient, document, {"s": sort}) for sort in ("SLUG_DESC", ["SLUG_DESC"])]

    assert one.text == several.text == '{"specialists":{"nodes":[{"id":"%s"}]}}' % (FIRST_ID + 9)


async def test_variables_may_stand_within_lists_and_inputs(west: Clinic) -> None:
    reply = await ask(
        west.patient,
        "query ($s: SpecialistSort!, $i: ID, $b: Boolean) { specialists(sort: [TITLE_ASC, $s],"
        " filter: {specialtyId: $i, schedulingActive: $b}) { totalCount nodes { schedulingActive } } }",
        {"s": "NAME_DESC", "i": FIRST_ID, "b": False},
    )

    assert reply.errors == []
    assert {record["schedulingActive"] for record in reply.data["specialists"]["nodes"]} == {False}


@pytest.mark.parametrize("variables", [{}, {"f": None}, {"f": {}}, {"f": {"search": None, "schedulingActive": None}}])
async def test_a_filter_that_says_nothing_narrows_nothing(variables: dict[str, Any], west: Clinic) -> None:
    reply = await ask(
        west.patient, "query ($f: SpecialistFilter) { specialists(filter: $f) { totalCount } }", variables
    )

    assert reply.text == '{"specialists":{"totalCount":11}}'


@pytest.mark.parametrize(
    ("variables", "title"),
    [({}, '"Before"'), ({"t": None}, "null"), ({"t": "After"}, '"After"')],
    ids=["absent keeps", "null clears", "a value changes"],
)
async def test_a_variable_within_an_input_keeps_clears_or_changes(
    variables: dict[str, Any], title: str, north: Clinic
) -> None:
    id_ = await north.add_specialist(title="Before")

    reply = await ask(
        north.admin,
        "mutation ($id: ID!, $t: String) { updateSpecialist(id: $id, input: {title: $t}) { title } }",
        {"id": id_} | variables,
    )

    assert reply.text == f'{{"updateSpecialist":{{"title":{title}}}}}'


@pytest.mark.parametrize(
    ("input_", "title"), [("{}", '"Before"'), ("{title: null}", "null"), ('{title: "After"}', '"After"')]
)
async def test_an_input_in_the_document_keeps_clears_or_changes(input_: str, title: str, north: Clinic) -> None:
    id_ = await north.add_specialist(title="Before")

    reply = await ask(north.admin, f'mutation {{ updateSpecialist(id: "{id_}", input: {input_}) {{ title }} }}')

    assert reply.text == f'{{"updateSpecialist":{{"title":{title}}}}}'


INVALID_VARIABLES: list[tuple[str, dict[str, Any]]] = [
    ("query ($n: Int!) { specialists(first: $n) { totalCount } }", {}),
    ("query ($n: Int!) { specialists(first: $n) { totalCount } }", {"n": None}),
    ("query ($n: Int) { specialists(first: $n) { totalCount } }", {"n": "3"}),
    ("query ($n: Int) { specialists(first: $n) { totalCount } }", {"n": 3.5}),
    ("query ($n: Int) { specialists(first: $n) { totalCount } }", {"n": 2**31}),
    ("query ($n: Int) { specialists(first: $n) { totalCount } }", {"n": True}),
    ("query ($n: Int) { specialists(first: $n) { totalCount } }", {"n": [3]}),
    ("query ($i: ID!) { specialist(id: $i) { id } }", {"i": {"id": 1}}),
    ("query ($i: ID!) { specialist(id: $i) { id } }", {"i": 1.5}),
    ("query ($i: ID!) { specialist(id: $i) { id } }", {"i": True}),
    ("query ($s: [SpecialistSort!]) { specialists(sort: $s) { totalCount } }", {"s": ["NAME"]}),
    ("query ($s: [SpecialistSort!]) { specialists(sort: $s) { totalCount } }", {"s": [None]}),
    ("query ($f: SpecialistFilter) { specialists(filter: $f) { totalCount } }", {"f": {"surch": "x"}}),
    ("query ($f: SpecialistFilter) { specialists(filter: $f) { totalCount } }", {"f": {"search": 5}}),
    ("query ($f: SpecialistFilter) { specialists(filter: $f) { totalCount } }", {"f": "x"}),
]


@pytest.mark.parametrize(("document", "variables"), INVALID_VARIABLES)
async def test_a_value_that_does_not_fit_its_type_is_refused(
    document: str, variables: dict[str, Any], west: Clinic
) -> None:
    reply = await ask(west.patient, document, variables)

    assert "data" not in reply.body
    assert reply.codes == ["bad_user_input"]


@pytest.mark.parametrize("more", ["", "__schema { __typename }"])
async def test_null_for_an_argument_that_cannot_be_null_is_the_clients_mistake(more: str, west: Clinic) -> None:
    reply = await ask(west.patient, f'query ($i: ID = "1") {{ specialist(id: $i) {{ id }} {more} }}', {"i": None})

    assert reply.data["specialist"] is None
    assert reply.paths == [["specialist"]]
    assert reply.codes == ["bad_user_input"]


@pytest.mark.parametrize(
    "document",
    [
        "query ($n: Int) { viewer { role } }",
        "{ specialists(first: $n) { totalCount } }",
        "query ($n: Int, $n: Int) { specialists(first: $n) { totalCount } }",
        "query ($n: String) { specialists(first: $n) { totalCount } }",
        "query ($n: Specialist) { specialists(first: $n) { totalCount } }",
        "query ($n: Nothing) { specialists(first: $n) { totalCount } }",
        "query ($i: ID) { specialist(id: $i) { id } }",
        'query ($n: Int = "x") { specialists(first: $n) { totalCount } }',
    ],
)
async def test_a_variable_that_is_not_declared_as_it_is_used_is_refused(document: str, west: Clinic) -> None:
    reply = await ask(west.patient, document, {"n": 1, "i": 1})

    assert "data" not in reply.body
    assert set(reply.codes) == {"graphql_validation_failed"}

"""``@skip`` and ``@include``: in all combinations, on everything that can carry them."""

from itertools import product

import pytest

from tests.client import Member, ask
from tests.clinic import Clinic
from tests.roster import FIRST_ID

DOCUMENTS = {
    "a field": "viewer { role name: role @@ }",
    "an inline fragment": "viewer { role ... @@ { name: role } }",
    "an inline fragment with a type": "viewer { role ... on Viewer @@ { name: role } }",
    "a spread": "viewer { role ...F @@ }",
    "a root field": "viewer { role } name: viewer @@ { role }",
    "a fragment of root fields": "viewer { role } ... on Query @@ { name: viewer { role } }",
    "a record below": "viewer { role name: organization @@ { __typename } }",
    "a typename": "viewer { role name: __typename @@ }",
}
FRAGMENT = "fragment F on Viewer { name: role }"
CONDITIONS = (None, "true", "false", "$yes", "$no")
HOLDS = {"true": True, "$yes": True, "false": False, "$no": False}


def _directives(skip: str | None, include: str | None) -> str:
    return (f"@skip(if: {skip})" if skip else "") + (f" @include(if: {include})" if include else "")


async def _has_name(who: Member, selection: str) -> bool:
    declarations = [f"${name}: Boolean!" for name in ("yes", "no") if f"${name}" in selection]
    signature = f"({', '.join(declarations)})" if declarations else ""
    fragment = FRAGMENT if "...F" in selection else ""

    reply = await ask(who, f"query Q{signature} {{ {selection} }} {fragment}", {"yes": True, "no": False})

    assert reply.errors == []
    assert reply.data["viewer"]["role"] == "patient"
    return "name" in (reply.data | reply.data["viewer"])


@pytest.mark.parametrize("place", DOCUMENTS)
async def test_something_stays_if_it_is_included_and_not_skipped(place: str, west: Clinic) -> None:
    for skip, include in product(CONDITIONS, CONDITIONS):
        selection = DOCUMENTS[place].replace("@@", _directives(skip, include))

        stays = await _has_name(west.patient, selection)

        assert stays is (not HOLDS.get(skip or "", False) and HOLDS.get(include or "", True)), selection


@pytest.mark.parametrize(("a", "b", "c"), list(product([True, False], repeat=3)))
async def test_one_document_serves_all_values_of_its_conditions(a: bool, b: bool, c: bool, west: Clinic) -> None:
    reply = await ask(
        west.patient,
        "query ($a: Boolean!, $b: Boolean!, $c: Boolean = false) { viewer {"
        " role one: role @include(if: $a) ... @skip(if: $b) { two: role three: role @include(if: $c) } } }",
        {"a": a, "b": b, "c": c},
    )

    presence = {"one": a, "two": not b, "three": not b and c}
    assert list(reply.data["viewer"]) == ["role", *(key for key, stays in presence.items() if stays)]


async def test_a_field_stays_if_one_of_its_mentions_does(west: Clinic) -> None:
    reply = await ask(west.patient, "{ viewer { role @skip(if: true) role role @include(if: false) } }")

    assert reply.text == '{"viewer":{"role":"patient"}}'


async def test_a_mention_that_is_skipped_does_not_add_to_the_selection(west: Clinic) -> None:
    reply = await ask(
        west.patient, "{ viewer { organization { __typename } organization @skip(if: true) { id } role } }"
    )

    assert reply.text == '{"viewer":{"organization":{"__typename":"Organization"},"role":"patient"}}'


async def test_a_fragment_that_is_skipped_once_can_be_entered_later(west: Clinic) -> None:
    reply = await ask(west.patient, "{ viewer { ...F @skip(if: true) role ...F } } fragment F on Viewer { name: role }")

    assert reply.text == '{"viewer":{"role":"patient","name":"patient"}}'


async def test_an_object_all_of_whose_fields_are_skipped_is_empty(west: Clinic) -> None:
    reply = await ask(
        west.patient,
        f'{{ viewer {{ role @skip(if: true) }} specialist(id: "{FIRST_ID}") {{ user {{ id @skip(if: true) }} }}'
        " specialists(first: 2) { nodes { id @skip(if: true) } pageInfo { page @skip(if: true) } } }",
    )

    assert reply.text == ('{"viewer":{},"specialist":{"user":{}},"specialists":{"nodes":[{},{}],"pageInfo":{}}}')


async def test_a_record_that_is_not_there_is_missing_even_if_nothing_of_it_is_wanted(west: Clinic) -> None:
    reply = await ask(west.patient, '{ specialist(id: "1") { id @skip(if: true) } }')

    assert reply.codes == ["specialist_not_found"]


async def test_an_operation_all_of_whose_fields_are_skipped_is_empty(west: Clinic) -> None:
    reply = await ask(west.patient, "query ($no: Boolean!) { viewer @include(if: $no) { role } }", {"no": False})

    assert reply.text == "{}"


async def test_a_mutation_that_is_skipped_does_not_run(north: Clinic) -> None:
    reply = await ask(
        north.admin,
        'mutation { a: createSpecialty(input: {title: "A", slug: "a"}) @skip(if: true) { slug }'
        ' b: createSpecialty(input: {title: "B", slug: "b"}) { slug } }',
    )

    assert reply.text == '{"b":{"slug":"b"}}'
    assert (await ask(north.admin, "{ specialties { totalCount } }")).text == '{"specialties":{"totalCount":1}}'


@pytest.mark.parametrize("more", ["", "__schema { __typename }"])
@pytest.mark.parametrize("directive", ["skip", "include"])
@pytest.mark.parametrize(
    "place",
    [
        "viewer { role name: role @@ }",
        "viewer { role } name: viewer @@ { role }",
        "__schema { types { name @@ } }",
        "__schema { types { name fields { ... @@ { name } } } }",
        "schema: __schema @@ { types { name } }",
        '__type(name: "User") { ... on __Type @@ { name } }',
    ],
)
async def test_a_condition_that_is_null_is_the_clients_mistake(
    place: str, directive: str, more: str, west: Clinic
) -> None:
    selection = place.replace("@@", f"@{directive}(if: $c)")

    reply = await ask(west.patient, f"query ($c: Boolean = true) {{ {more} {selection} }}", {"c": None})

    assert reply.data is None
    assert reply.codes == ["bad_user_input"]
    assert reply.status < 500


@pytest.mark.parametrize(
    ("directives", "variables"),
    [
        ("@skip", {}),
        ("@include", {}),
        ('@skip(if: "true")', {}),
        ("@include(if: 1)", {}),
        ("@skip(unless: true)", {}),
        ("@skip(if: true) @skip(if: true)", {}),
        ("@nope", {}),
        ("@deprecated", {}),
        ("@include(if: null)", {}),
    ],
)
async def test_a_directive_that_is_not_one_is_refused(
    directives: str, variables: dict[str, object], west: Clinic
) -> None:
    reply = await ask(west.patient, f"{{ viewer {{ role {directives} }} }}", variables)

    assert set(reply.codes) == {"graphql_validation_failed"}


@pytest.mark.parametrize("variables", [{}, {"c": None}, {"c": "true"}, {"c": 1}, {"c": [True]}, {"d": True}])
async def test_a_condition_that_must_be_there_is_demanded(variables: dict[str, object], west: Clinic) -> None:
    reply = await ask(west.patient, "query ($c: Boolean!) { viewer { role @include(if: $c) } }", variables)

    assert reply.codes == ["bad_user_input"]

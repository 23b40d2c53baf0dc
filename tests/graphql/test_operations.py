"""Which operation runs, and what becomes of the others when one root field fails."""

import pytest

from tests.client import ask
from tests.clinic import Clinic
from tests.roster import FIRST_ID

SEVERAL = "query A { viewer { role } } query B { other: viewer { role } } mutation C { t: __typename }"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("A", '{"viewer":{"role":"admin"}}'),
        ("B", '{"other":{"role":"admin"}}'),
        ("C", '{"t":"Mutation"}'),
    ],
)
async def test_the_operation_that_is_named_runs(name: str, data: str, west: Clinic) -> None:
    reply = await ask(west.admin, SEVERAL, operation_name=name)

    assert reply.text == data


@pytest.mark.parametrize("name", [None, "", "D", "a", "A "])
async def test_without_a_name_that_fits_none_of_several_operations_runs(name: str | None, west: Clinic) -> None:
    reply = await ask(west.admin, SEVERAL, operation_name=name)

    assert reply.status == 400
    assert "data" not in reply.body
    assert reply.codes == ["operation_resolution_failure"]


async def test_a_single_operation_needs_no_name(west: Clinic) -> None:
    reply = await ask(west.admin, "query A { viewer { role } }")

    assert reply.text == '{"viewer":{"role":"admin"}}'


@pytest.mark.parametrize("document", ["query A { viewer { role } }", "{ viewer { role } }"])
async def test_a_name_that_is_not_that_of_the_single_operation_is_refused(document: str, west: Clinic) -> None:
    reply = await ask(west.admin, document, operation_name="B")

    assert reply.codes == ["operation_resolution_failure"]


async def test_a_document_of_fragments_has_nothing_to_run(west: Clinic) -> None:
    reply = await ask(west.admin, "fragment F on Viewer { role }")

    assert "data" not in reply.body
    assert len(reply.errors) == 1


async def test_operations_of_one_document_share_its_fragments_and_not_its_variables(west: Clinic) -> None:
    document = (
        "query A($n: Int) { specialists(first: $n) { ...P } } query B($n: Int = 2) { specialists(first: $n) { ...P } }"
        " fragment P on SpecialistConnection { nodes { id } }"
    )

    one, two = [await ask(west.admin, document, variables, name) for variables, name in (({"n": 1}, "A"), ({}, "B"))]

    assert len(one.data["specialists"]["nodes"]) == 1
    assert len(two.data["specialists"]["nodes"]) == 2


@pytest.mark.parametrize("document", ["subscription { viewer { role } }", "subscription S { __typename }"])
async def test_there_are_no_subscriptions(document: str, west: Clinic) -> None:
    reply = await ask(west.admin, document)

    assert reply.status < 500
    assert "data" not in reply.body
    assert len(reply.errors) == 1


async def test_a_nullable_root_field_that_fails_leaves_the_others(west: Clinic) -> None:
    reply = await ask(
        west.admin,
        f'{{ a: specialist(id: "0") {{ id }} b: specialist(id: "{FIRST_ID}") {{ id }} c: specialty(id: "abc") {{ id }}'
        ' d: specialistBySlug(slug: "none") { id } viewer { role } }',
    )

    assert list(reply.data) == ["a", "b", "c", "d", "viewer"]
    assert reply.data == {"a": None, "b": {"id": str(FIRST_ID)}, "c": None, "d": None, "viewer": {"role": "admin"}}
    assert reply.paths == [["a"], ["c"], ["d"]]
    assert reply.codes == ["specialist_not_found", "specialty_not_found", "specialist_not_found"]
    assert reply.status == 200


async def test_a_root_field_that_cannot_be_null_takes_all_data_with_it(west: Clinic) -> None:
    reply = await ask(west.admin, "{ viewer { role } specialties(page: 0) { totalCount } users { totalCount } }")

    assert reply.body["data"] is None
    assert reply.paths == [["specialties"]]
    assert reply.codes == ["invalid_page"]
    assert reply.status == 200


async def test_an_error_stands_at_its_answer_key_and_at_its_place_in_the_document(west: Clinic) -> None:
    reply = await ask(west.patient, '{\n  ...F\n}\nfragment F on Query {\n  who: specialist(id: "0") { id }\n}')

    assert reply.paths == [["who"]]
    assert reply.errors[0]["locations"] == [{"line": 5, "column": 3}]


@pytest.mark.parametrize(
    "subselection",
    ["page: 0", "pageSize: 0", "first: -1", "last: -1", 'after: "x"', "page: 1, first: 1"],
)
async def test_a_bad_argument_further_down_fails_its_root_field(subselection: str, west: Clinic) -> None:
    reply = await ask(
        west.patient,
        f'{{ specialty(id: "{FIRST_ID}") {{ id specialists({subselection}) {{ totalCount }} }} viewer {{ role }} }}',
    )

    assert reply.data == {"specialty": None, "viewer": {"role": "patient"}}
    assert reply.errors[0]["path"][0] == "specialty"
    assert reply.errors[0]["extensions"]["status"] == 400


async def test_mutations_run_in_their_order(north: Clinic) -> None:
    id_ = await north.add_specialty("Zero")
    update = 'updateSpecialty(id: $id, input: {title: "%s"}) { title }'

    reply = await ask(
        north.admin,
        f"mutation ($id: ID!) {{ b: {update % 'One'} a: {update % 'Two'} c: {update % 'Three'} }}",
        {"id": id_},
    )

    assert reply.text == '{"b":{"title":"One"},"a":{"title":"Two"},"c":{"title":"Three"}}'
    assert (await ask(north.admin, "{ specialties { nodes { title } } }")).text == (
        '{"specialties":{"nodes":[{"title":"Three"}]}}'
    )


async def test_a_mutation_that_fails_leaves_those_before_and_after_it(north: Clinic) -> None:
    create = 'createSpecialty(input: {title: "T", slug: "%s"}) { slug }'

    reply = await ask(
        north.admin,
        f"mutation {{ a: {create % 'one'} b: {create % 'one'} c: {create % 'Not a slug'} d: {create % 'two'}"
        ' e: deleteSpecialty(id: "0") }',
    )

    assert list(reply.data) == ["a", "b", "c", "d", "e"]
    assert reply.data == {"a": {"slug": "one"}, "b": None, "c": None, "d": {"slug": "two"}, "e": None}
    assert reply.paths == [["b"], ["c"], ["e"]]
    assert reply.codes == ["slug_exists", "invalid_slug", "specialty_not_found"]
    listing = await ask(north.admin, "{ specialties(sort: ID_ASC) { nodes { slug } } }")
    assert listing.text == '{"specialties":{"nodes":[{"slug":"one"},{"slug":"two"}]}}'


async def test_who_may_not_write_is_told_at_every_field_and_nothing_happens(north: Clinic) -> None:
    reply = await ask(
        north.patient,
        'mutation { a: createSpecialty(input: {title: "", slug: ""}) { slug } b: deleteSpecialist(id: "0") { id }'
        " t: __typename }",
    )

    assert reply.data == {"a": None, "b": None, "t": "Mutation"}
    assert reply.paths == [["a"], ["b"]]
    assert reply.codes == ["forbidden", "forbidden"]


async def test_a_mutations_answer_has_aliases_and_fragments_like_any_other(north: Clinic) -> None:
    reply = await ask(
        north.admin,
        'mutation { made: createSpecialty(input: {title: "T", slug: "t"}) { ...S specialists { totalCount } } }'
        " fragment S on Specialty { what: __typename called: title }",
    )

    assert reply.text == '{"made":{"what":"Specialty","called":"T","specialists":{"totalCount":0}}}'

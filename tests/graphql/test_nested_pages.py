"""The specialists of a specialty, read by cursors either way in any order; a cursor is one specialty's own."""

from typing import Any

import pytest

from tests.client import GraphqlReply, Member, ask
from tests.clinic import Clinic
from tests.graphql.walking import orders
from tests.list_rules import ordered
from tests.roster import FIRST_ID, ROSTER, small

LINKS = {(link["specialty_id"], link["specialist_id"]) for link in small(12).specialist_specialties}
ACTIVE = [specialist for specialist in small(12).specialists if specialist["deleted_at"] is None]
SORTS = [
    (),
    *((sign + column,) for column in ("id", "name", "title", "slug", "created_at", "updated_at") for sign in ("", "-")),
    ("title", "-name"),
    ("-created_at", "title", "-id"),
]
WALK = """query ($id: ID!, $n: Int, $cursor: String, $sort: [SpecialistSort!]) {
    specialty(id: $id) { specialists(%s: $n, %s: $cursor, sort: $sort) {
        totalCount nodes { id } edges { cursor } pageInfo { startCursor endCursor hasNextPage hasPreviousPage pageSize }
    } }
}"""
FORWARD, BACKWARD = WALK % ("first", "after"), WALK % ("last", "before")
WRONG_LIST = "The cursor belongs to another list, sort or filter"
HOLDER = next(specialist for specialty, specialist in LINKS if specialty == FIRST_ID + 1)
PAGE = "specialists(first: 1, after: $cursor) { totalCount }"


def holders(specialty_id: int, *sort: str) -> list[int]:
    """The ids of the active specialists of a specialty, in order."""
    rows = [row for row in ACTIVE if (specialty_id, row["id"]) in LINKS]
    return [row["id"] for row in ordered(rows, *(sort or ("name",)))]


async def walk(who: Member, specialty_id: int, size: int, sort: tuple[str, ...], *, backward: bool) -> list[int]:
    """The ids of the whole list, read ``size`` at a time."""
    variables: dict[str, Any] = {"id": specialty_id, "n": size, "sort": orders(*sort) or None}
    pages: list[list[int]] = []
    cursor, more = None, True
    while more:
        reply = await ask(who, BACKWARD if backward else FORWARD, variables | {"cursor": cursor})
        page = reply.data["specialty"]["specialists"]
        info, cursors = page["pageInfo"], [edge["cursor"] for edge in page["edges"]]
        assert page["totalCount"] == len(holders(specialty_id))
        assert [info["startCursor"], info["endCursor"]] == ([cursors[0], cursors[-1]] if cursors else [None, None])
        assert info["hasNextPage" if backward else "hasPreviousPage"] is (cursor is not None)
        ids = [int(node["id"]) for node in page["nodes"]]
        pages = [ids, *pages] if backward else [*pages, ids]
        more = info["hasPreviousPage" if backward else "hasNextPage"]
        cursor = info["startCursor" if backward else "endCursor"]
    return [id_ for page in pages for id_ in page]


async def cursor_of(who: Member, specialty_id: int, arguments: str = "first: 1") -> str:
    page = f"specialists({arguments}) {{ pageInfo {{ endCursor }} }}"
    reply = await ask(who, f"query ($id: ID!) {{ specialty(id: $id) {{ {page} }} }}", {"id": specialty_id})
    cursor: str = reply.data["specialty"]["specialists"]["pageInfo"]["endCursor"]
    return cursor


def refusal(reply: GraphqlReply) -> tuple[list[str], str]:
    return reply.codes, reply.errors[0]["message"]


@pytest.mark.parametrize("backward", [False, True], ids=["forward", "backward"])
@pytest.mark.parametrize("sort", SORTS, ids=lambda sort: ",".join(sort) or "default")
async def test_a_walk_meets_each_specialist_once_in_order(sort: tuple[str, ...], backward: bool, west: Clinic) -> None:
    for specialty in ROSTER.specialties:
        expected = holders(specialty["id"], *sort)
        for size in (1, 2, 50):
            assert await walk(west.patient, specialty["id"], size, sort, backward=backward) == expected


@pytest.mark.parametrize("sort", [(), ("-title",), ("created_at", "-name")], ids=repr)
async def test_pages_below_a_list_are_sorted_and_cut_for_each_parent(sort: tuple[str, ...], west: Clinic) -> None:
    document = """query ($sort: [SpecialistSort!]) { specialties(sort: ID_ASC) { nodes { id
        head: specialists(first: 2, sort: $sort) { nodes { id } }
        tail: specialists(last: 2, sort: $sort) { nodes { id } }
    } } }"""

    reply = await ask(west.patient, document, {"sort": orders(*sort) or None})

    for node in reply.data["specialties"]["nodes"]:
        ids = [str(id_) for id_ in holders(int(node["id"]), *sort)]
        assert [specialist["id"] for specialist in node["head"]["nodes"]] == ids[:2]
        assert [specialist["id"] for specialist in node["tail"]["nodes"]] == ids[-2:]


BY_ID = f"query ($cursor: String) {{ viewer {{ role }} page: specialty(id: {FIRST_ID + 1}) {{ {PAGE} }} }}"
BY_SLUG = f'query ($cursor: String) {{ viewer {{ role }} page: specialtyBySlug(slug: "specialty-1") {{ {PAGE} }} }}'
WITHIN_SPECIALIST = f"""query ($cursor: String) {{ viewer {{ role }}
    page: specialist(id: {HOLDER}) {{ specialties {{ {PAGE} }} }} }}"""


@pytest.mark.parametrize("document", [BY_ID, BY_SLUG, WITHIN_SPECIALIST], ids=["id", "slug", "specialist"])
async def test_a_cursor_of_another_specialty_is_refused_and_other_fields_stand(document: str, west: Clinic) -> None:
    reply = await ask(west.patient, document, {"cursor": await cursor_of(west.patient, FIRST_ID + 2)})

    assert reply.data == {"viewer": {"role": "patient"}, "page": None}
    assert (refusal(reply), reply.paths) == ((["invalid_cursor"], WRONG_LIST), [["page"]])
    assert reply.errors[0]["extensions"]["field"] == "after"


async def test_a_cursor_cannot_be_good_for_all_specialties_of_a_list(west: Clinic) -> None:
    document = f"query ($cursor: String) {{ specialties {{ nodes {{ {PAGE} }} }} }}"

    reply = await ask(west.patient, document, {"cursor": await cursor_of(west.patient, FIRST_ID)})

    assert (reply.body["data"], refusal(reply)) == (None, (["invalid_cursor"], WRONG_LIST))


@pytest.mark.parametrize("side", ["after", "before"])
async def test_of_two_cursors_both_must_be_the_specialtys_own(side: str, west: Clinic) -> None:
    cursors = {"after": await cursor_of(west.patient, FIRST_ID), "before": await cursor_of(west.patient, FIRST_ID)}
    cursors[side] = await cursor_of(west.patient, FIRST_ID + 1)

    reply = await ask(
        west.patient,
        f"""query ($after: String, $before: String) {{
            specialty(id: {FIRST_ID}) {{ specialists(first: 1, after: $after, before: $before) {{ totalCount }} }}
        }}""",
        cursors,
    )

    assert refusal(reply) == (["invalid_cursor"], WRONG_LIST)


async def test_an_unknown_specialty_is_not_found_whatever_the_cursor_is_of(west: Clinic) -> None:
    document = f"query ($cursor: String) {{ specialty(id: 1) {{ {PAGE} }} }}"

    reply = await ask(west.patient, document, {"cursor": await cursor_of(west.patient, FIRST_ID)})

    assert reply.codes == ["specialty_not_found"]


async def test_a_cursor_is_refused_between_a_nested_list_and_a_root_list(west: Clinic) -> None:
    root = await ask(west.patient, "{ specialists(first: 1, sort: NAME_ASC) { pageInfo { endCursor } } }")
    of_root = root.data["specialists"]["pageInfo"]["endCursor"]

    down = await ask(west.patient, BY_ID, {"cursor": of_root})
    up = await ask(
        west.patient,
        "query ($cursor: String) { specialists(first: 1, after: $cursor, sort: NAME_ASC) { totalCount } }",
        {"cursor": await cursor_of(west.patient, FIRST_ID)},
    )

    assert [refusal(reply) for reply in (down, up)] == [(["invalid_cursor"], WRONG_LIST)] * 2


async def test_a_cursor_is_refused_under_another_sort_of_the_same_specialty(west: Clinic) -> None:
    cursor = await cursor_of(west.patient, FIRST_ID + 1, "first: 1, sort: [TITLE_DESC]")

    assert refusal(await ask(west.patient, BY_ID, {"cursor": cursor})) == (["invalid_cursor"], WRONG_LIST)


async def test_a_write_that_is_asked_for_a_page_of_another_specialty_is_not_carried_out(north: Clinic) -> None:
    one, other = await north.add_specialty("One", "one"), await north.add_specialty("Other", "other")
    await north.add_specialist(specialty_ids=[one, other])
    document = f"""mutation ($id: ID!, $cursor: String) {{
        updateSpecialty(id: $id, input: {{title: "Changed"}}) {{ title {PAGE} }}
    }}"""

    reply = await ask(north.admin, document, {"id": one, "cursor": await cursor_of(north.admin, other)})

    assert (reply.data, reply.codes) == ({"updateSpecialty": None}, ["invalid_cursor"])
    specialty = await ask(north.admin, "query ($id: ID!) { specialty(id: $id) { title } }", {"id": one})
    assert specialty.data == {"specialty": {"title": "One"}}

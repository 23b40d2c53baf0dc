"""A list read by cursors, in pages of any size and either way, is the list."""

import pytest

from tests.client import Member, ask
from tests.clinic import Clinic
from tests.graphql.walking import backward, forward, orders
from tests.list_rules import ordered
from tests.roster import FIRST_ID, ROSTER, small

ACTIVE = [specialist for specialist in small(12).specialists if specialist["deleted_at"] is None]
COLUMNS = ("id", "name", "title", "slug", "created_at", "updated_at")
SORTS = [
    (),
    *((sign + column,) for column in COLUMNS for sign in ("", "-")),
    ("title", "-name"),
    ("-title", "name"),
    ("-title", "-created_at"),
    ("created_at", "-title", "name"),
    ("-created_at", "title", "-id"),
    ("name", "id", "-title"),
    ("title", "title", "-title"),
    ("-name", "title", "-slug", "created_at", "-updated_at", "id"),
]
SPECIALTY_SORTS = [(), ("title",), ("-title", "id"), ("created_at", "-title"), ("-updated_at",), ("slug", "-id")]
USER_SORTS = [(), *((sign + column,) for column in ("id", "email", "username") for sign in ("", "-")), ("-email", "id")]
LISTS = {
    "specialists": (ACTIVE, "-created_at"),
    "specialties": (ROSTER.specialties, "title"),
    "users": (ROSTER.users, "id"),
}
WALKS = [
    *(("specialists", sort) for sort in SORTS),
    *(("specialties", sort) for sort in SPECIALTY_SORTS),
    *(("users", sort) for sort in USER_SORTS),
]

BY_NAME = """
query ($c: String) {
  specialists(first: 2, after: $c, sort: NAME_ASC) { nodes { id } pageInfo { endCursor } }
}
"""


def _ids(rows: list[dict[str, int]]) -> list[int]:
    return [row["id"] for row in rows]


@pytest.mark.parametrize(("list_", "sort"), WALKS, ids=lambda part: part if isinstance(part, str) else ",".join(part))
async def test_a_walk_through_a_list_meets_each_once_in_order(
    list_: str, sort: tuple[str, ...], reader: Member
) -> None:
    rows, default = LISTS[list_]
    expected = _ids(ordered(rows, *(sort or (default,))))

    for size in range(1, 8):
        assert await forward(reader, list_, size, *sort) == expected
        assert await backward(reader, list_, size, *sort) == expected


@pytest.mark.parametrize("sort", [("title",), ("-title", "name"), ("-created_at",)])
async def test_a_page_between_two_cursors_ends_at_both(sort: tuple[str, ...], west: Clinic) -> None:
    listing = await ask(
        west.patient,
        "query ($s: [SpecialistSort!]) { specialists(sort: $s, pageSize: 100) { edges { cursor node { id } } } }",
        {"s": orders(*sort)},
    )
    edges = listing.data["specialists"]["edges"]
    for start, end in ((0, 5), (2, 3), (4, 10), (6, 6), (7, 3)):
        for argument, size in (("first", 3), ("last", 3), ("first", 100)):
            reply = await ask(
                west.patient,
                "query ($s: [SpecialistSort!], $a: String, $b: String) {"
                f" specialists(sort: $s, after: $a, before: $b, {argument}: {size}) {{ nodes {{ id }} }} }}",
                {"s": orders(*sort), "a": edges[start]["cursor"], "b": edges[end]["cursor"]},
            )
            between = [edge["node"] for edge in edges[start + 1 : end]]
            assert reply.data["specialists"]["nodes"] == (between[:size] if argument == "first" else between[-size:])


async def test_a_walk_goes_on_where_it_was_though_the_record_at_its_cursor_is_gone(north: Clinic) -> None:
    ids = [await north.add_specialist(name=name) for name in "abcdef"]
    cursor = (await ask(north.admin, BY_NAME)).data["specialists"]["pageInfo"]["endCursor"]
    await north.admin.rest("DELETE", f"/v1/specialists/{ids[1]}")

    reply = await ask(north.admin, BY_NAME, {"c": cursor})

    assert reply.data["specialists"]["nodes"] == [{"id": str(id_)} for id_ in ids[2:4]]


async def test_records_that_come_and_go_do_not_shift_a_walk(north: Clinic) -> None:
    ids = [await north.add_specialist(name=name) for name in "bcdef"]
    cursor = (await ask(north.admin, BY_NAME)).data["specialists"]["pageInfo"]["endCursor"]
    await north.add_specialist(name="a")
    await north.admin.rest("DELETE", f"/v1/specialists/{ids[0]}")

    reply = await ask(north.admin, BY_NAME, {"c": cursor})

    assert reply.data["specialists"]["nodes"] == [{"id": str(id_)} for id_ in ids[2:4]]


async def test_each_specialty_walks_through_its_own_specialists(west: Clinic) -> None:
    document = (
        "query ($id: ID!, $n: Int, $c: String) { specialty(id: $id) { specialists(first: $n, after: $c) {"
        " totalCount nodes { id } pageInfo { endCursor hasNextPage hasPreviousPage } } } }"
    )
    links = {(link["specialty_id"], link["specialist_id"]) for link in small(12).specialist_specialties}
    for specialty in ROSTER.specialties:
        expected = _ids(
            ordered([specialist for specialist in ACTIVE if (specialty["id"], specialist["id"]) in links], "name")
        )
        for size in (1, 2, 3, 50):
            ids: list[int] = []
            cursor, more = None, True
            while more:
                reply = await ask(west.patient, document, {"id": specialty["id"], "n": size, "c": cursor})
                page = reply.data["specialty"]["specialists"]
                assert page["totalCount"] == len(expected)
                assert page["pageInfo"]["hasPreviousPage"] is (cursor is not None)
                ids += [int(node["id"]) for node in page["nodes"]]
                cursor, more = page["pageInfo"]["endCursor"], page["pageInfo"]["hasNextPage"]
            assert ids == expected


async def test_pages_below_a_list_are_each_parents_own(west: Clinic) -> None:
    links = {(link["specialty_id"], link["specialist_id"]) for link in small(12).specialist_specialties}

    reply = await ask(
        west.patient,
        "{ specialties(sort: ID_ASC) { nodes { specialists(page: 2, pageSize: 2) {"
        " totalCount nodes { id } pageInfo { page totalPages hasNextPage } } } } }",
    )

    for number, node in enumerate(reply.data["specialties"]["nodes"]):
        expected = _ids(
            ordered([specialist for specialist in ACTIVE if (FIRST_ID + number, specialist["id"]) in links], "name")
        )
        page = node["specialists"]
        assert page["totalCount"] == len(expected)
        assert [int(record["id"]) for record in page["nodes"]] == expected[2:4]
        assert page["pageInfo"] == {
            "page": 2,
            "totalPages": -(-len(expected) // 2),
            "hasNextPage": len(expected) > 4,
        }

"""What a page says of itself is true at every edge of its list."""

from typing import Any

import pytest

from tests.client import GraphqlReply, Member, ask
from tests.clinic import Clinic

INFO = (
    "totalCount nodes { id } edges { cursor }"
    " pageInfo { hasNextPage hasPreviousPage startCursor endCursor page pageSize totalPages }"
)
NONE = '{search: "nobody has such a name"}'
ACTIVE = 11


async def _page(who: Member, arguments: str, list_: str = "specialists") -> dict[str, Any]:
    reply = await ask(who, f"{{ page: {list_}({arguments}) {{ {INFO} }} }}")
    assert reply.errors == []
    page: dict[str, Any] = reply.data["page"]
    cursors = [edge["cursor"] for edge in page["edges"]]
    assert page["pageInfo"].pop("startCursor") == (cursors[0] if cursors else None)
    assert page["pageInfo"].pop("endCursor") == (cursors[-1] if cursors else None)
    assert len(page["nodes"]) == len(cursors) == len(set(cursors))
    return page


@pytest.mark.parametrize("size", [1, 2, 3, 5, 6, 10, 11, 12, 100])
async def test_numbered_pages_know_their_neighbours(size: int, west: Clinic) -> None:
    last = -(-ACTIVE // size)
    for number in range(1, last + 3):
        page = await _page(west.patient, f"page: {number}, pageSize: {size}")

        assert len(page["nodes"]) == max(0, min(size, ACTIVE - size * (number - 1)))
        assert page["totalCount"] == ACTIVE
        assert page["pageInfo"] == {
            "hasNextPage": number < last,
            "hasPreviousPage": number > 1,
            "page": number,
            "pageSize": size,
            "totalPages": last,
        }


@pytest.mark.parametrize("list_", ["specialists", "specialties", "users"])
async def test_an_empty_list_has_one_empty_page_and_nothing_around_it(list_: str, west: Clinic) -> None:
    page = await _page(west.admin, f"filter: {NONE}", list_)

    assert page["nodes"] == []
    assert page["totalCount"] == 0
    assert page["pageInfo"] == {
        "hasNextPage": False,
        "hasPreviousPage": False,
        "page": 1,
        "pageSize": 25,
        "totalPages": 0,
    }


async def test_no_page_of_an_empty_list_has_rows_before_it(west: Clinic) -> None:
    page = await _page(west.patient, f"page: 2, filter: {NONE}")

    assert page["pageInfo"]["hasPreviousPage"] is False


@pytest.mark.parametrize("arguments", ["first: 3", "last: 3"])
async def test_an_empty_list_by_cursor_has_nothing_either(arguments: str, west: Clinic) -> None:
    page = await _page(west.patient, f"{arguments}, filter: {NONE}")

    assert page["nodes"] == []
    assert page["pageInfo"] == {
        "hasNextPage": False,
        "hasPreviousPage": False,
        "page": None,
        "pageSize": 3,
        "totalPages": 0,
    }


@pytest.mark.parametrize(("size", "node_count"), [(1, 1), (99, 99), (100, 100), (101, 100), (2**31 - 1, 100)])
@pytest.mark.parametrize("argument", ["pageSize", "first", "last"])
async def test_a_page_holds_at_most_a_hundred(argument: str, size: int, node_count: int, west: Clinic) -> None:
    page = await _page(west.patient, f"{argument}: {size}")

    assert page["pageInfo"]["pageSize"] == node_count
    assert page["pageInfo"]["totalPages"] == -(-ACTIVE // node_count)


async def test_the_last_page_number_that_can_be_said_is_empty(west: Clinic) -> None:
    page = await _page(west.patient, f"page: {2**31 - 1}, pageSize: 100")

    assert page["nodes"] == []
    assert page["pageInfo"]["hasNextPage"] is False


@pytest.mark.parametrize(("argument", "ahead", "behind"), [("first", True, False), ("last", False, True)])
@pytest.mark.parametrize("list_", ["specialists", "specialties", "users"])
async def test_a_page_of_no_rows_knows_its_list(
    list_: str, argument: str, ahead: bool, behind: bool, west: Clinic
) -> None:
    total = (await _page(west.admin, "pageSize: 1", list_))["totalCount"]

    page = await _page(west.admin, f"{argument}: 0", list_)
    nothing = await _page(west.admin, f"{argument}: 0, filter: {NONE}", list_)

    empty = {"page": None, "pageSize": 0, "totalPages": 0}
    assert (page["nodes"], page["totalCount"]) == ([], total)
    assert page["pageInfo"] == {"hasNextPage": ahead, "hasPreviousPage": behind, **empty}
    assert nothing["pageInfo"] == {"hasNextPage": False, "hasPreviousPage": False, **empty}


async def test_a_page_of_no_rows_beside_a_cursor_knows_both_sides(west: Clinic) -> None:
    edges = (await _page(west.patient, "pageSize: 100"))["edges"]

    for position, more in ((0, True), (-1, False)):
        after = (await _page(west.patient, f'first: 0, after: "{edges[position]["cursor"]}"'))["pageInfo"]
        before = (await _page(west.patient, f'last: 0, before: "{edges[position]["cursor"]}"'))["pageInfo"]

        assert (after["hasPreviousPage"], after["hasNextPage"]) == (True, more)
        assert (before["hasPreviousPage"], before["hasNextPage"]) == (not more, True)


@pytest.mark.parametrize("argument", ["first", "last"])
async def test_a_page_of_no_rows_below_a_specialty_has_a_total(argument: str, west: Clinic) -> None:
    document = "{ specialties { nodes { all: specialists { totalCount } none: specialists(%s: 0) { %s } } } }"

    reply = await ask(west.patient, document % (argument, INFO))

    assert reply.errors == []
    for node in reply.data["specialties"]["nodes"]:
        total = node["all"]["totalCount"]
        side = "hasNextPage" if argument == "first" else "hasPreviousPage"
        assert (node["none"]["nodes"], node["none"]["totalCount"]) == ([], total)
        assert node["none"]["pageInfo"][side] is (total > 0)


async def test_the_default_is_the_first_page_of_25(west: Clinic) -> None:
    page = await _page(west.patient, "deleted: false")

    assert page["pageInfo"]["page"] == 1
    assert page["pageInfo"]["pageSize"] == 25


@pytest.mark.parametrize("size", [10, 11, 12])
async def test_by_cursor_the_end_of_the_list_is_known(size: int, west: Clinic) -> None:
    forward = (await _page(west.patient, f"first: {size}"))["pageInfo"]
    backward = (await _page(west.patient, f"last: {size}"))["pageInfo"]

    assert (forward["hasPreviousPage"], forward["hasNextPage"]) == (False, size < ACTIVE)
    assert (backward["hasPreviousPage"], backward["hasNextPage"]) == (size < ACTIVE, False)


async def test_beyond_the_last_row_there_is_an_empty_page_with_rows_on_one_side(west: Clinic) -> None:
    edges = (await _page(west.patient, "pageSize: 100"))["edges"]

    after = await _page(west.patient, f'first: 2, after: "{edges[-1]["cursor"]}"')
    before = await _page(west.patient, f'last: 2, before: "{edges[0]["cursor"]}"')

    assert after["nodes"] == before["nodes"] == []
    assert (after["pageInfo"]["hasPreviousPage"], after["pageInfo"]["hasNextPage"]) == (True, False)
    assert (before["pageInfo"]["hasPreviousPage"], before["pageInfo"]["hasNextPage"]) == (False, True)


async def test_a_cursor_alone_says_the_way(west: Clinic) -> None:
    edges = (await _page(west.patient, "pageSize: 100"))["edges"]
    middle = edges[5]["cursor"]

    after = await _page(west.patient, f'after: "{middle}"')
    before = await _page(west.patient, f'before: "{middle}"')

    assert after["edges"] == edges[6:]
    assert before["edges"] == edges[:5]
    assert after["pageInfo"]["page"] is before["pageInfo"]["page"] is None


async def test_the_total_is_that_of_the_list_and_not_of_the_rest(west: Clinic) -> None:
    edges = (await _page(west.patient, "pageSize: 100"))["edges"]

    page = await _page(west.patient, f'first: 2, after: "{edges[7]["cursor"]}"')

    assert page["totalCount"] == ACTIVE
    assert page["pageInfo"]["totalPages"] == 6


MIXED_ARGUMENTS = [
    "page: 1, first: 1",
    "pageSize: 1, first: 1",
    "page: 1, last: 1",
    'page: 1, after: "x"',
    'pageSize: 1, before: "x"',
    "page: 1, pageSize: 1, first: 1, last: 1",
    "first: 1, last: 1",
]
SMALL = ["page: 0", "page: -1", f"page: -{2**31}"]
NO_SIZE = ["pageSize: 0", "pageSize: -1", "first: -1", "last: -5", f"last: -{2**31}"]


def _refused(reply: GraphqlReply) -> tuple[str, int]:
    extensions = reply.errors[0]["extensions"]
    return extensions["code"], extensions["status"]


@pytest.mark.parametrize("list_", ["specialists", "specialties", "users"])
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        *((arguments, "invalid_page") for arguments in MIXED_ARGUMENTS + SMALL),
        *((arguments, "invalid_page_size") for arguments in NO_SIZE),
    ],
)
async def test_a_window_that_is_none_is_refused(list_: str, arguments: str, code: str, west: Clinic) -> None:
    reply = await ask(west.admin, f"{{ {list_}({arguments}) {{ totalCount }} }}")

    assert _refused(reply) == (code, 400)
    assert reply.body["data"] == ({"users": None} if list_ == "users" else None)


@pytest.mark.parametrize("arguments", ["page: 1, first: 1", 'pageSize: 1, after: "x"', "page: 0"])
async def test_a_window_below_a_specialty_is_held_to_the_same_rules(arguments: str, west: Clinic) -> None:
    reply = await ask(west.patient, f"{{ specialties {{ nodes {{ specialists({arguments}) {{ totalCount }} }} }} }}")

    assert _refused(reply) == ("invalid_page", 400)


async def test_a_window_that_says_null_says_nothing(west: Clinic) -> None:
    reply = await ask(
        west.patient,
        "{ specialists(page: null, pageSize: null, first: 2, after: null, last: null, before: null)"
        " { nodes { id } pageInfo { page } } }",
    )

    assert len(reply.data["specialists"]["nodes"]) == 2
    assert reply.data["specialists"]["pageInfo"] == {"page": None}

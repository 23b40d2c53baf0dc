"""Ways through a list: page after page by cursor, forward or backward."""

from typing import Any

from tests.client import Member, ask

FORWARD = """
query ($n: Int, $c: String, $sort: [%s!]) {
  page: %s(first: $n, after: $c, sort: $sort) {
    nodes { id } edges { cursor node { id } }
    pageInfo { startCursor endCursor hasNextPage hasPreviousPage page pageSize }
  }
}
"""
BACKWARD = FORWARD.replace("first:", "last:").replace("after:", "before:")
TYPES = {"specialists": "SpecialistSort", "specialties": "SpecialtySort", "users": "UserSort"}


def orders(*keys: str) -> list[str]:
    """``-created_at`` as GraphQL writes it: ``CREATED_AT_DESC``."""
    return [f"{key.removeprefix('-')}_{'DESC' if key.startswith('-') else 'ASC'}".upper() for key in keys]


async def forward(who: Member, list_: str, size: int, *keys: str) -> list[int]:
    """The ids of the whole list, read ``size`` at a time from the start."""
    ids: list[int] = []
    cursor = None
    while True:
        page = await _page(who, FORWARD, list_, size, cursor, keys)
        info = page["pageInfo"]
        assert info["hasPreviousPage"] is (cursor is not None)
        ids += _ids(page, size)
        if not info["hasNextPage"]:
            return ids
        assert len(page["nodes"]) == size
        cursor = info["endCursor"]


async def backward(who: Member, list_: str, size: int, *keys: str) -> list[int]:
    """The same, read from the end; in the order of the list all the same."""
    ids: list[int] = []
    cursor = None
    while True:
        page = await _page(who, BACKWARD, list_, size, cursor, keys)
        info = page["pageInfo"]
        assert info["hasNextPage"] is (cursor is not None)
        ids = _ids(page, size) + ids
        if not info["hasPreviousPage"]:
            return ids
        assert len(page["nodes"]) == size
        cursor = info["startCursor"]


async def _page(
    who: Member, document: str, list_: str, size: int, cursor: str | None, keys: tuple[str, ...]
) -> dict[str, Any]:
    variables = {"n": size, "c": cursor, "sort": orders(*keys) or None}
    reply = await ask(who, document % (TYPES[list_], list_), variables)
    assert reply.errors == []
    page: dict[str, Any] = reply.data["page"]
    return page


def _ids(page: dict[str, Any], size: int) -> list[int]:
    """The ids of the page, which must agree with all that the page says of itself."""
    edges, info = page["edges"], page["pageInfo"]
    assert [edge["node"] for edge in edges] == page["nodes"]
    assert info["startCursor"] == (edges[0]["cursor"] if edges else None)
    assert info["endCursor"] == (edges[-1]["cursor"] if edges else None)
    assert info["page"] is None
    assert info["pageSize"] == size
    return [int(node["id"]) for node in page["nodes"]]

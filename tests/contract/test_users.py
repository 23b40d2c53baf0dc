"""The users of a clinic, whom only its admins may list, and whoever is asking."""

from typing import Any

import pytest

from tests.client import Member
from tests.clinic import Clinic

USERS = """query ($page: Int, $pageSize: Int, $filter: UserFilter) {
    users(page: $page, pageSize: $pageSize, filter: $filter) {
        nodes { id email username role } pageInfo { page pageSize totalPages } totalCount
    }
}"""


async def listed(who: Member, **variables: Any) -> Any:
    return (await who.graphql(USERS, **variables))["data"]["users"]


async def test_an_admin_lists_the_users(north: Clinic, south: Clinic) -> None:
    ids = [await north.add_user(role) for role in ("specialist", "patient")]
    await south.add_user()
    await south.patient.signed_in()

    answer = await listed(north.admin)

    *users, admin = answer["nodes"]
    assert [(int(user["id"]), user["role"]) for user in users] == [(ids[0], "specialist"), (ids[1], "patient")]
    assert (admin["email"], admin["username"], admin["role"]) == (None, None, "admin")
    assert answer["pageInfo"] == {"page": 1, "pageSize": 25, "totalPages": 1}
    assert answer["totalCount"] == 3


@pytest.mark.parametrize("role", ["patient", "specialist"])
async def test_nobody_else_does(north: Clinic, role: str) -> None:
    answer = await north.member(role).graphql(USERS)

    assert answer["data"] == {"users": None}
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["forbidden"]


async def test_what_everyone_may_see_stands_beside_it(north: Clinic) -> None:
    answer = await north.patient.graphql("{ users { totalCount } viewer { role } specialists { totalCount } }")

    assert answer["data"] == {"users": None, "viewer": {"role": "patient"}, "specialists": {"totalCount": 0}}
    assert [error["path"] for error in answer["errors"]] == [["users"]]


@pytest.mark.parametrize(
    ("filter_", "expected"),
    [({"role": "patient"}, 1), ({"role": "nobody"}, 0), ({"role": None}, 3), ({}, 3), ({"search": " "}, 3)],
)
async def test_users_by_role(north: Clinic, filter_: dict[str, object], expected: int) -> None:
    for role in ("specialist", "patient"):
        await north.add_user(role)

    answer = await listed(north.admin, filter=filter_)

    assert (len(answer["nodes"]), answer["totalCount"]) == (expected, expected)


@pytest.mark.parametrize("search", ["PATIENT", "@example.com", "%", "nobody"])
async def test_users_whose_address_contains_the_text(north: Clinic, search: str) -> None:
    for role in ("specialist", "patient"):
        await north.add_user(role)

    answer = await listed(north.admin, filter={"search": search})

    assert [search.lower() in record["email"] for record in answer["nodes"]] == [True] * answer["totalCount"]
    assert answer["totalCount"] == {"PATIENT": 1, "@example.com": 2}.get(search, 0)


async def test_users_come_in_pages(north: Clinic) -> None:
    ids = [await north.add_user() for _ in range(3)]

    answer = await listed(north.admin, page=2, pageSize=2)

    assert [int(record["id"]) for record in answer["nodes"]][:1] == ids[2:]
    assert answer["pageInfo"] == {"page": 2, "pageSize": 2, "totalPages": 2}


@pytest.mark.parametrize(
    ("role", "record_role"), [("admin", "admin"), ("patient", "patient"), ("org:doctor", "doctor")]
)
async def test_the_record_of_a_viewer_follows_the_role_of_the_token(north: Clinic, role: str, record_role: str) -> None:
    user = await north.add_user("specialist", clerk_id=f"user_of_{north.clerk_id}")
    viewer = north.member(role, user_id=f"user_of_{north.clerk_id}")

    answer = await viewer.graphql("{ viewer { role organization { id slug } user { id role } } }")

    organization = {"id": str(await north.organization_id()), "slug": north.slug}
    assert answer["data"]["viewer"] == {
        "role": record_role,
        "organization": organization,
        "user": {"id": str(user), "role": record_role},
    }


@pytest.mark.parametrize("role", ["admin", "patient"])
async def test_the_viewer_is_identified_as_the_identity_provider_does(north: Clinic, role: str) -> None:
    answer = await north.member(role, user_id="user_2abc").graphql("{ viewer { id } }")

    assert answer == {"data": {"viewer": {"id": "user_2abc"}}}


@pytest.mark.parametrize("role", ["admin", "specialist", "patient"])
async def test_whoever_is_seen_for_the_first_time_is_a_user_at_once(north: Clinic, role: str) -> None:
    answer = await north.member(role).graphql("{ viewer { user { id email username role } } }")

    user = answer["data"]["viewer"]["user"]
    assert user == {"id": user["id"], "email": None, "username": None, "role": role}
    assert user["id"] in [record["id"] for record in (await listed(north.admin))["nodes"]]

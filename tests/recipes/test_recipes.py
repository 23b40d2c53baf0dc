"""Each recipe of CONTRIBUTING.md works through both APIs, in as many files as it claims."""

from pathlib import Path

import pytest

from tests.recipes.recipe import ROOT, Recipe


@pytest.mark.parametrize("name", ["field", "filter", "resource"])
def test_contributing_names_every_file_of_a_recipe(name: str, tmp_path: Path) -> None:
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")

    missing = [file for file in Recipe(name, tmp_path).files if f"`{file}`" not in contributing]

    assert missing == []


def test_a_text_field_takes_four_files(tmp_path: Path) -> None:
    recipe = Recipe("field", tmp_path)
    recipe.apply()

    with recipe.serving() as server:
        status, created = server.rest(
            "POST", "/v1/specialists", {"name": "Dr. Ada Moreau", "slug": "ada-moreau", "license_number": " A-17 "}
        )
        data = server.graphql(
            "mutation($id: ID!) { updateSpecialist(id: $id, input: {licenseNumber: null}) { licenseNumber } }",
            id=created["data"]["id"],
        )
        invalid_status, invalid = server.rest("POST", "/v1/specialists", {"license_number": "1" * 51})

    assert (status, created["data"]["license_number"]) == (201, "A-17")
    assert data == {"updateSpecialist": {"licenseNumber": None}}
    assert invalid_status == 400
    assert {error["code"] for error in invalid["error"]["errors"]} >= {"invalid_license_number", "name_required"}
    assert recipe.snapshot("schema.graphql").count("licenseNumber: String\n") == 3
    assert '"invalid_license_number"' in recipe.snapshot("openapi.json")
    assert len(recipe.files) == 4


def test_a_filter_takes_two_files(tmp_path: Path) -> None:
    recipe = Recipe("filter", tmp_path)
    recipe.apply()

    with recipe.serving() as server:
        status, with_avatar = server.rest("GET", "/v1/specialists?has_avatar=true&page_size=100")
        data = server.graphql(
            "query($has: Boolean) { specialists(pageSize: 100, filter: {hasAvatar: $has}) { nodes { id avatarUrl } } }",
            has=False,
        )
        invalid_status, invalid = server.rest("GET", "/v1/specialists?has_avatar=maybe")
        _, everyone = server.rest("GET", "/v1/specialists?page_size=1")

    assert status == 200
    assert with_avatar["data"]
    assert all(specialist["avatar_url"] for specialist in with_avatar["data"])
    assert not any(specialist["avatarUrl"] for specialist in data["specialists"]["nodes"])
    assert len(with_avatar["data"]) + len(data["specialists"]["nodes"]) == everyone["meta"]["total"]
    assert (invalid_status, invalid["error"]["code"]) == (400, "invalid_has_avatar")
    assert "hasAvatar: Boolean" in recipe.snapshot("schema.graphql")
    assert '"name": "has_avatar"' in recipe.snapshot("openapi.json")
    assert len(recipe.files) == 2


def test_a_resource_takes_nine_files(tmp_path: Path) -> None:
    recipe = Recipe("resource", tmp_path)
    recipe.apply()

    with recipe.serving() as server:
        status, created = server.rest("POST", "/v1/rooms", {"name": "Room 14", "floor": "2"})
        address = f"/v1/rooms/{created['data']['id']}"
        data = server.graphql(
            "mutation($id: ID!) { updateRoom(id: $id, input: {floor: null}) { name floor version } }",
            id=created["data"]["id"],
        )
        _, page = server.rest("GET", "/v1/rooms?search=14&sort=-name")
        pages = server.graphql("{ rooms(first: 1) { totalCount nodes { name } pageInfo { endCursor } } }")
        invalid_status, invalid = server.rest("POST", "/v1/rooms", {"floor": "0" * 21})
        foreign_status, foreign = server.of("south").rest("GET", address)
        deleted_status, _ = server.rest("DELETE", address)
        gone_status, body = server.rest("GET", address)

    assert (status, created["data"]["name"], created["data"]["floor"]) == (201, "Room 14", "2")
    assert data == {"updateRoom": {"name": "Room 14", "floor": None, "version": "2"}}
    assert [room["name"] for room in page["data"]] == ["Room 14"]
    assert pages["rooms"]["totalCount"] == 1
    assert invalid_status == 400
    assert [error["code"] for error in invalid["error"]["errors"]] == ["name_required", "invalid_floor"]
    assert (foreign_status, foreign["error"]["code"]) == (404, "room_not_found")
    assert (deleted_status, gone_status, body["error"]["code"]) == (200, 404, "room_not_found")
    assert "createRoom(" in recipe.snapshot("schema.graphql")
    assert '"operationId": "listRooms"' in recipe.snapshot("openapi.json")
    assert len(recipe.files) == 9

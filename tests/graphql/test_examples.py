"""The tabs that GraphiQL opens with, each executed as an admin and as a patient of a demo clinic."""

import json
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from db.database import Database
from db.demo.fill import fill_demo
from resolvers.identity.development import DevelopmentKeys
from schema.pages.graphiql_page import EXAMPLES, first_example_link

Answer = dict[str, Any]
NAMES = ("1-specialists", "2-next-page", "3-create-specialist", "4-field-error", "5-viewer")


def variables_of(name: str) -> Any:
    file = EXAMPLES / f"{name}.json"
    return json.loads(file.read_text().replace("{unique}", uuid4().hex)) if file.is_file() else None


@pytest.fixture(params=["admin", "patient"])
async def role(request: pytest.FixtureRequest, database: Database) -> str:
    await fill_demo(database)
    return str(request.param)


@pytest.fixture
async def answer(name: str, role: str, http: httpx2.AsyncClient, keys: DevelopmentKeys) -> Answer:
    token = keys.demo_token("north", role)
    operation = {"query": (EXAMPLES / f"{name}.graphql").read_text(), "variables": variables_of(name)}
    response = await http.post("/graphql", json=operation, headers={"authorization": f"Bearer {token}"})
    body: Answer = response.json()
    return body


def test_every_example_has_a_test() -> None:
    assert sorted(file.stem for file in EXAMPLES.glob("*.graphql")) == sorted(NAMES)
    assert {file.stem for file in EXAMPLES.glob("*.json")} < set(NAMES)
    assert {file.suffix for file in EXAMPLES.iterdir()} == {".graphql", ".json"}


@pytest.mark.parametrize("name", NAMES[:1])
def test_the_first_one_shows_names_and_what_belongs_to_them(answer: Answer) -> None:
    page = answer["data"]["specialists"]

    assert "errors" not in answer
    assert len(page["nodes"]) == 5 < page["totalCount"]
    assert any(node["specialties"] and node["user"] for node in page["nodes"])


@pytest.mark.parametrize("name", NAMES[1:2])
def test_the_page_by_cursor_has_a_next_one(answer: Answer) -> None:
    page = answer["data"]["specialists"]

    assert len(page["edges"]) == 3
    assert page["pageInfo"] == {"hasNextPage": True, "endCursor": page["edges"][-1]["cursor"]}


@pytest.mark.parametrize("name", NAMES[2:3])
def test_an_admin_creates_and_a_patient_is_forbidden(answer: Answer, role: str) -> None:
    if role == "admin":
        assert answer["data"]["createSpecialist"]["slug"].startswith("dr-ada-moreau-")
    else:
        assert answer["errors"][0]["extensions"]["code"] == "forbidden"


@pytest.mark.parametrize("name", NAMES[3:4])
def test_the_error_names_its_field(answer: Answer, role: str) -> None:
    error = answer["errors"][0]["extensions"]

    expected = ("invalid_slug", "slug") if role == "admin" else ("forbidden", None)
    assert (error["code"], error.get("field")) == expected


@pytest.mark.parametrize("name", NAMES[4:])
def test_the_viewer_is_the_person_of_the_token(answer: Answer, role: str) -> None:
    viewer = answer["data"]["viewer"]

    assert (viewer["role"], viewer["organization"]["slug"]) == (role, "north")
    assert viewer["user"]["email"] == f"{role}@north.example.com"


def test_the_link_carries_the_first_one() -> None:
    link = httpx2.URL(first_example_link())

    assert link.path == "/graphql"
    assert link.params["query"] == (EXAMPLES / f"{NAMES[0]}.graphql").read_text().strip()
    assert json.loads(link.params["variables"]) == variables_of(NAMES[0])

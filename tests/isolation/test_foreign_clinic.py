"""What is not an id: cursors, searches, slugs, keys, names and organizations of another clinic."""

import asyncpg
import pytest
from graphql import get_named_type

from schema.definition import SCHEMA
from tests.api import Api
from tests.client import Member
from tests.clinic import Clinic
from tests.isolation.belongings import Belongings, send
from tests.isolation.graphql_inputs import RootField, root_fields
from tests.isolation.rows import everything_of

CURSOR_SIDES = {"after": "first: 1", "before": "last: 1"}
LISTS = [field for kind, field in root_fields(SCHEMA.as_str()) if kind == "query" and "after" in field.arguments]


def connections() -> list[RootField]:
    type_names = [(field, get_named_type(field.type).name) for _, field in root_fields(SCHEMA.as_str())]
    return [field for field, name in type_names if name.endswith("Connection")]


async def ids_and_cursors(who: Member, field: str, arguments: str = "") -> dict[str, str]:
    query = f"{{ {field}{arguments} {{ edges {{ cursor node {{ id }} }} }} }}"
    response = await who.graphql(query)
    assert "errors" not in response, response
    return {edge["node"]["id"]: edge["cursor"] for edge in response["data"][field]["edges"]}


@pytest.mark.parametrize("side", CURSOR_SIDES)
@pytest.mark.parametrize("field", LISTS, ids=lambda field: field.name)
async def test_a_foreign_cursor_shows_only_the_own_rows(
    field: RootField, side: str, north: Clinic, south: Clinic
) -> None:
    for clinic in (north, south, north):
        await Belongings.of(clinic)
    own, foreign = [await ids_and_cursors(clinic.admin, field.name) for clinic in (north, south)]

    for cursor in foreign.values():
        neighbours = await ids_and_cursors(north.admin, field.name, f'({side}: "{cursor}", {CURSOR_SIDES[side]})')
        assert set(neighbours) <= set(own)


@pytest.mark.parametrize("side", CURSOR_SIDES)
async def test_a_foreign_cursor_below_a_specialty_is_refused(side: str, north: Clinic, south: Clinic) -> None:
    own, foreign = await Belongings.of(north), await Belongings.of(south)
    page = "specialists%s { edges { cursor } }"
    query = "query ($id: ID!) { specialty(id: $id) { " + page + " } }"
    there = await south.patient.graphql(query % "", id=foreign.ids["specialty"])
    (edge,) = there["data"]["specialty"]["specialists"]["edges"]

    here = await north.patient.graphql(query % f'({side}: "{edge["cursor"]}")', id=own.ids["specialty"])

    assert here["data"] == {"specialty": None}
    assert [error["extensions"]["code"] for error in here["errors"]] == ["invalid_cursor"]


@pytest.mark.parametrize("field", connections(), ids=lambda field: field.name)
async def test_a_list_holds_and_counts_the_own_rows_only(field: RootField, north: Clinic, south: Clinic) -> None:
    for clinic in (north, south, south):
        await Belongings.of(clinic)
    leaf = "organizationId" if field.name != "users" else "id"
    rows = 2 if field.name == "users" else 1  # the admin is a user, too

    connection = (await north.admin.graphql(f"{{ {field.name} {{ totalCount nodes {{ {leaf} }} }} }}"))["data"][
        field.name
    ]

    assert connection["totalCount"] == len(connection["nodes"]) == rows
    if field.name != "users":
        assert connection["nodes"][0]["organizationId"] == str(await north.organization_id())


@pytest.mark.parametrize("field", connections(), ids=lambda field: field.name)
async def test_a_search_for_a_foreign_text_finds_nothing(field: RootField, north: Clinic, south: Clinic) -> None:
    await south.add_specialist(name="Quagga Only")
    await south.add_specialty("Quaggaology")
    await south.add_user("quagga")
    query = f'{{ {field.name}(filter: {{search: "quagga"}}) {{ totalCount nodes {{ id }} }} }}'

    counts = [(await clinic.admin.graphql(query))["data"][field.name]["totalCount"] for clinic in (north, south)]

    assert counts == [0, 1]


@pytest.mark.parametrize("entity", ["specialist", "specialty"])
async def test_a_foreign_slug_is_free_to_take(entity: str, api: Api, north: Clinic, south: Clinic) -> None:
    slug = (await Belongings.of(south)).ids[f"{entity} slug"]
    create = api.create_specialist if entity == "specialist" else api.create_specialty
    body = {"name" if entity == "specialist" else "title": "Taken", "slug": slug}

    response = await create(north.admin, body)

    assert response.code is None
    assert response.data["organization_id"] == await north.organization_id()


async def test_an_idempotency_key_of_another_clinic_is_unused(north: Clinic, south: Clinic) -> None:
    body = {"name": "IdempotentRequest", "slug": "once"}

    there = await south.admin.rest("POST", "/v1/specialists", body, idempotency_key="the-same")
    here = await north.admin.rest("POST", "/v1/specialists", body, idempotency_key="the-same")

    assert (there.status_code, here.status_code) == (201, 201)
    assert here.json()["data"]["organization_id"] == await north.organization_id()
    assert here.json()["data"]["id"] != there.json()["data"]["id"]


async def test_a_user_of_two_clinics_is_shown_the_record_of_the_active_one(north: Clinic, south: Clinic) -> None:
    people = {clinic: await clinic.add_user("patient", "user_of_two") for clinic in (north, south)}

    for clinic, id_ in people.items():
        response = await clinic.member("patient", "user_of_two").graphql(
            "{ viewer { organization { id slug } user { id } } }"
        )
        organization = {"id": str(await clinic.organization_id()), "slug": clinic.slug}
        assert response["data"]["viewer"] == {"organization": organization, "user": {"id": str(id_)}}


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH"])
async def test_a_body_does_not_choose_the_organization(
    method: str, north: Clinic, south: Clinic, server: asyncpg.Connection
) -> None:
    own, foreign = await Belongings.of(north), await Belongings.of(south)
    before = await everything_of(server, foreign.organization_id)
    address = "/v1/specialists" if method == "POST" else f"/v1/specialists/{own.ids['specialist']}"
    body = {"name": "Mine", "slug": "mine", "organization_id": foreign.organization_id, "id": foreign.ids["specialist"]}

    record = (await north.admin.rest(method, address, body)).json()["data"]

    assert record["organization_id"] == own.organization_id
    assert record["id"] != foreign.ids["specialist"]
    assert await everything_of(server, foreign.organization_id) == before


@pytest.mark.parametrize("where", ["header", "query"])
async def test_nothing_beside_the_token_chooses_the_organization(where: str, north: Clinic, south: Clinic) -> None:
    own, foreign = await Belongings.of(north), await Belongings.of(south)
    names = ("organization-id", "x-organization-id", "x-org-id", "x-tenant-id", "organization", "org_id", "role")
    values = {name: str(foreign.organization_id) for name in names}
    query = "&".join(f"{name.replace('-', '_')}={value}" for name, value in values.items())

    if where == "header":
        response = await north.patient.rest("GET", "/v1/specialists", None, **values)
    else:
        response = await send(north.patient, "GET", f"/v1/specialists?{query}")

    assert [record["id"] for record in response.json()["data"]] == [own.ids["specialist"]]

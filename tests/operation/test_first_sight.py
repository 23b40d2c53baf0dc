"""An organization that is seen for the first time gets its row at once, and only one."""

import asyncio

from tests.isolation.scratch import connected
from tests.operation.conftest import House

QUERY = {"query": "{ viewer { organization { id slug name } } }"}


async def test_twenty_first_requests_at_once_make_one_organization(house: House) -> None:
    clinic, headers = house.clinic, house.clinic.patient.headers

    answers = await asyncio.gather(
        *(house.http.get("/v1/specialists", headers=headers) for _ in range(10)),
        *(house.http.post("/graphql", headers=headers, json=QUERY) for _ in range(10)),
    )

    assert {answer.status_code for answer in answers} == {200}
    async with connected(house.scratch.superuser) as connection:
        rows = await connection.fetch("select id, slug, name from organizations where clerk_id = $1", clinic.clerk_id)
    organization = {"id": str(rows[0]["id"]), "slug": clinic.slug, "name": clinic.slug}
    assert len(rows) == 1
    assert {str(answer.json()["data"]["viewer"]) for answer in answers[10:]} == {str({"organization": organization})}


async def test_what_is_refused_makes_no_organization(house: House) -> None:
    clinic = house.clinic
    token = clinic.patient.token

    for authorization in ("", f"Bearer {token[:-4]}AAAA", f"Basic {token}", f"Bearer {token}.x"):
        response = await house.http.get("/v1/specialists", headers={"authorization": authorization})
        assert response.status_code == 401

    async with connected(house.scratch.superuser) as connection:
        count = "select count(*) from organizations where clerk_id = $1"
        assert await connection.fetchval(count, clinic.clerk_id) == 0

"""Pages of a list: their bounds, their numbers, what lies past their end."""

import pytest

from tests.api import Api
from tests.clinic import Clinic

FIVE = [f"dr-{number}" for number in range(5)]
NOT_FROM_ONE = ["0", "-1", "abc", "1.5", "", "1e3", "0x1", "1_0", "%D9%A1", "%00", "1,2", "null", "--1", "-", "%2B"]
HUGE = str(10**30)
BEYOND = [str(2**31), str(2**63), HUGE, "9" * 5_000]


async def five(clinic: Clinic) -> None:
    for slug in FIVE:
        await clinic.add_specialist(slug=slug)


def slugs(records: list[dict[str, str]]) -> list[str]:
    return [record["slug"] for record in records]


async def test_a_page_holds_25_if_nothing_else_is_said(api: Api, north: Clinic) -> None:
    await five(north)

    answer = await api.list_specialists(north.patient)

    assert len(answer.data) == 5
    assert answer.meta == {"page": 1, "page_size": 25, "total": 5, "total_pages": 1}


@pytest.mark.parametrize(
    ("page", "expected"), [(1, FIVE[:2]), (2, FIVE[2:4]), (3, FIVE[4:])], ids=["first", "middle", "last"]
)
async def test_pages_follow_each_other(api: Api, north: Clinic, page: int, expected: list[str]) -> None:
    await five(north)

    answer = await api.list_specialists(north.patient, page=page, page_size=2, sort="slug")

    assert slugs(answer.data) == expected
    assert answer.meta == {"page": page, "page_size": 2, "total": 5, "total_pages": 3}


@pytest.mark.parametrize("page", [4, 1_000_000, 2**31 - 1])
async def test_a_page_past_the_end_is_empty(api: Api, north: Clinic, page: int) -> None:
    await five(north)

    answer = await api.list_specialists(north.patient, page=page, page_size=2)

    assert (answer.status, answer.data) == (200, [])
    assert answer.meta == {"page": page, "page_size": 2, "total": 5, "total_pages": 3}


@pytest.mark.parametrize("page", BEYOND, ids=["int32", "int64", "huge", "endless"])
async def test_a_page_further_than_any_end_is_empty(north: Clinic, page: str) -> None:
    await five(north)

    answer = await north.patient.rest("GET", f"/v1/specialists?page={page}&page_size=2")

    body = answer.json()
    assert (answer.status_code, body["data"]) == (200, [])
    assert (body["meta"]["page_size"], body["meta"]["total"], body["meta"]["total_pages"]) == (2, 5, 3)


async def test_an_empty_list_has_no_pages(api: Api, north: Clinic) -> None:
    answer = await api.list_specialists(north.patient)

    assert (answer.status, answer.data) == (200, [])
    assert answer.meta == {"page": 1, "page_size": 25, "total": 0, "total_pages": 0}


@pytest.mark.parametrize("size", [1, 99, 100])
async def test_a_page_may_hold_1_to_100(api: Api, north: Clinic, size: int) -> None:
    answer = await api.list_specialists(north.patient, page_size=size)

    assert answer.meta["page_size"] == size


@pytest.mark.parametrize("size", [101, 1_000, 2**31 - 1])
async def test_a_larger_page_is_served_as_100(api: Api, north: Clinic, size: int) -> None:
    answer = await api.list_specialists(north.patient, page_size=size)

    assert answer.meta == {"page": 1, "page_size": 100, "total": 0, "total_pages": 0}


@pytest.mark.parametrize("size", BEYOND, ids=["int32", "int64", "huge", "endless"])
async def test_a_page_of_any_greater_size_is_served_as_100(north: Clinic, size: str) -> None:
    answer = await north.patient.rest("GET", f"/v1/specialists?page_size={size}")

    assert (answer.status_code, answer.json()["meta"]["page_size"]) == (200, 100)


@pytest.mark.parametrize("field", ["page", "page_size"])
@pytest.mark.parametrize("number", [0, -1, -(2**31)])
async def test_pages_count_from_one(api: Api, north: Clinic, field: str, number: int) -> None:
    answer = await api.list_specialists(north.patient, **{field: number})

    assert (answer.status, answer.code, answer.field) == (400, f"invalid_{field}", field)


@pytest.mark.parametrize("path", ["/v1/specialists", "/v1/specialties"])
@pytest.mark.parametrize("field", ["page", "page_size"])
@pytest.mark.parametrize("junk", [*NOT_FROM_ONE, f"-{HUGE}", "-" + "9" * 5_000], ids=lambda junk: junk[:12] or "blank")
async def test_what_is_no_number_is_refused(north: Clinic, path: str, field: str, junk: str) -> None:
    answer = await north.patient.rest("GET", f"{path}?{field}={junk}")

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (400, f"invalid_{field}", field)


@pytest.mark.parametrize("field", ["page", "page_size"])
@pytest.mark.parametrize("number", [0, -1])
async def test_the_specialists_of_a_specialty_are_paged_alike(api: Api, north: Clinic, field: str, number: int) -> None:
    specialty = await north.add_specialty()

    answer = await api.get_specialty(north.patient, specialty, **{field: number})

    assert (answer.status, answer.code, answer.field) == (400, f"invalid_{field}", field)


@pytest.mark.parametrize("cursor", ["first: 1", "last: 1", 'after: "x"', 'before: "x"'])
async def test_numbered_pages_do_not_mix_with_cursors(north: Clinic, cursor: str) -> None:
    answer = await north.patient.graphql(f"{{ specialists(page: 1, {cursor}) {{ totalCount }} }}")

    assert answer["data"] is None
    assert answer["errors"][0]["extensions"]["code"] == "invalid_page"

"""Parameters of an address that are repeated, or that nobody knows."""

import pytest

from schema.rest.specialists import resource
from tests.clinic import Clinic

BOTH = ["specialties", "user"]
REPEATED_INCLUDES = [
    "include=specialties&include=user",
    "include[]=specialties&include[]=user",
    "include%5B%5D=specialties&include=user",
    "include=user&include[]=specialties",
    "include=specialties,user&include=user",
    "include=&include=specialties&include[]=&include=user",
    "include=specialties&x=1&include=%20user%20",
]
REPEATED_SORTS = [
    "sort=name,-slug",
    "sort=name&sort=-slug",
    "sort[]=name&sort[]=-slug",
    "sort=name&sort%5B%5D=-slug",
    "sort=&sort=name&sort=-slug&sort=",
    "sort=name&sort=-slug&sort=-name",
]
UNKNOWN = "x=1&x=2&page%5B%5D=0&Page=0&include%5B0%5D=bogus&includes=bogus&sort%5Ba%5D=bogus&PAGE_SIZE=0&%00=%00&=&&;"


@pytest.mark.parametrize("query", REPEATED_INCLUDES)
async def test_a_repeated_include_adds_up_wherever_it_is_taken(north: Clinic, query: str) -> None:
    body = {"name": "Dr. X", "slug": "dr-x"}
    creation = await north.admin.rest("POST", f"/v1/specialists?{query}", body)
    path = f"{creation.headers['location']}?{query}"

    updates = [await north.admin.rest(method, path, {"title": method}) for method in ("PUT", "PATCH")]
    read = await north.patient.rest("GET", path)
    listing = await north.patient.rest("GET", f"/v1/specialists?{query}")

    records = [*(response.json()["data"] for response in (creation, *updates, read)), *listing.json()["data"]]
    assert [[name for name in resource.includes if name in record] for record in records] == [BOTH] * 5
    assert updates[-1].headers["etag"] == read.headers["etag"]


@pytest.mark.parametrize("query", ["include=user&include=bogus", "include[]=bogus", "include=bogus&include=user"])
async def test_one_unknown_value_among_the_repeated_is_refused(north: Clinic, query: str) -> None:
    answers = [
        await north.admin.rest("GET", f"/v1/specialists?{query}"),
        await north.admin.rest("POST", f"/v1/specialists?{query}", {"name": "Dr. X", "slug": "dr-x"}),
        await north.admin.rest("GET", "/v1/specialists?" + query.replace("include", "sort")),
        await north.admin.rest("GET", "/v1/specialties?" + query.replace("include", "sort").replace("user", "title")),
    ]

    assert [answer.json()["error"]["code"] for answer in answers] == ["invalid_include"] * 2 + ["invalid_sort"] * 2


@pytest.mark.parametrize("query", REPEATED_SORTS)
async def test_a_repeated_sort_adds_up_in_order(north: Clinic, query: str) -> None:
    for name, slug in (("B", "a"), ("A", "b"), ("A", "c"), ("B", "d")):
        await north.add_specialist(name=name, slug=slug)
        await north.add_specialty(name, slug)

    specialists = await north.patient.rest("GET", f"/v1/specialists?{query}")
    specialties = await north.patient.rest("GET", "/v1/specialties?" + query.replace("name", "title"))

    for answer in (specialists, specialties):
        assert [record["slug"] for record in answer.json()["data"]] == ["c", "b", "d", "a"]


@pytest.mark.parametrize(
    ("query", "slugs", "page_size"),
    [
        ("page=bogus&page=2&page_size=0&page_size=1&sort=slug", ["b"], 1),
        ("search=nobody&search=beta", ["b"], 25),
        ("deleted=bogus&deleted=false&sort=slug", ["a", "b"], 25),
        ("deleted=false&deleted=true", [], 25),
        ("scheduling_active=x&scheduling_active=true&sort=-slug", ["b", "a"], 25),
        ("user_id=x&user_id=0", [], 25),
    ],
)
async def test_of_a_repeated_single_value_the_last_counts(
    north: Clinic, query: str, slugs: list[str], page_size: int
) -> None:
    await north.add_specialist(name="Alpha", slug="a")
    await north.add_specialist(name="Beta", slug="b")

    answer = await north.patient.rest("GET", f"/v1/specialists?{query}")

    assert [record["slug"] for record in answer.json()["data"]] == slugs
    assert answer.json()["meta"]["page_size"] == page_size


async def test_the_pages_of_a_specialtys_specialists_count_alike(north: Clinic) -> None:
    specialty = await north.add_specialty()

    answer = await north.patient.rest("GET", f"/v1/specialties/{specialty}?page=x&page=3&page_size=0&page_size=7")

    assert answer.json()["meta"] == {"page": 3, "page_size": 7, "total": 0, "total_pages": 0}


async def test_links_keep_repeated_parameters(north: Clinic) -> None:
    query = "sort[]=name&include=user&include=specialties&page=1&sort=-slug&page=2&page_size=1"

    answer = await north.patient.rest("GET", f"/v1/specialists?{query}")

    parameters = "sort%5B%5D=name&include=user&include=specialties&sort=-slug&page_size=1"
    assert answer.headers["link"].split(", ")[0] == f'</v1/specialists?{parameters}&page=1>; rel="first"'


async def test_what_nobody_knows_is_ignored_everywhere(north: Clinic) -> None:
    new = {"specialties": {"title": "X", "slug": "x"}, "specialists": {"name": "X", "slug": "x"}}
    answers = []

    for entity, body in new.items():
        response = await north.admin.rest("POST", f"/v1/{entity}?{UNKNOWN}", body)
        record = response.headers["location"]
        answers += [
            await north.admin.rest("GET", f"/v1/{entity}?{UNKNOWN}"),
            *[await north.admin.rest(method, f"{record}?{UNKNOWN}") for method in ("GET", "HEAD")],
            await north.admin.rest("PUT", f"{record}?{UNKNOWN}", {"slug": "y"}, if_match=response.headers["etag"]),
            await north.admin.rest("DELETE", f"{record}?{UNKNOWN}"),
        ]
    answers.append(await north.admin.rest("POST", f"{record}/restore?{UNKNOWN}"))

    assert [answer.status_code for answer in answers] == [200] * 11

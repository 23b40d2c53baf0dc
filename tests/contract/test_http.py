"""Addresses and methods: what is there, what answers to what, and where the other pages are."""

import re

import httpx2
import pytest

from tests.clinic import Clinic

COLLECTIONS = ["/v1/specialists", "/v1/specialties"]
VOLATILE = {"x-request-id", "server-timing"}
COLLECTION_ALLOWS, ITEM_ALLOWS = "GET, POST, HEAD, OPTIONS", "GET, PUT, PATCH, DELETE, HEAD, OPTIONS"
ABSENT = [
    "/v1",
    "/v1/",
    "/v2/specialists",
    "/v1/Specialists",
    "/v1/specialists/1/2",
    "/v1//specialists",
    "/v1/specialists%2F1/x",
    "/v1/users",
    "/nothing",
    "/graphql/x",
    "/%00",
    "/..%2f..%2fetc/passwd",
]


def steady(headers: httpx2.Headers) -> dict[str, str]:
    """What two equal answers have in common."""
    return {name: value for name, value in headers.items() if name not in VOLATILE}


async def addresses(clinic: Clinic) -> list[str]:
    specialty = await clinic.add_specialty()
    specialist = await clinic.add_specialist(specialty_ids=[specialty])
    return [*COLLECTIONS, f"/v1/specialists/{specialist}", f"/v1/specialties/{specialty}"]


async def test_a_trailing_slash_is_served_like_none(north: Clinic) -> None:
    for address in await addresses(north):
        plain = await north.patient.rest("GET", address)

        slashed = await north.patient.rest("GET", f"{address}/")

        assert (slashed.status_code, slashed.text) == (200, plain.text)
        assert slashed.headers.get("etag") == plain.headers.get("etag")


async def test_writes_do_not_mind_a_trailing_slash(north: Clinic) -> None:
    response = await north.admin.rest("POST", "/v1/specialists/", {"name": "Dr. X", "slug": "dr-x"})
    update = await north.admin.rest("PUT", f"{response.headers['location']}/", {"name": "Dr. Y"})
    deleted = await north.admin.rest("DELETE", f"{response.headers['location']}/")

    assert [response.status_code for response in (response, update, deleted)] == [201, 200, 200]
    assert re.fullmatch(r"/v1/specialists/[1-9]\d*", response.headers["location"])


@pytest.mark.parametrize("entity", ["specialists", "specialties"])
async def test_a_created_record_is_where_location_says(north: Clinic, entity: str) -> None:
    response = await north.admin.rest("POST", f"/v1/{entity}", {"name": "X", "title": "X", "slug": "x"})

    answer = await north.patient.rest("GET", response.headers["location"])

    assert response.headers["location"] == f"/v1/{entity}/{response.json()['data']['id']}"
    assert response.json()["data"].items() <= answer.json()["data"].items()


async def test_head_answers_like_get(north: Clinic) -> None:
    for address in [*await addresses(north), "/v1/specialists/9000000000", "/v1/specialists?page=0", "/nothing"]:
        get = await north.patient.rest("GET", address)

        head = await north.patient.rest("HEAD", address)

        assert (head.status_code, steady(head.headers)) == (get.status_code, steady(get.headers))


@pytest.mark.parametrize(("paths", "methods"), [(0, COLLECTION_ALLOWS), (2, ITEM_ALLOWS)], ids=["lists", "records"])
async def test_options_tells_the_methods_to_anyone(north: Clinic, paths: int, methods: str) -> None:
    for address in (await addresses(north))[paths : paths + 2]:
        answer = await north.http.options(address)

        assert (answer.status_code, answer.content, answer.headers["allow"]) == (204, b"", methods)


@pytest.mark.parametrize(
    ("path", "methods", "header"),
    [
        *((path, ("PUT", "PATCH", "DELETE"), COLLECTION_ALLOWS) for path in COLLECTIONS),
        *((f"{path}/1", ("POST",), ITEM_ALLOWS) for path in COLLECTIONS),
        *(
            (path, ("TRACE", "CONNECT", "BREW"), allows)
            for path, allows in (("/v1/specialists/", COLLECTION_ALLOWS), ("/v1/specialties/1/", ITEM_ALLOWS))
        ),
        ("/graphql", ("PUT", "DELETE", "OPTIONS"), "GET, POST"),
    ],
)
async def test_another_method_is_refused_with_those_there_are(
    north: Clinic, path: str, methods: tuple[str, ...], header: str
) -> None:
    for method in methods:
        answer = await north.admin.rest(method, path)

        body = answer.json()
        error = body["error"] if "error" in body else body["errors"][0]["extensions"]
        assert (answer.status_code, error["code"]) == (405, "method_not_allowed")
        assert answer.headers["allow"] == header


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
async def test_the_operators_addresses_are_only_read(http: httpx2.AsyncClient, path: str) -> None:
    read, post = await http.get(path), await http.post(path)

    assert [read.status_code, post.status_code] == [200, 405]
    assert post.json()["error"]["code"] == "method_not_allowed"
    assert set(post.headers["allow"].split(", ")) == {"GET", "HEAD"}


@pytest.mark.parametrize("path", ABSENT)
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
async def test_elsewhere_there_is_nothing(north: Clinic, method: str, path: str) -> None:
    answer = await north.admin.rest(method, path)

    error = answer.json()["error"]
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/json")
    assert (list(error), error["code"]) == (["code", "message", "request_id"], "not_found")


@pytest.mark.parametrize("path", ["/v1/specialists//", "/livez/", "/readyz/", "/openapi.json/", "/docs/", "/graphql/"])
async def test_nobody_is_sent_elsewhere(north: Clinic, path: str) -> None:
    answer = await north.admin.rest("GET", path)

    assert answer.status_code < 300 or "error" in answer.text
    assert "location" not in answer.headers


@pytest.mark.parametrize(
    ("page", "relations"),
    [
        (1, "first:1 next:2 last:3"),
        (2, "first:1 prev:1 next:3 last:3"),
        (3, "first:1 prev:2 last:3"),
        (4, "first:1 prev:3 last:3"),
        (10**30, "first:1 prev:3 last:3"),
    ],
)
@pytest.mark.parametrize("entity", ["specialist", "specialty"])
async def test_a_list_links_to_its_other_pages(north: Clinic, entity: str, page: int, relations: str) -> None:
    for _ in range(5):
        await getattr(north, f"add_{entity}")()
    path = "/v1/specialists" if entity == "specialist" else "/v1/specialties"

    answer = await north.patient.rest("GET", f"{path}?page={page}&page_size=2&sort=-id")

    pairs = [relation.split(":") for relation in relations.split()]
    links = [f'<{path}?page_size=2&sort=-id&page={number}>; rel="{name}"' for name, number in pairs]
    assert answer.headers["link"] == ", ".join(links)


async def test_an_empty_list_links_to_its_only_page(north: Clinic) -> None:
    answer = await north.patient.rest("GET", "/v1/specialists")

    assert answer.headers["link"] == '</v1/specialists?page=1>; rel="first", </v1/specialists?page=1>; rel="last"'


async def test_links_keep_what_was_asked(north: Clinic) -> None:
    answer = await north.patient.rest("GET", "/v1/specialists/?search=%C3%A9%20%3E%22%2C&x=1&page=7&x=2&empty=")

    parameters = "search=%C3%A9+%3E%22%2C&x=1&x=2&empty="
    address = f"</v1/specialists/?{parameters}&page=1>"
    assert answer.headers["link"] == f'{address}; rel="first", {address}; rel="prev", {address}; rel="last"'


async def test_links_lead_through_the_whole_list(north: Clinic) -> None:
    ids = [await north.add_specialist() for _ in range(5)]
    answer = await north.patient.rest("GET", "/v1/specialists?page_size=2&sort=id")
    page_ids = [record["id"] for record in answer.json()["data"]]

    while "next" in answer.links:
        answer = await north.patient.rest("GET", answer.links["next"]["url"])
        page_ids += [record["id"] for record in answer.json()["data"]]

    assert page_ids == ids


async def test_answers_are_json(north: Clinic) -> None:
    for address in await addresses(north):
        answer = await north.patient.rest("GET", address)

        assert answer.headers["content-type"] == "application/json"
        assert "link" in answer.headers or "etag" in answer.headers

"""The order of lists: every key, both ways, ties and nulls."""

from datetime import datetime
from typing import Any

import pytest

from resolvers.lists import SPECIALISTS, SPECIALTIES
from tests.api import Api, RestApi
from tests.clinic import Clinic
from tests.rows import insert, instant, transaction_of

FIELDS = ("name", "title", "slug", "created_at", "updated_at")
ROWS = (
    ("Beta", "Nurse", "d", "2025-01-03T00:00:00Z", "2025-02-01T00:00:00Z"),
    ("Alpha", None, "c", "2025-01-01T00:00:00Z", "2025-02-04T00:00:00Z"),
    ("Beta", "Cardiologist", "b", "2025-01-01T00:00:00Z", "2025-02-03T00:00:00Z"),
    ("Gamma", "Nurse", "e", "2025-01-01T00:00:00Z", "2025-02-03T00:00:00Z"),
    ("Alpha", None, "a", "2025-01-02T00:00:00Z", "2025-02-03T00:00:00Z"),
)
UNKNOWN = ["bogus", "-bogus", "name,bogus", "name desc", "NAME", "--name", "-", ",", "name,", "%00", "description", "1"]


async def add_records(clinic: Clinic, table: str) -> None:
    async with transaction_of(clinic) as transaction:
        for row in ROWS:
            values = dict(zip(FIELDS, row, strict=True))
            if table == "specialties":
                values = {name: values[name] or "" for name in FIELDS if name != "name"}
            await insert(transaction, table, **{name: _stored(name, value) for name, value in values.items()})


def _stored(name: str, value: str | None) -> str | datetime | None:
    return instant(value) if value and name.endswith("_at") else value


def ordered(records: list[dict[str, Any]], *keys: tuple[str, bool]) -> list[str]:
    """The slugs in the order of ``keys``, nulls last; ties by id, in the direction of the last key."""
    rows = sorted(records, key=lambda row: row["id"], reverse=keys[-1][1])
    for name, descending in reversed(keys):
        there = [row for row in rows if row[name] is not None]
        there.sort(key=lambda row: row[name], reverse=descending)
        rows = there + [row for row in rows if row[name] is None]
    return [row["slug"] for row in rows]


def test_stable_sorting_backwards_keeps_ties() -> None:
    records = [{"id": 1, "name": "x", "slug": "a"}, {"id": 2, "name": "x", "slug": "b"}]

    assert ordered(records, ("name", False)) == ["a", "b"]
    assert ordered(records, ("name", True)) == ["b", "a"]


@pytest.mark.parametrize("descending", [False, True], ids=["ascending", "descending"])
@pytest.mark.parametrize("key", SPECIALISTS.sort_columns)
async def test_specialists_by_every_key(api: Api, north: Clinic, key: str, descending: bool) -> None:
    await add_records(north, "specialists")

    answer = await api.list_specialists(north.patient, sort=f"{'-' * descending}{key}")

    assert len(answer.data) == len(ROWS)
    assert [record["slug"] for record in answer.data] == ordered(answer.data, (key, descending))


@pytest.mark.parametrize("descending", [False, True], ids=["ascending", "descending"])
@pytest.mark.parametrize("key", SPECIALTIES.sort_columns)
async def test_specialties_by_every_key(api: Api, north: Clinic, key: str, descending: bool) -> None:
    await add_records(north, "specialties")

    answer = await api.list_specialties(north.patient, sort=f"{'-' * descending}{key}")

    assert len(answer.data) == len(ROWS)
    assert [record["slug"] for record in answer.data] == ordered(answer.data, (key, descending))


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("title", ["b", "d", "e", "c", "a"]),
        ("-title", ["e", "d", "b", "a", "c"]),
        ("created_at,slug", ["b", "c", "e", "a", "d"]),
        ("-created_at,slug", ["d", "a", "b", "c", "e"]),
        ("name,-title,slug", ["a", "c", "d", "b", "e"]),
        ("-updated_at,-name,id", ["c", "e", "b", "a", "d"]),
        ("name,-name", ["c", "a", "d", "b", "e"]),
        ("id,name", ["d", "c", "b", "e", "a"]),
        ("-id", ["a", "e", "b", "c", "d"]),
    ],
)
async def test_orders_written_out(api: Api, north: Clinic, sort: str, expected: list[str]) -> None:
    await add_records(north, "specialists")

    answer = await api.list_specialists(north.patient, sort=sort)

    assert [record["slug"] for record in answer.data] == expected


async def test_specialists_come_newest_first(api: Api, north: Clinic) -> None:
    await add_records(north, "specialists")

    answer = await api.list_specialists(north.patient)

    assert [record["slug"] for record in answer.data] == ["d", "a", "e", "b", "c"]


async def test_specialties_come_by_title(api: Api, north: Clinic) -> None:
    await add_records(north, "specialties")

    answer = await api.list_specialties(north.patient)

    assert [record["slug"] for record in answer.data] == ["c", "a", "b", "d", "e"]


async def test_pages_are_cut_from_one_order(api: Api, north: Clinic) -> None:
    await add_records(north, "specialists")

    pages = [await api.list_specialists(north.patient, sort="name", page=page, page_size=1) for page in range(1, 6)]

    assert [page.data[0]["slug"] for page in pages] == ["c", "a", "d", "b", "e"]


@pytest.mark.parametrize("sort", ["", "%20name%20,%20-title%20"], ids=["blank", "spaced"])
async def test_blanks_in_a_sort_do_not_matter(north: Clinic, sort: str) -> None:
    answer = await north.patient.rest("GET", f"/v1/specialists?sort={sort}")

    assert answer.status_code == 200


@pytest.mark.parametrize("sort", UNKNOWN)
@pytest.mark.parametrize(
    ("entity", "names"), [("specialists", SPECIALISTS.sort_columns), ("specialties", SPECIALTIES.sort_columns)]
)
async def test_an_unknown_key_is_refused_with_the_known_ones(
    north: Clinic, entity: str, names: tuple[str, ...], sort: str
) -> None:
    answer = await north.patient.rest("GET", f"/v1/{entity}?sort={sort}")

    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (400, "invalid_sort", "sort")
    assert ", ".join(names) in error["message"]


def test_the_keys_are_those_of_the_contract() -> None:
    assert SPECIALISTS.sort_columns == ("id", "name", "title", "slug", "created_at", "updated_at")
    assert SPECIALTIES.sort_columns == ("id", "title", "slug", "created_at", "updated_at")


async def test_a_specialty_has_no_name_to_be_sorted_by(north: Clinic) -> None:
    answer = await RestApi().list_specialties(north.patient, sort="name")

    assert (answer.status, answer.code) == (400, "invalid_sort")

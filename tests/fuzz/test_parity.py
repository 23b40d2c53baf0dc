"""Both APIs give the same answer to the same request, down to order, totals, codes and statuses."""

from collections.abc import Iterator
from random import Random
from typing import Any

import httpx2
import pytest

from db.database import Database
from resolvers.identity.development import DevelopmentKeys
from tests.clinic import Clinic
from tests.fuzz.clinic_pair import ClinicPair
from tests.fuzz.values import (
    FIELDS,
    PARAMETERS,
    SPECIALTY_FIELDS,
    SPECIALTY_PARAMETERS,
    VERSIONS,
    WRITTEN_IDS,
)
from tests.roster import FIRST_ID, arrange, small

Json = dict[str, Any]
ROLES = ("admin", "patient")


@pytest.fixture
async def pair(http: httpx2.AsyncClient, keys: DevelopmentKeys, database: Database) -> ClinicPair:
    """A pair of clinics that hold the same ten specialists under the same ids."""
    first, second = [
        await arrange(Clinic.new(name, http, keys, database), small(10)) for name in ("by-rest", "by-graphql")
    ]
    return ClinicPair.of(first, second)


def _combined(values: dict[str, list[Any]], seed: int, count: int) -> Iterator[Json]:
    """Some of the fields at once, each with any of its values."""
    random = Random(seed)
    for _ in range(count):
        names = random.sample(sorted(values), random.randint(2, min(4, len(values))))
        yield {name: random.choice(values[name]) for name in names}


def _creatable(entity: str, body: Json) -> bool:
    """Whether GraphQL's types let ``body`` create a ``entity``: what is required is there, and not null."""
    return all(isinstance(body.get(name), str) for name in ("title" if entity == "specialty" else "name", "slug"))


def _lists(values: dict[str, list[Any]], seed: int) -> list[Json]:
    return [
        {},
        *({name: choice} for name, choices in values.items() for choice in choices),
        *_combined(values, seed, 20),
    ]


async def test_lists_of_specialists_are_the_same(pair: ClinicPair) -> None:
    for listing in _lists(PARAMETERS, 1):
        await pair.agree("patient", "list_specialists", **listing)


async def test_lists_of_specialties_are_the_same(pair: ClinicPair) -> None:
    for listing in _lists(SPECIALTY_PARAMETERS, 2):
        await pair.agree("patient", "list_specialties", **listing)


@pytest.mark.parametrize("include", ["", *PARAMETERS["include"]])
async def test_single_specialists_are_the_same(include: str, pair: ClinicPair) -> None:
    for id_ in (*WRITTEN_IDS, *range(FIRST_ID, FIRST_ID + 11)):
        await pair.agree("patient", "get_specialist", id_, include=include)


async def test_single_specialties_are_the_same(pair: ClinicPair) -> None:
    for id_ in (*WRITTEN_IDS, *range(FIRST_ID, FIRST_ID + 7)):
        await pair.agree("patient", "get_specialty", id_)
    for name in ("page", "page_size"):
        for number in PARAMETERS[name]:
            await pair.agree("patient", "get_specialty", FIRST_ID, **{name: number})


@pytest.mark.parametrize("name", FIELDS)
async def test_every_value_of_a_specialists_field_is_taken_or_refused_alike(name: str, pair: ClinicPair) -> None:
    for number, value in enumerate(FIELDS[name]):
        whole = {"name": "Dr. New", "slug": f"new-{number}"} | {name: value}
        if _creatable("specialist", whole):
            await pair.agree("admin", "create_specialist", whole, include="specialties,user")
        await pair.agree("admin", "update_specialist", FIRST_ID + 1, {name: value})
    await pair.agree("admin", "list_specialists", sort="id", page_size=100, include="specialties,user")


async def test_specialists_with_several_fields_are_made_and_changed_alike(pair: ClinicPair) -> None:
    for number, body in enumerate(_combined(FIELDS, 3, 50)):
        whole = {"name": "Dr. New", "slug": f"new-{number}"} | body
        if _creatable("specialist", whole):
            await pair.agree("admin", "create_specialist", whole, include="specialties")
        await pair.agree("admin", "update_specialist", FIRST_ID + number % 10, body)
    await pair.agree("admin", "list_specialists", sort="id", page_size=100, include="specialties,user")


@pytest.mark.parametrize("name", SPECIALTY_FIELDS)
async def test_every_value_of_a_specialtys_field_is_taken_or_refused_alike(name: str, pair: ClinicPair) -> None:
    for number, value in enumerate(SPECIALTY_FIELDS[name]):
        whole = {"title": "New", "slug": f"new-{number}"} | {name: value}
        if _creatable("specialty", whole):
            await pair.agree("admin", "create_specialty", whole)
        await pair.agree("admin", "update_specialty", FIRST_ID + 1, {name: value})
    await pair.agree("admin", "list_specialties", sort="id", page_size=100)


@pytest.mark.parametrize("body", [{}, {"name": None}, {"name": "", "slug": None}, {"name": "", "slug": " "}])
async def test_what_is_missing_is_told_alike(body: Json, pair: ClinicPair) -> None:
    for role in ROLES:
        if _creatable("specialist", body):
            await pair.agree(role, "create_specialist", body)
            await pair.agree(role, "create_specialty", {"title": body["name"], "slug": body["slug"]})
        await pair.agree(role, "update_specialist", FIRST_ID, body)


@pytest.mark.parametrize("role", ROLES)
async def test_whoever_writes_to_whatever_is_answered_alike(role: str, pair: ClinicPair) -> None:
    for id_ in WRITTEN_IDS:
        for body in ({}, {"name": "N"}, {"name": ""}, {"slug": "specialist-2"}, {"specialty_ids": [1]}):
            await pair.agree(role, "update_specialist", id_, body)
        await pair.agree(role, "update_specialty", id_, {"title": "T"})
        await pair.agree(role, "update_specialty", id_, {"slug": "A"})
        await pair.agree(role, "delete_specialty", id_)
        await pair.agree(role, "restore_specialist", id_)
        await pair.agree(role, "delete_specialist", id_)
        await pair.agree(role, "restore_specialist", id_, include="user")


async def test_versions_that_are_expected_are_held_against_the_record_alike(pair: ClinicPair) -> None:
    for number, version in enumerate(VERSIONS):
        id_ = FIRST_ID + number
        await pair.agree("admin", "update_specialist", id_, {"name": "Dr. Changed"}, version=version)
        await pair.agree("admin", "update_specialist", id_, {"name": ""}, version=version)
        await pair.agree("admin", "delete_specialist", id_, version=version)
        await pair.agree("admin", "delete_specialist", id_, version=version)


async def test_versions_of_specialties_are_held_against_the_record_alike(pair: ClinicPair) -> None:
    for version in VERSIONS:
        for id_ in (FIRST_ID, FIRST_ID + 5, 1):
            await pair.agree("admin", "update_specialty", id_, {"title": "Changed"}, version=version)
            await pair.agree("admin", "update_specialty", id_, {"title": ""}, version=version)
        await pair.agree("admin", "delete_specialty", FIRST_ID + 5, version=version)


@pytest.mark.parametrize("seed", range(3))
async def test_a_random_history_ends_alike(seed: int, pair: ClinicPair) -> None:
    random = Random(seed)
    for number in range(50):
        id_ = random.choice([FIRST_ID + random.randrange(12), f"made {random.randrange(20)}"])
        body = next(_combined(FIELDS, 1_000 * seed + number, 1))
        whole = {"name": "Dr. New", "slug": f"new-{number}"} | body
        role = "patient" if random.random() < 0.05 else "admin"
        match random.randrange(7):
            case 0 | 1 if _creatable("specialist", whole):
                await pair.agree(role, "create_specialist", whole)
            case 2 | 3:
                await pair.agree(role, "update_specialist", id_, body)
            case 4:
                await pair.agree(role, "delete_specialist", id_)
            case 5:
                await pair.agree(role, "create_specialty", {"title": "New", "slug": f"new-{number % 5}"})
            case 6:
                await pair.agree(role, "restore_specialist", id_, include="specialties")
    for deleted in (True, False):
        await pair.agree("admin", "list_specialists", deleted=deleted, page_size=100, include="specialties,user")
    await pair.agree("admin", "list_specialties", page_size=100)

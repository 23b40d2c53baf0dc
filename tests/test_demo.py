"""Proof of db/demo, also over a database that an earlier run has filled."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import Any
from uuid import uuid4

import pytest

from db import users
from db.database import Database
from db.demo.clinic import Clinic
from db.demo.fill import fill_clinic, fill_demo
from db.demo.ids import DEMO_CLINICS, DEMO_ROLES, demo_organization_id, demo_user_id
from db.demo.north import NORTH
from db.demo.south import SOUTH
from db.statements.compile import Statement, compile_sql
from db.tables import TENANT_TABLES
from db.tenant import Tenant
from resolvers.inputs import parse_draft
from resolvers.scheduling import find_overlap
from resolvers.specialists import SpecialistFields
from resolvers.specialties import SpecialtyFields

Row = Mapping[str, Any]

CLINICS = (NORTH, SOUTH)


def rows_of(table: str) -> Statement:
    return compile_sql(f"select * from {table} as own where own.organization_id = :organization_id")


SPECIALISTS = rows_of("specialists")
USERS = rows_of("users")
SPECIALTY_TITLES = compile_sql(
    """
    select specialty.title from specialties as specialty
    join specialist_specialties as link on link.specialty_id = specialty.id
    where specialty.organization_id = :organization_id and link.organization_id = :organization_id
        and link.specialist_id = :id
    order by specialty.title
    """
)
UNHELD = compile_sql(
    """
    select specialty.slug from specialties as specialty
    where specialty.organization_id = :organization_id and not exists (
        select from specialist_specialties as link
        where link.organization_id = :organization_id and link.specialty_id = specialty.id
    )
    """
)


@pytest.fixture(scope="session")
async def demo(database: Database) -> Database:
    """The database, filled by this run or an earlier one."""
    await fill_demo(database)
    return database


async def tenant_of(database: Database, clinic: Clinic) -> Tenant:
    return Tenant(await database.organization_of(clinic.clerk_id, clinic.slug), "member")


async def ask(database: Database, clinic: Clinic, statement: Statement, **values: object) -> list[Row]:
    async with database.transaction(await tenant_of(database, clinic)) as transaction:
        return [dict(row) for row in await transaction.run(statement, **values)]


async def everything(database: Database, clinic: Clinic) -> list[list[Row]]:
    async with database.transaction(await tenant_of(database, clinic)) as transaction:
        tables = [await transaction.run(rows_of(table.name)) for table in TENANT_TABLES]
    return [sorted(map(dict, rows), key=repr) for rows in tables]


def unseen(clinic: Clinic) -> Clinic:
    """The same data for an organization that no run has filled."""
    return replace(clinic, slug=f"{clinic.slug}-{uuid4().hex}")


@pytest.mark.parametrize("clinic", CLINICS, ids=lambda clinic: clinic.slug)
async def test_filling_twice_keeps_the_data(demo: Database, clinic: Clinic) -> None:
    before = await everything(demo, clinic)

    again = await fill_demo(demo)

    assert not again
    assert await everything(demo, clinic) == before


async def test_two_who_fill_at_once_make_it_once(database: Database) -> None:
    clinic = unseen(SOUTH)

    results = await asyncio.gather(*(fill_clinic(database, clinic) for _ in range(3)))

    assert sorted(results) == [False, False, True]
    assert len(await ask(database, clinic, SPECIALISTS)) == len(clinic.people)


async def test_a_clinic_with_a_specialist_of_its_own_is_left_as_it_is(database: Database) -> None:
    clinic = unseen(SOUTH)
    await fill_clinic(database, replace(clinic, people=clinic.people[-1:]))
    before = await everything(database, clinic)

    is_new = await fill_clinic(database, clinic)

    assert not is_new
    assert await everything(database, clinic) == before


async def test_a_clinic_keeps_the_users_and_specialties_that_it_has(database: Database) -> None:
    clinic = unseen(SOUTH)
    await fill_clinic(database, replace(clinic, people=()))
    before = await ask(database, clinic, UNHELD)

    assert await fill_clinic(database, clinic)

    assert {row["slug"] for row in before} == set(clinic.specialties)
    assert len(await ask(database, clinic, rows_of("specialties"))) == len(before)


async def test_a_user_made_again_changes_only_where_different(database: Database) -> None:
    clinic = unseen(SOUTH)
    admin = replace(await tenant_of(database, clinic), role="admin")
    async with database.transaction(admin, write=True) as transaction:
        for values in (clinic.user("admin"), clinic.user("admin"), clinic.user("admin") | {"email": "new@example.com"}):
            await users.insert(transaction, values)

    (user,) = await ask(database, clinic, USERS)

    assert (user["email"], user["version"]) == ("new@example.com", 2)


async def test_a_clinic_that_fails_halfway_is_not_filled_at_all(database: Database) -> None:
    clinic = unseen(SOUTH)
    faulty = replace(clinic, people=(*clinic.people, replace(clinic.people[0], slug="who", specialties="nonesuch")))

    with pytest.raises(KeyError):
        await fill_clinic(database, faulty)

    assert not any(await everything(database, clinic))


async def test_there_is_more_than_a_page_of_specialists(demo: Database) -> None:
    north, south = [await ask(demo, clinic, SPECIALISTS) for clinic in CLINICS]

    assert len(north) >= 45
    assert len(south) >= 20
    assert sum(row["deleted_at"] is not None for row in north + south) >= 4
    assert sum(row["scheduling_active"] is False for row in north + south) >= 4


@pytest.mark.parametrize("clinic", CLINICS, ids=lambda clinic: clinic.slug)
async def test_there_are_specialties_and_one_that_nobody_holds(demo: Database, clinic: Clinic) -> None:
    assert len(await ask(demo, clinic, rows_of("specialties"))) >= 15
    assert await ask(demo, clinic, UNHELD)


@pytest.mark.parametrize("column", ["user_id", "title", "description", "signature_url", "avatar_url"])
async def test_some_specialists_have_it_and_some_have_not(demo: Database, column: str) -> None:
    assert {row[column] is None for row in await ask(demo, NORTH, SPECIALISTS)} == {True, False}


@pytest.mark.parametrize("clinic", CLINICS, ids=lambda clinic: clinic.slug)
@pytest.mark.parametrize("role", DEMO_ROLES)
async def test_the_users_that_demo_tokens_name_exist(demo: Database, clinic: Clinic, role: str) -> None:
    users = {row["clerk_id"]: row for row in await ask(demo, clinic, USERS)}

    assert (clinic.clerk_id, clinic.slug in DEMO_CLINICS) == (demo_organization_id(clinic.slug), True)
    assert users[demo_user_id(clinic.slug, role)]["role"] == role


async def test_jane_smith_is_who_the_documentation_shows(demo: Database) -> None:
    (jane,) = [row for row in await ask(demo, NORTH, SPECIALISTS) if row["slug"] == "dr-jane-smith"]
    (user,) = [row for row in await ask(demo, NORTH, USERS) if row["id"] == jane["user_id"]]
    titles = [row["title"] for row in await ask(demo, NORTH, SPECIALTY_TITLES, id=jane["id"])]

    assert (jane["name"], jane["title"], jane["minicrm_name"]) == ("Dr. Jane Smith", "Cardiologist", "DrSmith")
    assert jane["scheduling_timezone"] == "America/New_York"
    assert titles == ["Cardiology", "Internal Medicine"]
    assert user["role"] == "specialist"


async def test_the_newest_of_a_clinic_is_its_demo_specialist(database: Database) -> None:
    clinic = unseen(NORTH)
    await fill_clinic(database, clinic)

    newest = max(await ask(database, clinic, SPECIALISTS), key=lambda row: (row["created_at"], row["id"]))
    (user,) = [row for row in await ask(database, clinic, USERS) if row["id"] == newest["user_id"]]

    assert newest["slug"] == "dr-jane-smith"
    assert user["clerk_id"] == demo_user_id(clinic.slug, "specialist")


@pytest.mark.parametrize("table", [table.name for table in TENANT_TABLES if "id" in table.c])
async def test_the_two_clinics_share_no_record(demo: Database, table: str) -> None:
    north, south = [{row["id"] for row in await ask(demo, clinic, rows_of(table))} for clinic in CLINICS]

    assert all((north, south)) or table == "audit_log"  # the clinics may have been filled before there was a log
    assert not north & south


async def test_an_override_for_one_type_of_appointment_locks_a_timezone(demo: Database) -> None:
    ids = {row["specialist_id"] for row in await ask(demo, NORTH, rows_of("overrides")) if row["appointment_type_id"]}
    zones = {row["id"]: row["scheduling_timezone"] for row in await ask(demo, NORTH, SPECIALISTS)}

    assert ids
    assert all(zones[id_] for id_ in ids)


async def test_hours_run_over_midnight_and_come_several_a_day(demo: Database) -> None:
    hours = await ask(demo, NORTH, rows_of("weekly_hours"))
    days = [(row["specialist_id"], row["day_of_week"]) for row in hours]

    assert any(time(0) < row["end_time"] < row["start_time"] for row in hours)
    assert len(set(days)) < len(days)


async def test_there_is_a_vacation_a_day_off_and_an_opening_on_a_closed_day(demo: Database) -> None:
    hours = {(row["specialist_id"], row["day_of_week"]) for row in await ask(demo, NORTH, rows_of("weekly_hours"))}
    overrides = await ask(demo, NORTH, rows_of("overrides"))
    closed = [row for row in overrides if not row["is_available"] and row["start_time"] is None]
    open_days = {(row["specialist_id"], row["date"].isoweekday()) for row in overrides if row["is_available"]}

    assert any(row["end_date"] for row in closed)
    assert any(row["end_date"] is None for row in closed)
    assert open_days - hours


@pytest.mark.parametrize("clinic", CLINICS, ids=lambda clinic: clinic.slug)
def test_nothing_is_made_that_a_client_could_not_have_sent(clinic: Clinic) -> None:
    for number in range(len(clinic.people)):
        values = clinic.specialist(number)
        week: Any = clinic.week(number)

        assert parse_draft(SpecialistFields, values).values.items() >= values.items()
        assert find_overlap([(row["day_of_week"], row["start_time"], row["end_time"]) for row in week]) is None
    for slug, title in clinic.specialties.items():
        assert parse_draft(SpecialtyFields, {"slug": slug, "title": title}).values


@pytest.mark.parametrize("clinic", CLINICS, ids=lambda clinic: clinic.slug)
def test_whatever_is_told_by_slug_is_told_of_somebody(clinic: Clinic) -> None:
    texts = (clinic.descriptions, clinic.minicrm_names, clinic.weeks, clinic.overrides, clinic.paused, clinic.deleted)

    assert set().union(*texts) <= {person.slug for person in clinic.people}

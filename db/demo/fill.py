"""Fill the demo clinics, each once and in one transaction."""

from datetime import date

from db import records, scheduling, specialists, tables, users
from db.database import Database, Transaction
from db.demo.clinic import Clinic
from db.demo.ids import DEMO_ROLES
from db.demo.north import NORTH
from db.demo.south import SOUTH
from db.statements.compile import compile_sql
from db.tenant import Tenant

LOCK = compile_sql("select pg_advisory_xact_lock(hashtextextended('demo', :organization_id))")

STATE = compile_sql(
    """
    select
        exists (
            select from specialists as specialist where specialist.organization_id = :organization_id
        ) as filled,
        cast(date_trunc('week', now()) as date) as monday
    """
)

SPECIALTY_IDS = compile_sql(
    """
    select slug, id from specialties as specialty where specialty.organization_id = :organization_id
    """
)


async def fill_demo(database: Database) -> bool:
    """Fill the clinics that have no specialists yet; return whether there was one."""
    results = [await fill_clinic(database, clinic) for clinic in (NORTH, SOUTH)]
    return any(results)


async def fill_clinic(database: Database, clinic: Clinic) -> bool:
    """Fill ``clinic`` unless it has specialists; return whether it was filled.

    Its state is read after the lock, so that it includes what another process wrote meanwhile.
    """
    organization_id = await database.organization_of(clinic.clerk_id, clinic.slug)
    async with database.transaction(Tenant(organization_id, "admin"), write=True) as transaction:
        await transaction.run(LOCK)
        (state,) = await transaction.run(STATE)
        if not state["filled"]:
            await _fill(transaction, clinic, state["monday"])
        return not state["filled"]


async def _fill(transaction: Transaction, clinic: Clinic, monday: date) -> None:
    for role in DEMO_ROLES:
        await users.insert(transaction, clinic.user(role))
    ids = await _specialties(transaction, clinic)
    for number, person in reversed(list(enumerate(clinic.people))):
        specialty_ids = [ids[slug] for slug in person.specialties.split()]
        id_ = await _specialist(transaction, clinic, number, specialty_ids)
        await scheduling.replace(transaction, tables.weekly_hours, id_, clinic.week(number))
        overrides = [override.row(monday) for override in clinic.overrides.get(person.slug, ())]
        await scheduling.replace(transaction, tables.overrides, id_, overrides)
        if person.slug in clinic.deleted:
            await specialists.mark_deleted(transaction, id_, deleted=True)


async def _specialties(transaction: Transaction, clinic: Clinic) -> dict[str, int]:
    """Return the ids of the clinic's specialties by slug; insert those that it does not have yet."""
    ids: dict[str, int] = {row["slug"]: row["id"] for row in await transaction.run(SPECIALTY_IDS)}
    for slug, title in clinic.specialties.items():
        if slug not in ids:
            ids[slug] = await records.insert(transaction, tables.specialties, {"title": title, "slug": slug})
    return ids


async def _specialist(transaction: Transaction, clinic: Clinic, number: int, specialty_ids: list[int]) -> int:
    user = clinic.user_of(number)
    user_id = await users.insert(transaction, user) if user else None
    values = clinic.specialist(number) | {"user_id": user_id, "specialty_ids": specialty_ids}
    return await specialists.insert(transaction, values)

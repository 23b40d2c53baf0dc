"""Fills the demo clinics, each once and in one transaction."""

from datetime import date

from db import records, scheduling, specialists, tables, users
from db.database import Database, Transaction
from db.demo.clinic import Clinic
from db.demo.ids import DEMO_ROLES
from db.demo.north import NORTH
from db.demo.south import SOUTH
from db.statements.compile import written
from db.tenant import Tenant

LOCK = written("select pg_advisory_xact_lock(hashtextextended('demo', :organization_id))")

LOOK = written(
    """
    select
        exists (
            select from specialists as specialist where specialist.organization_id = :organization_id
        ) as filled,
        cast(date_trunc('week', now()) as date) as monday
    """
)

KNOWN = written(
    """
    select slug, id from specialties as specialty where specialty.organization_id = :organization_id
    """
)


async def fill_demo(database: Database) -> bool:
    """Whether anything was made; a clinic that has specialists is left as it is."""
    made = [await fill_clinic(database, clinic) for clinic in (NORTH, SOUTH)]
    return any(made)


async def fill_clinic(database: Database, clinic: Clinic) -> bool:
    """Whether it was filled. The look comes after the lock: so it sees what the lock waited for."""
    organization_id = await database.organization_of(clinic.clerk_id, clinic.slug)
    async with database.transaction(Tenant(organization_id, "admin"), write=True) as transaction:
        await transaction.run(LOCK)
        (seen,) = await transaction.run(LOOK)
        if not seen["filled"]:
            await _fill(transaction, clinic, seen["monday"])
        return not seen["filled"]


async def _fill(transaction: Transaction, clinic: Clinic, monday: date) -> None:
    for role in DEMO_ROLES:
        await users.insert(transaction, clinic.user(role))
    ids = await _specialties(transaction, clinic)
    for number, person in reversed(list(enumerate(clinic.people))):
        held = [ids[slug] for slug in person.specialties.split()]
        made = await _specialist(transaction, clinic, number, held)
        await scheduling.replace(transaction, "weekly_hours", made, clinic.week(number))
        overrides = [each.row(monday) for each in clinic.exceptions.get(person.slug, ())]
        await scheduling.replace(transaction, "overrides", made, overrides)
        if person.slug in clinic.deleted:
            await specialists.mark_deleted(transaction, made, deleted=True)


async def _specialties(transaction: Transaction, clinic: Clinic) -> dict[str, int]:
    """Ids by slug; those that the clinic already has are kept."""
    ids: dict[str, int] = {row["slug"]: row["id"] for row in await transaction.run(KNOWN)}
    for slug, title in clinic.specialties.items():
        if slug not in ids:
            ids[slug] = await records.insert(transaction, tables.specialties, {"title": title, "slug": slug})
    return ids


async def _specialist(transaction: Transaction, clinic: Clinic, number: int, held: list[int]) -> int:
    user = clinic.user_of(number)
    user_id = await users.insert(transaction, user) if user else None
    values = clinic.specialist(number) | {"user_id": user_id, "specialty_ids": held}
    return await specialists.insert(transaction, values)

"""Load the measured organizations: an admin's token, and the ids that requests name."""

from collections.abc import Iterable
from dataclasses import dataclass

from db.database import Database
from db.statements.compile import compile_sql
from db.tenant import Tenant
from resolvers.identity.development import DevelopmentKeys

TOKEN_SECONDS = 3_600
IDS = compile_sql(
    """
    select
        array(
            select id from specialists as specialist
            where specialist.organization_id = :organization_id order by specialist.created_at desc limit 100
        ) as specialists,
        array(
            select id from specialties as specialty
            where specialty.organization_id = :organization_id order by specialty.id
        ) as specialties,
        array(
            select id from users as member
            where member.organization_id = :organization_id order by member.id limit 100
        ) as users
    """
)


@dataclass(frozen=True, slots=True)
class Organization:
    """One measured organization: its newest specialists, its specialties, some of its users."""

    id: int
    token: str
    specialists: tuple[int, ...]
    specialties: tuple[int, ...]
    users: tuple[int, ...]


async def load_organizations(url: str, keys: DevelopmentKeys, numbers: Iterable[int]) -> list[Organization]:
    """The organizations of these numbers, in the database at ``url``."""
    database = Database(url, pool_size=1)
    await database.open()
    try:
        return [await _organization(database, keys, number) for number in numbers]
    finally:
        await database.close()


async def _organization(database: Database, keys: DevelopmentKeys, number: int) -> Organization:
    id_ = await database.organization_of(clerk_id(number), f"bench-{number}")
    async with database.transaction(Tenant(id_, "member")) as transaction:
        (row,) = await transaction.run(IDS)
    return Organization(id_, _token(keys, number), *(tuple(ids) for ids in row.values()))


def clerk_id(number: int) -> str:
    return f"org_bench_{number}"


def _token(keys: DevelopmentKeys, number: int) -> str:
    return keys.token(
        user_id=f"user_bench_{number}_admin",
        organization_id=clerk_id(number),
        organization_slug=f"bench-{number}",
        role="admin",
        ttl=TOKEN_SECONDS,
    )

"""Reads that decide whether a specialty can be deleted."""

from db.database import Transaction
from db.statements.compile import compile_sql

HOLDERS = compile_sql(
    """
    select count(*) as holders from specialist_specialties as link
    where link.organization_id = :organization_id and link.specialty_id = :id
    """
)


async def count_holders(transaction: Transaction, id_: int) -> int:
    """Return how many specialists hold the specialty, soft-deleted ones included."""
    rows = await transaction.run(HOLDERS, id=id_)
    return int(rows[0]["holders"])

"""Writes to specialties; each function is one statement."""

from functools import lru_cache

from db.database import Transaction
from db.statements.compile import Statement, written

LOCK = written(
    """
    select version from specialties as specialty
    where specialty.organization_id = :organization_id and specialty.id = :id
    for update
    """
)

INSERT = written(
    """
    insert into specialties (organization_id, title, slug)
    values (:organization_id, :title, :slug)
    returning id
    """
)

HOLDERS = written(
    """
    select count(*) as holders from specialist_specialties as link
    where link.organization_id = :organization_id and link.specialty_id = :id
    """
)

DELETE = written(
    """
    delete from specialties as specialty
    where specialty.organization_id = :organization_id and specialty.id = :id
    """
)


async def lock(transaction: Transaction, id_: int) -> int | None:
    """The version of the specialty, which no one else can change or take up until the transaction ends."""
    rows = await transaction.run(LOCK, id=id_)
    return rows[0]["version"] if rows else None


async def insert(transaction: Transaction, values: dict[str, object]) -> int:
    rows = await transaction.run(INSERT, **values)
    made: int = rows[0]["id"]
    return made


async def update(transaction: Transaction, id_: int, values: dict[str, object]) -> None:
    await transaction.run(_update(tuple(values)), id=id_, **values)


@lru_cache(maxsize=8)
def _update(columns: tuple[str, ...]) -> Statement:
    changes = ", ".join(f"{column} = :{column}" for column in columns)
    return written(
        f"""
        update specialties as specialty set {changes}
        where specialty.organization_id = :organization_id and specialty.id = :id
        """  # noqa: S608 - the columns are title and slug
    )


async def holders(transaction: Transaction, id_: int) -> int:
    """How many specialists hold the specialty, soft-deleted ones included."""
    rows = await transaction.run(HOLDERS, id=id_)
    count: int = rows[0]["holders"]
    return count


async def delete(transaction: Transaction, id_: int) -> None:
    await transaction.run(DELETE, id=id_)

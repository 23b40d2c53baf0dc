"""Writes to users."""

from db.database import Transaction
from db.statements.compile import compile_sql

INSERT = compile_sql(
    """
    insert into users as member (organization_id, clerk_id, email, username, role)
    values (:organization_id, :clerk_id, :email, :username, :role)
    on conflict (organization_id, clerk_id) do update
        set email = excluded.email, username = excluded.username, role = excluded.role
        where (member.email, member.username, member.role)
            is distinct from (excluded.email, excluded.username, excluded.role)
    returning id
    """
)

FIND = compile_sql(
    """
    select id from users as member
    where member.organization_id = :organization_id and member.clerk_id = :clerk_id
    """
)


async def insert(transaction: Transaction, values: dict[str, object]) -> int:
    """Insert the user or update it if it differs, and return its id; ``values`` has one for each column.

    FIND is a statement of its own and runs second, so that it sees a user that INSERT waited for.
    """
    rows = await transaction.run(INSERT, **values) or await transaction.run(FIND, clerk_id=values["clerk_id"])
    return int(rows[0]["id"])

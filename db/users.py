"""Writes to users; each function is one statement, or two where another transaction was faster."""

from db.database import Transaction
from db.statements.compile import written

INSERT = written(
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

FIND = written(
    """
    select id from users as member
    where member.organization_id = :organization_id and member.clerk_id = :clerk_id
    """
)


async def insert(transaction: Transaction, values: dict[str, object]) -> int:
    """The id of the user, who is made, changed or left as it is; ``values`` has one for each column.

    The look comes second: only so does it see a user that the insert waited for.
    """
    rows = await transaction.run(INSERT, **values) or await transaction.run(FIND, clerk_id=values["clerk_id"])
    found: int = rows[0]["id"]
    return found

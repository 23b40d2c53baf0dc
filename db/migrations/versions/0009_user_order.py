"""Sort users by code point, as all records are, with an index for each order: every member who signs in is a user."""

from alembic import op

revision = "0009"
down_revision = "0008"

INDEXES = {
    # nulls come last either way, so each way has an index that begins with their flag
    "users_by_email": "users (organization_id, (email is null), email, id)",
    "users_by_email_descending": "users (organization_id, (email is not null), email, id)",
    "users_by_username": "users (organization_id, (username is null), username, id)",
    "users_by_username_descending": "users (organization_id, (username is not null), username, id)",
}


def upgrade() -> None:
    op.execute('alter table users alter email type text collate "C", alter username type text collate "C"')
    for name, definition in INDEXES.items():
        op.execute(f"create index {name} on {definition}")

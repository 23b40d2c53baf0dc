"""Responses stored for 24 hours, so that a repeated create gets the response of the first."""

from alembic import op

from db.migrations.rls import create_tenant_policies

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute(
        """
        create table idempotency_keys (
            organization_id bigint not null references organizations,
            route text not null,
            key text collate "C" not null,
            body_digest bytea not null,
            status smallint not null,
            headers text not null,
            body text not null,
            created_at timestamptz not null default now(),
            primary key (organization_id, route, key)
        )
        """
    )
    create_tenant_policies("idempotency_keys", "insert", "delete")

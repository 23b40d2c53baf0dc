"""Users of an organization, as the identity provider names them."""

from alembic import op

from db.migrations.rls import add_version_trigger, create_tenant_policies

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute(
        """
        create table users (
            organization_id bigint not null references organizations,
            id bigint generated always as identity,
            clerk_id text collate "C",
            email text,
            username text,
            role text not null,
            created_at timestamptz not null default now(),
            updated_at timestamptz not null default now(),
            version bigint not null default 1,
            primary key (organization_id, id),
            unique (organization_id, clerk_id)
        )
        """
    )
    add_version_trigger("users")
    create_tenant_policies("users", "insert", "update")

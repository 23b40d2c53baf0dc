"""Specialties of an organization."""

from alembic import op

from db.migrations.rls import add_version_trigger, create_tenant_policies

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute(
        """
        create table specialties (
            organization_id bigint not null references organizations,
            id bigint generated always as identity,
            title text collate "C" not null,
            slug text collate "C" not null,
            created_at timestamptz not null default now(),
            updated_at timestamptz not null default now(),
            version bigint not null default 1,
            primary key (organization_id, id),
            unique (organization_id, slug)
        )
        """
    )
    add_version_trigger("specialties")
    create_tenant_policies("specialties", "insert", "update", "delete")

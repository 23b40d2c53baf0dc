"""Specialists, the specialties they hold and the words they are found by; a specialist's row is never deleted."""

from alembic import op

from db.migrations.rls import add_version_trigger, create_tenant_policies

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute(
        """
        create table specialists (
            organization_id bigint not null references organizations,
            id bigint generated always as identity,
            user_id bigint,
            name text collate "C" not null,
            title text collate "C",
            description text,
            slug text collate "C" not null,
            signature_url text,
            avatar_url text,
            scheduling_timezone text,
            scheduling_active boolean not null default true,
            minicrm_name text,
            deleted_at timestamptz,
            created_at timestamptz not null default now(),
            updated_at timestamptz not null default now(),
            version bigint not null default 1,
            primary key (organization_id, id),
            unique (organization_id, slug),
            foreign key (organization_id, user_id) references users
        )
        """
    )
    add_version_trigger("specialists")
    create_tenant_policies("specialists", "insert", "update")
    create_links_and_words()


def create_links_and_words() -> None:
    op.execute(
        """
        create table specialist_specialties (
            organization_id bigint not null references organizations,
            specialist_id bigint not null,
            specialty_id bigint not null,
            primary key (organization_id, specialist_id, specialty_id),
            foreign key (organization_id, specialist_id) references specialists,
            foreign key (organization_id, specialty_id) references specialties
        )
        """
    )
    create_tenant_policies("specialist_specialties", "insert", "delete")
    op.execute(
        """
        create table specialist_words (
            organization_id bigint not null references organizations,
            word text collate "C" not null,
            specialist_id bigint not null,
            primary key (organization_id, word, specialist_id),
            foreign key (organization_id, specialist_id) references specialists
        )
        """
    )
    create_tenant_policies("specialist_words", "insert", "delete")

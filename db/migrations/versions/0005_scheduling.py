"""Weekly hours and overrides: local dates and times of a specialist, never instants."""

from alembic import op

from db.migrations.rls import create_tenant_policies

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.execute(
        """
        create table weekly_hours (
            organization_id bigint not null references organizations,
            id bigint generated always as identity,
            specialist_id bigint not null,
            day_of_week smallint not null check (day_of_week between 1 and 7),
            start_time time not null,
            end_time time not null,
            primary key (organization_id, id),
            foreign key (organization_id, specialist_id) references specialists
        )
        """
    )
    create_tenant_policies("weekly_hours", "insert", "delete")
    op.execute(
        """
        create table overrides (
            organization_id bigint not null references organizations,
            id bigint generated always as identity,
            specialist_id bigint not null,
            date date not null,
            end_date date check (end_date >= date),
            is_available boolean not null,
            start_time time,
            end_time time,
            appointment_type_id bigint,
            reason text,
            primary key (organization_id, id),
            foreign key (organization_id, specialist_id) references specialists,
            check ((start_time is null) = (end_time is null))
        )
        """
    )
    create_tenant_policies("overrides", "insert", "delete")

"""The audit log: who changed which row of an organization, written by triggers, append-only for the server."""

from alembic import op

from db.migrations.audit import add_audit_triggers
from db.migrations.rls import allow_admins, create_policy, force_rls

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    create_audit_log()
    add_triggers()
    record_members_with_their_session()


def create_audit_log() -> None:
    # No foreign key: what the log says stays when the record, or the whole organization, is removed. The triggers
    # copy the keys from rows that have theirs checked.
    op.execute(
        """
        create table audit_log (
            organization_id bigint not null,
            id bigint generated always as identity,
            at timestamptz not null default now(),
            actor_id text,
            session_id text,
            request_id text,
            database_role text,
            action text not null check (action in ('create', 'update', 'delete')),
            table_name text not null,
            record_id bigint not null,
            specialist_id bigint,
            specialty_id bigint,
            old_values jsonb,
            new_values jsonb,
            primary key (organization_id, id)
        )
        """
    )
    op.execute(
        "create index history_of_specialist on audit_log (organization_id, specialist_id, id)"
        " where specialist_id is not null"
    )
    op.execute(
        "create index history_of_specialty on audit_log (organization_id, specialty_id, id)"
        " where specialty_id is not null"
    )
    op.execute("create index audit_log_by_age on audit_log using brin (at)")  # to delete what is old
    force_rls("audit_log")
    allow_admins("select", "audit_log")
    # a function of a definer obeys forced policies too, so the owner needs a policy; it also deletes what is old
    create_policy("the owner keeps audit_log", "audit_log", "to current_user using (true) with check (true)")


def add_triggers() -> None:
    op.execute(
        """
        create function refuse_truncate() returns trigger language plpgsql set search_path = pg_catalog as $$
        begin
            raise exception 'the rows of % are audited: delete them instead', tg_table_name using errcode = '0A000';
        end $$
        """
    )
    add_audit_triggers("organizations", organization="id")
    add_audit_triggers("users")
    add_audit_triggers("specialties", specialty="id")
    add_audit_triggers("specialists", specialist="id")
    add_audit_triggers("specialist_specialties", record="specialty_id", specialist="specialist_id")
    add_audit_triggers("weekly_hours", specialist="specialist_id")
    add_audit_triggers("overrides", specialist="specialist_id")


def record_members_with_their_session() -> None:
    """Let ``record_member`` name the actor, who is the member."""
    op.execute("drop function record_member(text, text, text, text)")
    op.execute(
        """
        create function record_member(
            organization text, short_name text, member text, member_role text,
            member_session text default '', request text default ''
        )
        returns bigint language plpgsql set search_path = pg_catalog as $$
        declare tenant_id bigint;
        begin
            execute format(
                'set local app.user_id = %L; set local app.session_id = %L; set local app.request_id = %L',
                member, member_session, request
            );
            tenant_id := public.organization_of(organization, short_name);
            execute format('set local app.organization_id = %L', tenant_id);
            set local app.role = 'admin';
            perform from public.users
            where organization_id = tenant_id and clerk_id = member and role = member_role;
            if not found and current_setting('transaction_read_only')::boolean then
                tenant_id := null;
            elsif not found then
                insert into public.users (organization_id, clerk_id, role) values (tenant_id, member, member_role)
                on conflict (organization_id, clerk_id) do update set role = excluded.role
                where users.role <> excluded.role;
            end if;
            set local app.organization_id = '';
            set local app.role = '';
            set local app.user_id = '';
            set local app.session_id = '';
            set local app.request_id = '';
            return tenant_id;
        end $$
        """
    )
    op.execute("revoke execute on function record_member(text, text, text, text, text, text) from public")

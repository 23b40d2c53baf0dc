"""Members of an organization, recorded by one function when a verified token names them."""

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    # The function has the caller's rights, so the policies of users apply in it: it sets the tenant as any write
    # does, and clears it at the end. It reads before it writes: a read-only database returns the id for members on
    # record, and null for others. Email and username do not change, because a token does not contain them.
    op.execute(
        """
        create function record_member(organization text, short_name text, member text, member_role text)
        returns bigint language plpgsql set search_path = pg_catalog as $$
        declare tenant_id bigint := public.organization_of(organization, short_name);
        begin
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
            return tenant_id;
        end $$
        """
    )
    op.execute("revoke execute on function record_member(text, text, text, text) from public")

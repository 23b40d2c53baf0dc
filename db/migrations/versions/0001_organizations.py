"""Organizations, and the function that returns the id of one before the tenant is known."""

from alembic import op

from db.migrations.rls import add_version_trigger, allow_members_to_read, create_policy, force_rls

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.execute(
        """
        create table organizations (
            id bigint generated always as identity primary key,
            clerk_id text collate "C" not null unique,
            slug text collate "C",
            name text,
            created_at timestamptz not null default now(),
            updated_at timestamptz not null default now(),
            version bigint not null default 1
        )
        """
    )
    op.execute(
        """
        create function record_change() returns trigger language plpgsql set search_path = pg_catalog as $$
        begin
            new.version := old.version + 1;
            new.updated_at := now();
            return new;
        end $$
        """
    )
    add_version_trigger("organizations")
    force_rls("organizations")
    allow_members_to_read("organizations", "id")
    # a function of a definer obeys forced policies too, so the owner needs a policy
    create_policy("the owner finds organizations", "organizations", "to current_user using (true) with check (true)")
    create_organization_of()


def create_organization_of() -> None:
    op.execute(
        """
        create function organization_of(clerk text, short_name text) returns bigint
        language plpgsql security definer set search_path = pg_catalog as $$
        declare found_id bigint;
        begin
            select id into found_id from public.organizations where clerk_id = clerk;
            if found_id is null then
                insert into public.organizations (clerk_id, slug, name) values (clerk, short_name, short_name)
                on conflict (clerk_id) do nothing returning id into found_id;
            end if;
            if found_id is null then
                select id into found_id from public.organizations where clerk_id = clerk;
            end if;
            return found_id;
        end $$
        """
    )
    op.execute("revoke execute on function organization_of(text, text) from public")

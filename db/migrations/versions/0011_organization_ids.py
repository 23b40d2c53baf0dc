"""Ids of organizations from the clock instead of a sequence, which a restored backup sets back."""

from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    # A worker remembers the ids of organizations. If an id were handed out again after a restore, the members of the
    # organization that had it before would read the rows of the one that has it now. Microseconds do not come
    # again; two organizations of the same one differ by the loop; and they fit into the numbers of JavaScript.
    op.execute("alter table organizations alter column id drop identity")
    op.execute(
        """
        create or replace function organization_of(clerk text, short_name text) returns bigint
        language plpgsql security definer set search_path = pg_catalog as $$
        declare found_id bigint;
        begin
            loop
                select id into found_id from public.organizations where clerk_id = clerk;
                exit when found_id is not null;
                insert into public.organizations (id, clerk_id, slug, name)
                values (extract(epoch from clock_timestamp()) * 1000000, clerk, short_name, short_name)
                on conflict do nothing returning id into found_id;
                exit when found_id is not null;
            end loop;
            return found_id;
        end $$
        """
    )

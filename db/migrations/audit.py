"""The triggers that write the audit log: one row for each row of a table that is inserted, changed or deleted."""

from alembic import op

# A function for each table: one for all would read the keys of a row from JSON, which took a third longer. It has the
# rights of its owner, for nobody else may insert into audit_log. The trigger is one of rows and not of statements: for
# the few rows of a request that took a fifth less time, and only so is each old row paired with its new one.
AUDIT_FUNCTION = """
    create function audit_{table}() returns trigger
    language plpgsql security definer set search_path = pg_catalog as $$
    declare
        actor constant text := nullif(current_setting('app.user_id', true), '');
        row_keys constant text[] := '{{organization_id, id, specialist_id, created_at, updated_at, version}}';
        new_row jsonb;
        was jsonb;
        becomes jsonb;
    begin
        if tg_op = 'INSERT' then
            becomes := jsonb_strip_nulls(to_jsonb(new) - row_keys);
        elsif tg_op = 'DELETE' then
            was := jsonb_strip_nulls(to_jsonb(old) - row_keys);
            new := old;
        else
            new_row := to_jsonb(new);
            select jsonb_object_agg(key, value), jsonb_object_agg(key, new_row -> key) into was, becomes
            from jsonb_each(to_jsonb(old) - '{{updated_at, version}}'::text[]) where value <> new_row -> key;
            if was is null then
                return null;
            end if;
        end if;
        insert into public.audit_log (
            organization_id, actor_id, session_id, request_id, database_role,
            action, table_name, record_id, specialist_id, specialty_id, old_values, new_values
        )
        values (
            new.{organization}, actor,
            nullif(current_setting('app.session_id', true), ''), nullif(current_setting('app.request_id', true), ''),
            case when actor is null then session_user end,
            case tg_op when 'INSERT' then 'create' when 'UPDATE' then 'update' else 'delete' end, tg_table_name,
            new.{record}, {specialist}, {specialty}, was, becomes
        );
        return null;
    end $$
"""


def add_audit_triggers(
    table: str, *, organization: str = "organization_id", record: str = "id", specialist: str = "", specialty: str = ""
) -> None:
    """Write a row of ``audit_log`` for each row of ``table`` that is inserted, changed or deleted; refuse TRUNCATE.

    The other arguments are columns of ``table``: the organization of a row, its id, and the specialist or the
    specialty in whose history it appears.
    """
    columns = {"organization": organization, "record": record}
    subjects = {"specialist": specialist, "specialty": specialty}
    keys = columns | {name: f"new.{column}" if column else "null" for name, column in subjects.items()}
    op.execute(AUDIT_FUNCTION.format(table=table, **keys))
    # or any role could put the trigger on a table of its own, and so write into the log
    op.execute(f"revoke execute on function audit_{table}() from public")
    op.execute(
        f"create trigger audit after insert or update or delete on {table}"
        f" for each row execute function audit_{table}()"
    )
    op.execute(
        f"create trigger audit_truncate before truncate on {table}"
        " for each statement execute function refuse_truncate()"
    )

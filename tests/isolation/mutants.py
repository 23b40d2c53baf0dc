"""Databases with one protection removed: every known way to break each, enumerated from the catalogue."""

from collections.abc import Iterator

import asyncpg

from db.embedded import OWNER, SERVER
from tests.isolation.grants import GRANTED, UNAUDITED, VERBS

EVERY_TABLE = (
    "alter table {table} disable row level security",
    "alter table {table} no force row level security",
    "create policy open on {table} using (true)",
    "create policy open on {table} as restrictive using (false)",
    f"create policy open on {{table}} to {SERVER} using (true)",
    f"alter table {{table}} owner to {SERVER}",
    "create view leak as select * from {table}",
    "create materialized view leak as select * from {table}",
    "create function leak() returns setof {table} language sql security definer as 'select * from {table}'",
    "create function leak() returns setof {table} language sql as 'select * from {table}'",
    "create rule leak as on delete to {table} do instead nothing",
    "create table leak () inherits ({table})",
    "alter table {table} disable trigger all",
    f"grant select (id) on {{table}} to {SERVER}",
)
EVERY_TENANT_TABLE = (
    "alter table {table} add column leak_id bigint unique",
    "alter table {table} drop column organization_id cascade",
    "create unique index leak on {table} (specialist_id)",
    "create unique index leak on {table} (id)",
)
EVERY_AUDITED_TABLE = (
    "drop trigger audit on {table}",
    "drop trigger audit_truncate on {table}",
    "drop function audit_{table}() cascade",
    "drop trigger audit on {table}; create trigger audit after insert or update on {table} for each row"
    " execute function audit_{table}()",
    "drop trigger audit on {table}; create trigger audit after insert or update or delete on {table} for each row"
    " when (current_user <> 'nobody') execute function audit_{table}()",
    "drop trigger audit on {table}; create trigger audit after insert or update or delete on {table} for each row"
    " execute function record_change()",
    "alter function audit_{table}() security invoker",
    "alter function audit_{table}() reset search_path",
    "alter function audit_{table}() set search_path = public",
    "alter function audit_{table}() owner to postgres",
    f"alter function audit_{{table}}() owner to {SERVER}",
    "grant execute on function audit_{table}() to public",
    f"grant execute on function audit_{{table}}() to {SERVER}",
)
THE_REST = (
    f"alter role {SERVER} superuser",
    f"alter role {SERVER} bypassrls",
    f"alter role {SERVER} createrole",
    f"alter role {SERVER} createdb",
    f"grant {OWNER} to {SERVER}",
    "create table leak (id bigint)",
    f"grant create on schema public to {SERVER}",
    f"alter schema public owner to {SERVER}",
    f"alter default privileges for role {OWNER} grant select on tables to {SERVER}",
    f"grant update on alembic_version to {SERVER}",
    f"grant usage on sequence specialists_id_seq to {SERVER}",
    "alter function organization_of(text, text) reset search_path",
    "alter function organization_of(text, text) set search_path = public",
    "alter function organization_of(text, text) security invoker",
    "alter function organization_of(text, text) leakproof",
    f"alter function organization_of(text, text) owner to {SERVER}",
    "alter function organization_of(text, text) owner to postgres",
    "grant execute on function organization_of(text, text) to public",
    "drop function organization_of(text, text);"
    " create function organization_of(a text, b text, out id bigint, out name text) language sql security definer"
    " set search_path = pg_catalog as 'select id, name from public.organizations'",
    "create function organization_of(a text) returns bigint language sql security definer as 'select 1::bigint'",
    "alter function record_member(text, text, text, text, text, text) reset search_path",
    "alter function record_member(text, text, text, text, text, text) set search_path = public",
    "alter function record_member(text, text, text, text, text, text) security definer",
    "alter function record_member(text, text, text, text, text, text) leakproof",
    f"alter function record_member(text, text, text, text, text, text) owner to {SERVER}",
    "alter function record_member(text, text, text, text, text, text) owner to postgres",
    "grant execute on function record_member(text, text, text, text, text, text) to public",
    "create function record_member(a text) returns bigint language sql set search_path = pg_catalog as 'select 1'",
    "drop function record_member(text, text, text, text, text, text);"
    " create function record_member(a text, b text, c text, d text, e text, f text) returns text language sql"
    " set search_path = pg_catalog as 'select email from public.users'",
    'alter policy "the owner finds organizations" on organizations to public',
    f'alter policy "the owner finds organizations" on organizations to {OWNER}, {SERVER}',
    'alter policy "the owner keeps audit_log" on audit_log to public',
    f'alter policy "the owner keeps audit_log" on audit_log to {OWNER}, {SERVER}',
    "create function audit_leak() returns int language sql security definer set search_path = pg_catalog as 'select 1'",
)


async def mutations(connection: asyncpg.Connection) -> list[str]:
    """The SQL of every mutant of this database."""
    mutants = [sql.format(table=table) for table in GRANTED for sql in EVERY_TABLE if _fits(sql, table)]
    mutants += [
        sql.format(table=table)
        for table in GRANTED
        if table != "organizations"
        for sql in EVERY_TENANT_TABLE
        if _fits(sql, table)
    ]
    mutants += [sql.format(table=table) for table in GRANTED.keys() - UNAUDITED for sql in EVERY_AUDITED_TABLE]
    return [*mutants, *_grants(), *await _policies(connection), *await _constraints(connection), *THE_REST]


def _fits(sql: str, table: str) -> bool:
    """Whether the table has the columns that the mutation names, and triggers if it names those."""
    if "disable trigger" in sql and table == "audit_log":
        return False
    links = table.startswith("specialist_") or table == "idempotency_keys"
    with_specialist = table in ("specialist_specialties", "specialist_words", "weekly_hours", "overrides")
    return not (("(id)" in sql and links) or ("(specialist_id)" in sql and not with_specialist))


def _grants() -> Iterator[str]:
    for table, verbs in GRANTED.items():
        for verb in (*VERBS, "truncate", "references", "trigger"):
            for role in (SERVER, "public"):
                if role == "public" or verb not in verbs:
                    yield f"grant {verb} on {table} to {role}"


async def _policies(connection: asyncpg.Connection) -> list[str]:
    rows = await connection.fetch("select tablename, policyname, qual, with_check from pg_policies")
    mutants = []
    for table, name, using, with_check in rows:
        if name.startswith("the owner "):
            continue
        mutants += [f'drop policy "{name}" on {table}', f'alter policy "{name}" on {table} to {SERVER}']
        for kind, rule in (("using", using), ("with check", with_check)):
            if rule is not None:
                mutants += [f'alter policy "{name}" on {table} {kind} (true)']
                mutants += [f'alter policy "{name}" on {table} {kind} ({rule.split(" AND ")[-1].rstrip(")")}))'] * (
                    " AND " in rule
                )
    return mutants


async def _constraints(connection: asyncpg.Connection) -> list[str]:
    rows = await connection.fetch(
        """
        select conrelid::regclass::text, conname, contype::text, pg_get_constraintdef(oid) from pg_constraint
        where contype in ('p', 'u', 'f') and connamespace = 'public'::regnamespace
            and conrelid <> 'alembic_version'::regclass
        """
    )
    mutants = []
    for table, name, kind, definition in rows:
        drop = f"alter table {table} drop constraint {name} cascade"
        mutants.append(drop)
        if kind == "f":
            mutants.append(f"{drop}; alter table {table} add {definition} deferrable")
            mutants.append(f"{drop}; alter table {table} add {definition} not valid")
        elif "organization_id, " in definition:
            mutants.append(f"{drop}; alter table {table} add {definition.replace('organization_id, ', '')}")
    return mutants

"""Databases with one protection removed: every known way to break each, enumerated from the catalogue."""

from collections.abc import Iterator

import asyncpg

from db.embedded import OWNER, SERVER
from tests.isolation.grants import EVERY_GRANT, GRANTED, UNAUDITED, VERBS, VERSION_TABLE
from tests.isolation.rows import key_of, owner_column, table_named

FORCE = ("alter table {table} disable row level security", "alter table {table} no force row level security")
EVERY_TABLE = (
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
    "alter table {table} alter column organization_id drop not null",
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
    'alter policy "the owner records the revision" on alembic_version to public',
    f'alter policy "the owner records the revision" on alembic_version to {SERVER}',
    'alter policy "the owner keeps audit_log" on audit_log to public',
    f'alter policy "the owner keeps audit_log" on audit_log to {OWNER}, {SERVER}',
    "create function audit_leak() returns int language sql security definer set search_path = pg_catalog as 'select 1'",
)


async def mutations(connection: asyncpg.Connection) -> dict[str, list[str]]:
    """The SQL of every mutant of this database, by what it removes or weakens."""
    return {
        "each FORCE and ENABLE": [sql.format(table=table) for table in EVERY_GRANT for sql in FORCE],
        "each policy": await _policies(connection),
        "each key": await _keys(connection),
        "each grant": list(_grants()),
        "each audit trigger": [
            sql.format(table=table) for table in GRANTED.keys() - UNAUDITED for sql in EVERY_AUDITED_TABLE
        ],
        "each table": [sql.format(table=table) for table in EVERY_GRANT for sql in _of_table(table)],
        "roles, functions and the schema": list(THE_REST),
    }


def _of_table(table: str) -> Iterator[str]:
    """The mutations that the columns and keys of ``table`` allow."""
    if table == VERSION_TABLE:
        yield from (sql for sql in EVERY_TABLE if "(id)" not in sql and "trigger" not in sql)
        return
    columns = table_named(table).c
    key = key_of(table_named(table))
    tenant = owner_column(table_named(table)) == "organization_id"
    for sql in (*EVERY_TABLE, *(EVERY_TENANT_TABLE if tenant else ())):
        impossible = (
            ("(id)" in sql and "id" not in columns)
            or ("(specialist_id)" in sql and "specialist_id" not in columns)
            or ("not null" in sql and "organization_id" in key)
            or ("trigger" in sql and table == "audit_log")
        )
        if not impossible:
            yield sql


def _grants() -> Iterator[str]:
    for table, verbs in EVERY_GRANT.items():
        for verb in (*VERBS, "truncate", "references", "trigger"):
            for role in (SERVER, "public"):
                if role == "public" or verb not in verbs:
                    yield f"grant {verb} on {table} to {role}"


async def _policies(connection: asyncpg.Connection) -> list[str]:
    """Each policy that binds the server dropped, narrowed to one role, opened, and without each of its conditions."""
    rows = await connection.fetch(
        "select tablename, policyname, qual, with_check from pg_policies where roles = '{public}'"
    )
    mutants = []
    for table, name, using, with_check in rows:
        mutants += [f'drop policy "{name}" on {table}', f'alter policy "{name}" on {table} to {SERVER}']
        for kind, rule in (("using", using), ("with check", with_check)):
            if rule not in (None, "true"):
                mutants += [f'alter policy "{name}" on {table} {kind} ({rest})' for rest in _weakened(rule)]
    return mutants


def _weakened(rule: str) -> list[str]:
    """``rule`` as true, and without each of its conditions."""
    conditions = rule.removeprefix("(").removesuffix(")").split(" AND ") if " AND " in rule else []
    rests = (conditions[:place] + conditions[place + 1 :] for place in range(len(conditions)))
    return ["true", f"{rule} or true", *(" and ".join(rest) for rest in rests)]


async def _keys(connection: asyncpg.Connection) -> list[str]:
    """Each key dropped, unchecked, and without the organization."""
    rows = await connection.fetch(
        """
        select conrelid::regclass::text, confrelid::regclass::text, conname, contype::text, pg_get_constraintdef(oid)
        from pg_constraint where contype in ('p', 'u', 'f') and connamespace = 'public'::regnamespace
            and conrelid <> 'alembic_version'::regclass
        """
    )
    mutants = []
    for table, target, name, kind, definition in rows:
        drop = f"alter table {table} drop constraint {name} cascade"
        mutants.append(drop)
        loose = definition.replace("organization_id, ", "")
        if kind == "f":
            mutants.append(f"{drop}; alter table {table} add {definition} deferrable")
            mutants.append(f"{drop}; alter table {table} add {definition} not valid")
            if loose != definition:
                mutants.append(f"{drop}; create unique index on {target} (id); alter table {table} add {loose}")
        elif loose != definition:
            mutants.append(f"{drop}; alter table {table} add {loose}")
    return mutants

"""What the server's role must not be able to say at all, and what a transaction must not leave behind."""

import asyncpg
import pytest
from sqlalchemy import Table

from db.embedded import Addresses
from db.migrate import role_of
from db.tenant import Tenant
from tests.isolation.conftest import Sides
from tests.isolation.grants import DENIED
from tests.isolation.rows import TABLES, outcome, owner_column

OF_TABLES = {
    "truncates": "truncate {table}",
    "truncates with all that points here": "truncate {table} cascade",
    "switches row security off": "alter table {table} disable row level security",
    "frees the owner": "alter table {table} no force row level security",
    "opens a policy": "create policy open on {table} using (true)",
    "adds a trigger": "create trigger watch before insert on {table} for each row execute function record_change()",
    "adds a rule": "create rule watch as on insert to {table} do instead nothing",
    "drops it": "drop table {table} cascade",
    "takes it": "alter table {table} owner to current_user",
    "adds a column": "alter table {table} add leak text",
}
OF_DATABASE = {
    "makes a table": "create table public.leak (id bigint)",
    "makes a view": "create view public.leak as select 1",
    "makes a function": "create function public.leak() returns int language sql as 'select 1'",
    "changes the definer's function": "alter function organization_of(text, text) reset search_path",
    "makes itself superuser": "alter role current_user superuser",
    "bypasses row security": "alter role current_user bypassrls",
    "makes a role": "create role leak",
    "reads the revision it may not write": "update alembic_version set version_num = version_num",
    "reads a file": "select pg_read_file('/etc/hostname')",
    "runs a program": "copy (select 1) to program 'true'",
    "reads what others run": "select pg_ls_logdir()",
}

every_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


@pytest.mark.parametrize("sql", OF_TABLES.values(), ids=OF_TABLES)
@every_table
async def test_the_servers_role_changes_no_table(
    table: Table, sql: str, sides: Sides, server: asyncpg.Connection
) -> None:
    begin = sides.own.tenant("admin").begin(write=True)

    assert await outcome(server, begin, sql.format(table=table.name)) == DENIED


@pytest.mark.parametrize("sql", OF_DATABASE.values(), ids=OF_DATABASE)
async def test_the_servers_role_changes_no_database(sql: str, server: asyncpg.Connection) -> None:
    assert await outcome(server, "begin", sql) == DENIED


async def test_the_servers_role_becomes_no_other(addresses: Addresses, server: asyncpg.Connection) -> None:
    others = await server.fetch("select rolname from pg_roles where rolname <> current_user and rolname !~ '^pg_'")

    for other in others:
        for verb in ("role", "session authorization"):
            assert await outcome(server, "begin", f'set {verb} "{other["rolname"]}"') == DENIED
    assert await role_of(addresses.owner) in [other["rolname"] for other in others]


@every_table
async def test_row_security_switched_off_answers_with_a_refusal(
    table: Table, sides: Sides, server: asyncpg.Connection
) -> None:
    begin = f"{sides.own.tenant('admin').begin(write=False)}; set local row_security = off"

    assert await outcome(server, begin, f"select from {table.name}") == DENIED


async def test_no_sequence_can_be_read_or_moved(server: asyncpg.Connection) -> None:
    names = await server.fetch(
        "select relname from pg_class where relkind = 'S' and relnamespace = 'public'::regnamespace"
    )

    for name in (row["relname"] for row in names):
        for sql in (f"select last_value from {name}", f"select nextval('{name}')", f"select setval('{name}', 1)"):
            assert await outcome(server, "begin", sql) == DENIED
    assert len(names) == len([column for table in TABLES for column in table.c if column.identity])


@pytest.mark.parametrize("end", ["commit", "rollback", "an error"])
async def test_after_a_transaction_the_tenant_is_forgotten(end: str, sides: Sides, server: asyncpg.Connection) -> None:
    await server.execute(sides.own.tenant("admin").begin(write=True))
    if end == "an error":
        with pytest.raises(asyncpg.DivisionByZeroError):
            await server.execute("select 1 / 0")
    await server.execute("commit" if end == "commit" else "rollback")

    for setting in ("app.organization_id", "app.role"):
        assert await server.fetchval("select current_setting($1, true)", setting) in ("", None)
    for table in TABLES:
        assert await server.fetchval(f"select count({owner_column(table)}) from {table.name}") == 0


@pytest.mark.parametrize("organization_id", ["7", "7'; reset all; --", True, 7.0, None])
def test_a_tenant_is_named_by_an_integer_only(organization_id: object) -> None:
    with pytest.raises(ValueError, match="not a tenant"):
        Tenant(organization_id, "admin").begin(write=True)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["user_id", "session_id", "request_id"])
@pytest.mark.parametrize("value", ["user_1'; reset all; --", "user_\\", "user 1", "user_\u0661", "\0"])
def test_who_acts_is_named_by_harmless_ids_only(name: str, value: str) -> None:
    ids = {"user_id": "", "session_id": "", "request_id": "", name: value}
    tenant = Tenant(7, "admin", ids["user_id"])

    with pytest.raises(ValueError, match="not the id"):
        tenant.begin(write=True, session_id=ids["session_id"], request_id=ids["request_id"])


@pytest.mark.parametrize("role", ["owner", "", "admin'; --", None])
def test_a_tenant_is_an_admin_or_a_member(role: object) -> None:
    with pytest.raises(ValueError, match="not a tenant"):
        Tenant(7, role).begin(write=True)  # type: ignore[arg-type]

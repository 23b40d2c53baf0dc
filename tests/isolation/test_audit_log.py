"""The server's role can neither change nor forge the audit log, nor write past it, and the owner cannot forget it."""

import asyncpg
import pytest

from db.embedded import Addresses
from tests.isolation.conftest import Sides
from tests.isolation.grants import DENIED, GRANTED, UNAUDITED
from tests.isolation.rows import outcome
from tests.isolation.scratch import Scratch, connected

AUDITED = sorted(GRANTED.keys() - UNAUDITED)
ATTEMPTS = {
    "inserts an entry": "insert into audit_log (organization_id, action, table_name, record_id)"
    " values ({own}, 'update', 'users', 1)",
    "changes entries": "update audit_log set actor_id = 'user_other'",
    "deletes entries": "delete from audit_log",
    "empties it": "truncate audit_log",
    "moves its sequence": "select setval('audit_log_id_seq', 1)",
    "opens it by a policy": "create policy open on audit_log using (true)",
    "switches triggers off": "set local session_replication_role = replica",
}
ATTEMPTS |= {f"switches the trigger of {table} off": f"alter table {table} disable trigger audit" for table in AUDITED}
ATTEMPTS |= {f"drops the trigger of {table}": f"drop trigger audit on {table}" for table in AUDITED}
ATTEMPTS |= {
    f"forges an entry of {table} by a table of its own": f"create temp table forged (like {table});"
    f" create trigger audit after insert on forged for each row execute function audit_{table}()"
    for table in AUDITED
}
CHANGE = "update users set email = 'owner@example.com' where organization_id = $1"
LAST = """
    select actor_id, session_id, request_id, database_role, action, old_values ? 'email', new_values ->> 'email'
    from audit_log where organization_id = $1 order by id desc limit 1
"""


@pytest.mark.parametrize("sql", ATTEMPTS.values(), ids=ATTEMPTS)
async def test_the_servers_role_only_reads_the_log(sql: str, sides: Sides, server: asyncpg.Connection) -> None:
    own = sides.own.organization_id

    begin, _, last = f"{sides.own.tenant('admin').begin(write=True)};{sql.format(own=own)}".rpartition(";")
    assert await outcome(server, begin, last) == DENIED


@pytest.mark.parametrize("table", AUDITED)
async def test_rows_that_are_audited_cannot_be_truncated_by_their_owner(table: str, addresses: Addresses) -> None:
    async with connected(addresses.owner) as owner:
        with pytest.raises(asyncpg.FeatureNotSupportedError, match="are audited"):
            await owner.execute(f"truncate {table} cascade")


async def test_what_the_owner_changes_is_written_down_with_the_role_of_the_database(
    sides: Sides, addresses: Addresses
) -> None:
    async with connected(addresses.owner) as owner:
        begin = sides.own.tenant("admin").begin(write=True)
        await owner.execute(begin)
        await owner.execute(CHANGE, sides.own.organization_id)
        entry = await owner.fetchrow(LAST, sides.own.organization_id)
        role = await owner.fetchval("select session_user")
        await owner.execute("rollback")

    assert entry is not None
    assert tuple(entry) == (None, None, None, role, "update", True, "owner@example.com")


async def test_the_owner_deletes_what_is_old(scratch: Scratch) -> None:
    async with connected(scratch.server) as server:
        await server.fetchval("select organization_of('org_old', 'old')")
    async with connected(scratch.owner) as owner:
        await owner.execute("begin")
        before = await owner.fetchval("select count(*) from audit_log")
        await owner.execute("delete from audit_log where at < now() + interval '1 day'")
        after = await owner.fetchval("select count(*) from audit_log")
        await owner.execute("rollback")

    assert (before > 0, after) == (True, 0)


async def test_temporary_tables_of_the_caller_do_not_lead_the_triggers_astray(scratch: Scratch) -> None:
    async with connected(scratch.server) as server:
        await server.execute("create temp table audit_log (like public.audit_log)")
        await server.execute("set search_path = pg_temp, public")
        await server.fetchval("select public.organization_of('org_astray', 'astray')")

        assert await server.fetchval("select count(*) from pg_temp.audit_log") == 0
    async with connected(scratch.owner) as owner:
        rows = await owner.fetch("select action from audit_log where new_values ->> 'clerk_id' = 'org_astray'")
        assert [row["action"] for row in rows] == ["create"]

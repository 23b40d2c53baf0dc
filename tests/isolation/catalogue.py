"""Check isolation in PostgreSQL's own catalogue: each claim lists what breaks it, and nothing if it holds."""

from collections.abc import Awaitable, Callable, Iterable

import asyncpg
from sqlalchemy import ForeignKeyConstraint, PrimaryKeyConstraint, Table, UniqueConstraint

from tests.isolation.grants import EVERY_GRANT, FOR_ADMINS, GRANTED, NEW, READ, VERSION_TABLE
from tests.isolation.rows import TABLES, owner_column

Claim = Callable[[asyncpg.Connection, str], Awaitable[list[str]]]
CLAIMS: dict[str, Claim] = {}

ORGANIZATION = "({column} = (NULLIF(current_setting('app.organization_id'::text, true), ''::text))::bigint)"
ADMIN = "(current_setting('app.role'::text, true) = 'admin'::text)"


def claim(sentence: str) -> Callable[[Claim], Claim]:
    def kept(function: Claim) -> Claim:
        CLAIMS[sentence] = function
        return function

    return kept


def none(sentence: str, sql: str) -> None:
    """A claim that ``sql``, given the server's role as ``$1``, finds nothing."""

    async def found(connection: asyncpg.Connection, role: str) -> list[str]:
        return [str(row[0]) for row in await connection.fetch(f"select name::text from ({sql}) as found (name)", role)]

    CLAIMS[sentence] = found


def differing(actual: Iterable[object], expected: Iterable[object]) -> list[str]:
    return sorted(str(entry) for entry in set(actual) ^ set(expected))


async def broken(connection: asyncpg.Connection, role: str) -> list[str]:
    """The claims that do not hold."""
    return [sentence for sentence, holds in CLAIMS.items() if await holds(connection, role)]


@claim("the tables are those of the code")
async def _(connection: asyncpg.Connection, role: str) -> list[str]:
    rows = await connection.fetch(
        "select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace"
    )
    return differing((row[0] for row in rows), EVERY_GRANT)


none(
    "every table enables and forces row level security",
    """
    select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
        and not (relrowsecurity and relforcerowsecurity) and $1 <> ''
    """,
)


def policies_of(table: str) -> list[tuple[str | None, ...]]:
    """Table, permissiveness, role, verb, what is seen, what is checked: one policy for each verb that is granted."""
    if table == VERSION_TABLE:
        return [(table, "PERMISSIVE", "public", READ, "true", None)]
    column = "id" if table == "organizations" else "organization_id"
    own = ORGANIZATION.format(column=column)
    admins = f"({own} AND {ADMIN})"
    policies: list[tuple[str | None, ...]] = []
    for verb in GRANTED[table]:
        using = None if verb == NEW else own if verb == READ and table not in FOR_ADMINS else admins
        policies.append((table, "PERMISSIVE", "public", verb, using, admins if verb in (NEW, "update") else None))
    return policies


@claim("every table has the policy of each granted verb, to the letter, and no other")
async def _(connection: asyncpg.Connection, role: str) -> list[str]:
    rows = await connection.fetch(
        """
        select tablename, permissive, array_to_string(roles, ','), lower(cmd), qual, with_check from pg_policies
        where schemaname = 'public' and roles <> array[(
            select rolname from pg_roles join pg_class on pg_roles.oid = relowner where relname = tablename
        )]
        """
    )
    return differing((tuple(row) for row in rows), (policy for table in EVERY_GRANT for policy in policies_of(table)))


@claim("the server's role has the granted verbs")
async def _(connection: asyncpg.Connection, role: str) -> list[str]:
    rows = await connection.fetch(
        """
        select relname, lower(privilege_type), case grantee when 0 then 'public' else 'the server' end
        from pg_class, aclexplode(relacl)
        where relnamespace = 'public'::regnamespace and grantee in (0, $1::regrole::oid)
        """,
        role,
    )
    granted = [(table, verb) for table, verbs in EVERY_GRANT.items() for verb in verbs]
    return differing((tuple(row) for row in rows), ((*grant, "the server") for grant in granted))


def keys_of(table: Table) -> list[tuple[str, str, tuple[str, ...]]]:
    """Table, ``p`` or ``u``, columns."""
    kinds = {PrimaryKeyConstraint: "p", UniqueConstraint: "u"}
    return [
        (table.name, kinds[type(key)], tuple(key.columns.keys()))
        for key in table.constraints
        if isinstance(key, PrimaryKeyConstraint | UniqueConstraint)
    ]


@claim("primary and unique keys are those of the code")
async def _(connection: asyncpg.Connection, role: str) -> list[str]:
    rows = await connection.fetch(
        """
        select t.relname, case when indisprimary then 'p' else 'u' end,
            array(select attname::text from unnest(indkey[:indnkeyatts - 1]) with ordinality as k (number, place)
                join pg_attribute on attrelid = indrelid and attnum = number order by place)
        from pg_index join pg_class as t on t.oid = indrelid
        where t.relnamespace = 'public'::regnamespace and indisunique and t.relname <> 'alembic_version'
        """
    )
    return differing(
        ((name, kind, tuple(columns)) for name, kind, columns in rows),
        (key for table in TABLES for key in keys_of(table)),
    )


@claim("foreign keys are those of the code, and checked")
async def _(connection: asyncpg.Connection, role: str) -> list[str]:
    rows = await connection.fetch(
        """
        select conrelid::regclass::text, confrelid::regclass::text, names.here, names.there
        from pg_constraint, lateral (
            select array_agg(a.attname::text order by place) as here, array_agg(b.attname::text order by place) as there
            from unnest(conkey, confkey) with ordinality as k (here, there, place)
            join pg_attribute as a on a.attrelid = conrelid and a.attnum = k.here
            join pg_attribute as b on b.attrelid = confrelid and b.attnum = k.there
        ) as names
        where contype = 'f' and convalidated and not condeferrable and connamespace = 'public'::regnamespace
        """
    )
    keys = [(table, key) for table in TABLES for key in table.constraints if isinstance(key, ForeignKeyConstraint)]
    expected = [
        (
            table.name,
            key.referred_table.name,
            tuple(key.column_keys),
            tuple(element.column.name for element in key.elements),
        )
        for table, key in keys
    ]
    return differing(((here, there, tuple(a), tuple(b)) for here, there, a, b in rows), expected)


@claim("every key of a tenant table is led by the organization, and points to no other")
async def _(_connection: asyncpg.Connection, role: str) -> list[str]:
    tenants = [table for table in TABLES if owner_column(table) == "organization_id"]
    unled = [key for table in tenants for key in keys_of(table) if key[2][0] != "organization_id"]
    loose = [
        (table.name, key.column_keys)
        for table in tenants
        for key in table.foreign_key_constraints
        if key.column_keys[0] != "organization_id"
        or key.elements[0].column.name != owner_column(key.referred_table)
        or (len(key.column_keys) == 1) != (key.referred_table.name == "organizations")
    ]
    return [str(name) for name in (*unled, *loose)]

"""What the catalogue says of the server's role and of what stands beside the tables."""

import asyncpg

from tests.isolation.catalogue import CLAIMS, broken, claim, differing, none
from tests.isolation.grants import GRANTED, UNAUDITED

__all__ = ["CLAIMS", "broken"]

none(
    "the server's role has no power of its own",
    """
    select rolname from pg_roles where rolname = $1
        and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)
    """,
)
none(
    "the server's role is a member of no other",
    "select roleid::regrole from pg_auth_members where member = $1::regrole",
)
none(
    "the server's role owns nothing",
    """
    select classid::regclass || ' ' || objid from pg_shdepend
    where refobjid = $1::regrole and refclassid = 'pg_authid'::regclass and deptype = 'o'
        and dbid in (0, (select oid from pg_database where datname = current_database()))
    """,
)
none(
    "no column is granted by itself",
    "select attrelid::regclass || '.' || attname from pg_attribute, aclexplode(attacl)"
    " where grantee in (0, $1::regrole) and attrelid >= 16384",
)
none(
    "the server's role makes nothing in the schema",
    "select 'public' where has_schema_privilege($1, 'public', 'create')",
)
none(
    "nothing is granted for tables to come",
    "select defaclobjtype from pg_default_acl, aclexplode(defaclacl) where grantee in (0, $1::regrole)",
)
none(
    "there is no view, nor anything else that reads for others",
    """
    select relname from pg_class
    where relkind in ('v', 'm', 'f') and relnamespace = 'public'::regnamespace and $1 <> ''
    """,
)
none(
    "no rule, parent or partition stands between a statement and its table",
    """
    select ev_class::regclass::text from pg_rewrite where ev_class >= 16384 and rulename <> '_RETURN' and $1 <> ''
    union select inhrelid::regclass::text from pg_inherits join pg_class on oid = inhrelid where relkind in ('r', 'p')
    """,
)
none(
    "organization_of and the functions of audit triggers are the only definer's functions",
    """
    select proname from pg_proc where pronamespace = 'public'::regnamespace and $1 <> ''
        and prosecdef and oid is distinct from to_regprocedure('organization_of(text, text)')
        and not (prorettype = 'trigger'::regtype and proname like 'audit\\_%')
    """,
)
none(
    "organization_of tells nothing but one id, looks nowhere else, and is the table owner's",
    """
    select proname from pg_proc where proname = 'organization_of' and $1 <> '' and (
        prosecdef and prorettype = 'bigint'::regtype and not proretset and provariadic = 0 and not proleakproof
        and cardinality(proargtypes) = 2 and proargmodes is null
        and proconfig = array['search_path=pg_catalog']
        and proowner = (select relowner from pg_class where oid = 'public.organizations'::regclass)
    ) is not true
    """,
)
none(
    "record_member has the caller's rights, tells nothing but one id, and looks nowhere else",
    """
    select proname from pg_proc where proname = 'record_member' and $1 <> '' and (
        oid = to_regprocedure('record_member(text, text, text, text, text, text)')
        and not prosecdef and prorettype = 'bigint'::regtype and not proretset and provariadic = 0
        and not proleakproof and proargmodes is null and proconfig = array['search_path=pg_catalog']
        and proowner = (select relowner from pg_class where oid = 'public.users'::regclass)
    ) is not true
    """,
)
none(
    "only the server's role and the owner may call organization_of and record_member",
    """
    select grantee from pg_proc, aclexplode(coalesce(proacl, acldefault('f', proowner)))
    where proname in ('organization_of', 'record_member') and grantee not in ($1::regrole, proowner)
    """,
)
none(
    "the server's role may call no other function but a trigger's",
    """
    select proname from pg_proc where pronamespace = 'public'::regnamespace
        and prorettype <> 'trigger'::regtype and proname not in ('organization_of', 'record_member')
        and has_function_privilege($1, oid, 'execute')
    """,
)
none(
    "the owner's own policies are to find organizations, to keep the audit log and to record the revision",
    """
    select tablename from pg_policies where 'public' <> all (roles)
        and ($1 = any (roles) or (tablename, policyname) not in (
            ('organizations', 'the owner finds organizations'), ('audit_log', 'the owner keeps audit_log'),
            ('alembic_version', 'the owner records the revision')
        ))
    """,
)
none(
    "the function of an audit trigger has the owner's rights, looks nowhere else, and is the owner's alone",
    """
    select proname from pg_proc
    where pronamespace = 'public'::regnamespace and proname like 'audit\\_%' and $1 <> '' and (
        prosecdef and prorettype = 'trigger'::regtype and proconfig = array['search_path=pg_catalog']
        and proowner = (select relowner from pg_class where oid = 'public.audit_log'::regclass)
        and not exists (select from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee <> proowner)
    ) is not true
    """,
)


@claim("every table of records is audited row by row, without a condition, and refuses TRUNCATE")
async def _(connection: asyncpg.Connection, _role: str) -> list[str]:
    rows = await connection.fetch(
        """
        select tgrelid::regclass::text, tgname::text, tgfoid::regproc::text,
            tgtype, tgqual is null
        from pg_trigger where tgname in ('audit', 'audit_truncate')
        """
    )
    tables = GRANTED.keys() - UNAUDITED
    # after each row: 1 + 4 of INSERT + 8 of DELETE + 16 of UPDATE; before each statement: 2 + 32 of TRUNCATE
    expected = [(table, "audit", f"audit_{table}", 29, True) for table in tables]
    expected += [(table, "audit_truncate", "refuse_truncate", 34, True) for table in tables]
    return differing((tuple(row) for row in rows), expected)


none(
    "no row of a tenant table is without an organization",
    """
    select t.relname from pg_class as t
    left join pg_attribute on attrelid = t.oid and attname = 'organization_id' and attnotnull
        and atttypid = 'bigint'::regtype
    where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace and $1 <> ''
        and relname not in ('organizations', 'alembic_version') and attname is null
    """,
)
none(
    "no trigger of ours or of a foreign key is switched off",
    "select tgrelid::regclass || ' ' || tgname from pg_trigger where tgenabled <> 'O' and $1 <> ''",
)

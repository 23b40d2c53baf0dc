"""Row level security of tenant tables: enabled and forced, with the policies that say who may do what."""

from alembic import op
from sqlalchemy import text

VERSION_TABLE = "alembic_version"
ORGANIZATION = "nullif(current_setting('app.organization_id', true), '')::bigint"
ADMIN = "current_setting('app.role', true) = 'admin'"


def force_rls(table: str) -> None:
    """Apply the policies of ``table`` to everybody, its owner included; without a policy nobody sees a row."""
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")


def create_policy(name: str, table: str, rule: str) -> None:
    """Create a policy; its ``name`` is a sentence that says what it allows."""
    op.execute(f'create policy "{name}" on {table} {rule}')


def allow_members_to_read(table: str, column: str = "organization_id") -> None:
    """Allow members of an organization to read its rows, those with its id in ``column``."""
    create_policy(f"members read their organization's {table}", table, f"for select using ({column} = {ORGANIZATION})")


def allow_admins(verb: str, table: str) -> None:
    """Allow admins of an organization to ``select``, ``insert``, ``update`` or ``delete`` its rows."""
    rule = f"(organization_id = {ORGANIZATION} and {ADMIN})"
    checks = {
        "select": f"using {rule}",
        "insert": f"with check {rule}",
        "update": f"using {rule} with check {rule}",
        "delete": f"using {rule}",
    }
    create_policy(f"admins {verb} their organization's {table}", table, f"for {verb} {checks[verb]}")


def create_tenant_policies(table: str, *verbs: str) -> None:
    """Force row level security on ``table``: members read it, admins do what ``verbs`` say, nobody does more."""
    force_rls(table)
    allow_members_to_read(table)
    for verb in verbs:
        allow_admins(verb, table)


def protect_version_table() -> None:
    """Force row level security on the table of the current revision: anybody may read it, its owner may change it."""
    query = "select relforcerowsecurity, relowner::regrole::text from pg_class where oid = cast(:name as regclass)"
    forced, owner = op.get_bind().execute(text(query), {"name": VERSION_TABLE}).one()
    if not forced:
        force_rls(VERSION_TABLE)
        create_policy("everybody reads the revision", VERSION_TABLE, "for select using (true)")
        create_policy("the owner records the revision", VERSION_TABLE, f"to {owner} using (true) with check (true)")


def add_version_trigger(table: str) -> None:
    """Keep ``updated_at`` and ``version`` of ``table`` current: an update moves them only if it changes the row."""
    op.execute(
        f"create trigger record_change before update on {table} for each row"
        " when (old.* is distinct from new.*) execute function record_change()"
    )

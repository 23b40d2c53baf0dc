"""The second wall: row level security, enabled and forced, with the policies of a tenant table."""

from alembic import op

ORGANIZATION = "nullif(current_setting('app.organization_id', true), '')::bigint"
ADMIN = "current_setting('app.role', true) = 'admin'"


def enclose(table: str) -> None:
    """Let no one, the owner included, past the policies of ``table``."""
    op.execute(f"alter table {table} enable row level security")
    op.execute(f"alter table {table} force row level security")


def policy(sentence: str, table: str, rule: str) -> None:
    op.execute(f'create policy "{sentence}" on {table} {rule}')


def members_read(table: str, column: str = "organization_id") -> None:
    """Members of an organization read its rows."""
    policy(f"members read their organization's {table}", table, f"for select using ({column} = {ORGANIZATION})")


def admins(verb: str, table: str) -> None:
    """Admins of an organization ``insert``, ``update`` or ``delete`` its rows."""
    rule = f"(organization_id = {ORGANIZATION} and {ADMIN})"
    checks = {
        "insert": f"with check {rule}",
        "update": f"using {rule} with check {rule}",
        "delete": f"using {rule}",
    }
    policy(f"admins {verb} their organization's {table}", table, f"for {verb} {checks[verb]}")


def guard(table: str, *verbs: str) -> None:
    """Enclose ``table``: members read it, admins do what ``verbs`` say, nobody does more."""
    enclose(table)
    members_read(table)
    for verb in verbs:
        admins(verb, table)


def watch(table: str) -> None:
    """Keep ``updated_at`` and ``version`` of ``table``: they move on a real change, and only then."""
    op.execute(
        f"create trigger record_change before update on {table} for each row"
        " when (old.* is distinct from new.*) execute function record_change()"
    )

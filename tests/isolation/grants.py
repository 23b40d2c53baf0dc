"""What the server's role is meant to do: the verbs of each table, written down beside the migrations."""

READ, NEW, CHANGE, REMOVE = "select", "insert", "update", "delete"

GRANTED: dict[str, frozenset[str]] = {
    "organizations": frozenset({READ}),
    "users": frozenset({READ, NEW, CHANGE}),
    "specialties": frozenset({READ, NEW, CHANGE, REMOVE}),
    "specialists": frozenset({READ, NEW, CHANGE}),
    "specialist_specialties": frozenset({READ, NEW, REMOVE}),
    "specialist_words": frozenset({READ, NEW, REMOVE}),
    "weekly_hours": frozenset({READ, NEW, REMOVE}),
    "overrides": frozenset({READ, NEW, REMOVE}),
    "idempotency_keys": frozenset({READ, NEW, REMOVE}),
    "audit_log": frozenset({READ}),
}
FOR_ADMINS = {"audit_log"}  # of the organization: its other members read none of its rows
UNAUDITED = {"audit_log", "idempotency_keys", "specialist_words"}  # no records: the log, responses, what search needs
VERSION_TABLE = "alembic_version"
EVERY_GRANT = GRANTED | {VERSION_TABLE: frozenset({READ})}
VERBS = (READ, NEW, CHANGE, REMOVE)
DENIED = "42501"  # insufficient privilege, be it a missing grant or a policy

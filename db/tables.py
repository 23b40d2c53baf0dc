"""The tables, as the migrations create them.

Every key is led by ``organization_id``, so that no row can point into another organization.
"""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKeyConstraint,
    Identity,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    Table,
    Text,
    Time,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.sql.schema import SchemaItem

metadata = MetaData()

BYTEWISE = Text(collation="C")  # the same order on every machine, and an index can serve it under RLS
NOW = text("now()")


def tenant_table(name: str, *parts: SchemaItem) -> Table:
    """Return a table whose rows belong to one organization each."""
    organization = Column("organization_id", BigInteger, nullable=False)
    return Table(name, metadata, organization, *parts, ForeignKeyConstraint(["organization_id"], ["organizations.id"]))


def record_table(name: str, *parts: SchemaItem) -> Table:
    """Return a tenant table of records that clients refer to by ``id``."""
    key = Column("id", BigInteger, Identity(always=True), nullable=False)
    return tenant_table(name, key, *parts, PrimaryKeyConstraint("organization_id", "id"))


def history() -> tuple[Column[object], ...]:
    """Return the columns of when a record was created and changed, and of its version; a trigger keeps the last two."""
    return (
        Column("created_at", DateTime(timezone=True), nullable=False, server_default=NOW),
        Column("updated_at", DateTime(timezone=True), nullable=False, server_default=NOW),
        Column("version", BigInteger, nullable=False, server_default=text("1")),
    )


def reference(column: str, table: str) -> ForeignKeyConstraint:
    """Return a foreign key to a record of the same organization."""
    return ForeignKeyConstraint(["organization_id", column], [f"{table}.organization_id", f"{table}.id"])


organizations = Table(
    "organizations",
    metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),  # from the clock: organization_of()
    Column("clerk_id", BYTEWISE, nullable=False, unique=True),
    Column("slug", BYTEWISE),
    Column("name", Text),
    *history(),
)

users = record_table(
    "users",
    Column("clerk_id", BYTEWISE),
    Column("email", BYTEWISE),
    Column("username", BYTEWISE),
    Column("role", Text, nullable=False),
    *history(),
    UniqueConstraint("organization_id", "clerk_id"),
)

specialties = record_table(
    "specialties",
    Column("title", BYTEWISE, nullable=False),
    Column("slug", BYTEWISE, nullable=False),
    *history(),
    UniqueConstraint("organization_id", "slug"),
)

specialists = record_table(
    "specialists",
    Column("user_id", BigInteger),
    Column("name", BYTEWISE, nullable=False),
    Column("title", BYTEWISE),
    Column("description", Text),
    Column("slug", BYTEWISE, nullable=False),
    Column("signature_url", Text),
    Column("avatar_url", Text),
    Column("scheduling_timezone", Text),
    Column("scheduling_active", Boolean, nullable=False, server_default=text("true")),
    Column("minicrm_name", Text),
    Column("deleted_at", DateTime(timezone=True)),
    *history(),
    UniqueConstraint("organization_id", "slug"),
    reference("user_id", "users"),
)

specialist_specialties = tenant_table(
    "specialist_specialties",
    Column("specialist_id", BigInteger, nullable=False),
    Column("specialty_id", BigInteger, nullable=False),
    PrimaryKeyConstraint("organization_id", "specialist_id", "specialty_id"),
    reference("specialist_id", "specialists"),
    reference("specialty_id", "specialties"),
)

specialist_words = tenant_table(  # what a search finds a specialist by: see db/search_words.py
    "specialist_words",
    Column("word", BYTEWISE, nullable=False),
    Column("specialist_id", BigInteger, nullable=False),
    PrimaryKeyConstraint("organization_id", "word", "specialist_id"),
    reference("specialist_id", "specialists"),
)

weekly_hours = record_table(
    "weekly_hours",
    Column("specialist_id", BigInteger, nullable=False),
    Column("day_of_week", SmallInteger, nullable=False),
    Column("start_time", Time, nullable=False),
    Column("end_time", Time, nullable=False),
    reference("specialist_id", "specialists"),
)

overrides = record_table(
    "overrides",
    Column("specialist_id", BigInteger, nullable=False),
    Column("date", Date, nullable=False),
    Column("end_date", Date),
    Column("is_available", Boolean, nullable=False),
    Column("start_time", Time),
    Column("end_time", Time),
    Column("appointment_type_id", BigInteger),
    Column("reason", Text),
    reference("specialist_id", "specialists"),
)

idempotency_keys = tenant_table(
    "idempotency_keys",
    Column("route", Text, nullable=False),
    Column("key", BYTEWISE, nullable=False),
    Column("body_digest", LargeBinary, nullable=False),
    Column("status", SmallInteger, nullable=False),
    Column("headers", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=NOW),
    PrimaryKeyConstraint("organization_id", "route", "key"),
)

audit_log = Table(  # written by triggers alone, see db/migrations/audit.py; its rows outlive those that they point to
    "audit_log",
    metadata,
    Column("organization_id", BigInteger, nullable=False),
    Column("id", BigInteger, Identity(always=True), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False, server_default=NOW),
    Column("actor_id", Text),
    Column("session_id", Text),
    Column("request_id", Text),
    Column("database_role", Text),
    Column("action", Text, nullable=False),
    Column("table_name", Text, nullable=False),
    Column("record_id", BigInteger, nullable=False),
    Column("specialist_id", BigInteger),
    Column("specialty_id", BigInteger),
    Column("old_values", JSONB),
    Column("new_values", JSONB),
    PrimaryKeyConstraint("organization_id", "id"),
)

TENANT_TABLES = tuple(table for table in metadata.tables.values() if table is not organizations)

"""An index for every sort, filter and foreign key that the contract allows."""

from alembic import op

revision = "0007"
down_revision = "0006"

INDEXES = {
    "specialists_by_created_at": "specialists (organization_id, created_at, id) where deleted_at is null",
    "specialists_by_updated_at": "specialists (organization_id, updated_at, id) where deleted_at is null",
    "specialists_by_name": "specialists (organization_id, name, id) where deleted_at is null",
    # nulls come last either way, so each way has an index that begins with their flag
    "specialists_by_title": "specialists (organization_id, (title is null), title, id) where deleted_at is null",
    "specialists_by_title_descending": (
        "specialists (organization_id, (title is not null), title, id) where deleted_at is null"
    ),
    "specialists_by_slug": "specialists (organization_id, slug, id) where deleted_at is null",
    "specialists_by_scheduling": (
        "specialists (organization_id, scheduling_active, created_at, id) where deleted_at is null"
    ),
    "specialists_by_user": "specialists (organization_id, user_id)",
    "deleted_specialists": "specialists (organization_id, created_at, id) where deleted_at is not null",
    "specialties_by_title": "specialties (organization_id, title, id)",
    "specialists_of_specialty": "specialist_specialties (organization_id, specialty_id, specialist_id)",
    "words_of_specialist": "specialist_words (organization_id, specialist_id)",
    # in the very order of the lists, so that nothing is sorted; weekly hours are read off the index alone
    "weekly_hours_of_specialist": (
        "weekly_hours (organization_id, specialist_id, day_of_week, start_time, id) include (end_time)"
    ),
    "overrides_of_specialist": "overrides (organization_id, specialist_id, date, start_time nulls first, id)",
    "idempotency_keys_by_age": "idempotency_keys (organization_id, created_at)",
}


def upgrade() -> None:
    for name, definition in INDEXES.items():
        op.execute(f"create index {name} on {definition}")

"""Writes to specialists; each function is one statement."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from db.database import Transaction
from db.search_words import words_of
from db.statements.compile import Statement, written

COLUMNS = (
    "name",
    "title",
    "description",
    "slug",
    "user_id",
    "signature_url",
    "avatar_url",
    "scheduling_timezone",
    "scheduling_active",
    "minicrm_name",
)


@dataclass(frozen=True, slots=True)
class Locked:
    """A specialist that no one else can change until the transaction ends."""

    version: int
    deleted_at: datetime | None
    name: str
    title: str | None
    scheduling_timezone: str | None


@dataclass(frozen=True, slots=True)
class References:
    """What an input points to, as the organization knows it."""

    user_exists: bool
    specialties: int


LOCK = written(
    """
    select version, deleted_at, name, title, scheduling_timezone
    from specialists as specialist
    where specialist.organization_id = :organization_id and specialist.id = :id
    for update
    """
)

REFERENCES = written(
    """
    select
        cast(:user_id as bigint) is null or exists (
            select from users as member
            where member.organization_id = :organization_id and member.id = cast(:user_id as bigint)
        ) as user_exists,
        (
            select count(*) from specialties as specialty
            where specialty.organization_id = :organization_id
                and specialty.id = any(cast(:specialty_ids as bigint[]))
        ) as specialties
    """
)

TYPED_OVERRIDES = written(
    """
    select exists (
        select from overrides as override
        where override.organization_id = :organization_id and override.specialist_id = :id
            and override.appointment_type_id is not null
    ) as found
    """
)

INSERT = written(
    f"""
    with made as (
        insert into specialists (organization_id, {", ".join(COLUMNS)})
        values (:organization_id, {", ".join(":" + column for column in COLUMNS)})
        returning id
    ), held as (
        insert into specialist_specialties (organization_id, specialist_id, specialty_id)
        select :organization_id, made.id, held.id from made, unnest(cast(:specialty_ids as bigint[])) as held (id)
    ), found_by as (
        insert into specialist_words (organization_id, word, specialist_id)
        select :organization_id, found_by.word, made.id from made, unnest(cast(:words as text[])) as found_by (word)
    )
    select id from made
    """  # noqa: S608 - the columns are the names above
)

SPECIALTIES_CHANGE = """
    gone as (
        delete from specialist_specialties as link
        where link.organization_id = :organization_id and link.specialist_id = :id
            and link.specialty_id <> all(cast(:specialty_ids as bigint[]))
        returning 1
    ), come as (
        insert into specialist_specialties (organization_id, specialist_id, specialty_id)
        select :organization_id, :id, held.id from unnest(cast(:specialty_ids as bigint[])) as held (id)
        on conflict do nothing
        returning 1
    )
"""

WORDS_CHANGE = """
    forgotten as (
        delete from specialist_words as known
        where known.organization_id = :organization_id and known.specialist_id = :id
            and known.word <> all(cast(:words as text[]))
    ), learned as (
        insert into specialist_words (organization_id, word, specialist_id)
        select :organization_id, found_by.word, :id from unnest(cast(:words as text[])) as found_by (word)
        on conflict do nothing
    )
"""


async def lock(transaction: Transaction, id_: int) -> Locked | None:
    """The specialist, locked also against an override that is being inserted."""
    rows = await transaction.run(LOCK, id=id_)
    return Locked(**rows[0]) if rows else None


async def has_typed_overrides(transaction: Transaction, id_: int) -> bool:
    """Asked after ``lock``, in a statement of its own: only so does it see what the lock waited for."""
    rows = await transaction.run(TYPED_OVERRIDES, id=id_)
    found: bool = rows[0]["found"]
    return found


async def references(transaction: Transaction, user_id: int | None, specialty_ids: list[int]) -> References:
    rows = await transaction.run(REFERENCES, user_id=user_id, specialty_ids=specialty_ids)
    return References(**rows[0])


async def insert(transaction: Transaction, values: dict[str, object], specialty_ids: list[int]) -> int:
    """The id of the new specialist; ``values`` has a value for each of ``COLUMNS``."""
    words = words_of(str(values["name"]), str(values["title"] or ""))
    rows = await transaction.run(INSERT, **values, specialty_ids=specialty_ids, words=words)
    made: int = rows[0]["id"]
    return made


async def update(
    transaction: Transaction,
    id_: int,
    locked: Locked,
    values: dict[str, object],
    specialty_ids: list[int] | None,
) -> None:
    """Change some of ``COLUMNS`` and, if given, the set of specialties."""
    texts = {"name": locked.name, "title": locked.title} | values
    words = words_of(str(texts["name"]), str(texts["title"] or ""))
    statement = _update(tuple(values), specialty_ids is not None)
    await transaction.run(statement, id=id_, **values, specialty_ids=specialty_ids, words=words)


@lru_cache(maxsize=512)
def _update(columns: tuple[str, ...], specialties: bool) -> Statement:
    """One statement for each set of columns; the version moves once, and only if something does."""
    changes = [f"{column} = :{column}" for column in columns]
    parts = []
    if specialties:
        parts.append(SPECIALTIES_CHANGE)
        changes.append("version = version + (exists (select from gone) or exists (select from come))::int")
    if {"name", "title"} & set(columns):
        parts.append(WORDS_CHANGE)
    return written(
        f"""
        {"with " + ",".join(parts) if parts else ""}
        update specialists as specialist set {", ".join(changes)}
        where specialist.organization_id = :organization_id and specialist.id = :id
        """  # noqa: S608 - the columns are names of COLUMNS
    )


MARK = written(
    """
    update specialists as specialist set deleted_at = case when cast(:deleted as boolean) then now() end
    where specialist.organization_id = :organization_id and specialist.id = :id
    """
)


async def mark_deleted(transaction: Transaction, id_: int, *, deleted: bool) -> None:
    """Set ``deleted_at`` to now, or clear it."""
    await transaction.run(MARK, id=id_, deleted=deleted)

"""Writes to specialists, with their specialties and the words they are found by; each function is one statement."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache

from db import records
from db.database import Transaction
from db.search_words import words_of
from db.statements.compile import Statement, compile_sql
from db.tables import specialists

SPECIALTY_IDS = "specialty_ids"  # the only value of a draft that is not a column: it makes specialist_specialties


@dataclass(frozen=True, slots=True)
class LockedSpecialist:
    """The columns of a specialist that no one else can change until the transaction ends."""

    version: int
    deleted_at: datetime | None
    name: str
    title: str | None
    scheduling_timezone: str | None


@dataclass(frozen=True, slots=True)
class References:
    """What an input refers to: whether there is such a user, and how many of the specialties there are."""

    user_exists: bool
    specialties: int


REFERENCES = compile_sql(
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

TYPED_OVERRIDES = compile_sql(
    """
    select exists (
        select from overrides as override
        where override.organization_id = :organization_id and override.specialist_id = :id
            and override.appointment_type_id is not null
    ) as has_typed
    """
)

SPECIALTIES_CHANGE = """
    old_links as (
        delete from specialist_specialties as link
        where link.organization_id = :organization_id and link.specialist_id = :id
            and link.specialty_id <> all(cast(:specialty_ids as bigint[]))
        returning 1
    ), new_links as (
        insert into specialist_specialties (organization_id, specialist_id, specialty_id)
        select :organization_id, :id, specialty.id from unnest(cast(:specialty_ids as bigint[])) as specialty (id)
        on conflict do nothing
        returning 1
    )
"""

WORDS_CHANGE = """
    old_words as (
        delete from specialist_words as old_word
        where old_word.organization_id = :organization_id and old_word.specialist_id = :id
            and old_word.word <> all(cast(:words as text[]))
    ), new_words as (
        insert into specialist_words (organization_id, word, specialist_id)
        select :organization_id, new_word.word, :id from unnest(cast(:words as text[])) as new_word (word)
        on conflict do nothing
    )
"""


async def lock(transaction: Transaction, id_: int) -> LockedSpecialist | None:
    """Lock the specialist, also against new overrides, and return it; none if there is no such record."""
    row = await records.lock(transaction, specialists, id_, *(field.name for field in fields(LockedSpecialist)))
    return None if row is None else LockedSpecialist(**row)


async def has_typed_overrides(transaction: Transaction, id_: int) -> bool:
    """Return whether an override of a single appointment type exists.

    Call it after ``lock``: only a later statement sees what another transaction wrote while ``lock`` waited.
    """
    rows = await transaction.run(TYPED_OVERRIDES, id=id_)
    return bool(rows[0]["has_typed"])


async def find_references(transaction: Transaction, user_id: int | None, specialty_ids: list[int]) -> References:
    """Return which of the records that an input refers to exist in the organization."""
    rows = await transaction.run(REFERENCES, user_id=user_id, specialty_ids=specialty_ids)
    return References(**rows[0])


async def insert(transaction: Transaction, values: Mapping[str, object]) -> int:
    """Insert a specialist, with its specialties and the words that it is found by, and return its id."""
    columns, specialty_ids = _columns(values), values.get(SPECIALTY_IDS, [])
    words = words_of(str(values["name"]), str(values.get("title") or ""))
    statement = insert_statement(tuple(columns))
    rows = await transaction.run(statement, **columns, specialty_ids=specialty_ids, words=words)
    return int(rows[0]["id"])


async def update(
    transaction: Transaction, id_: int, specialist: LockedSpecialist, values: Mapping[str, object]
) -> None:
    """Change some columns and, if ``values`` has them, the set of specialties."""
    columns, specialty_ids = _columns(values), values.get(SPECIALTY_IDS)
    texts = {"name": specialist.name, "title": specialist.title} | columns
    words = words_of(str(texts["name"]), str(texts["title"] or ""))
    statement = update_statement(tuple(columns), SPECIALTY_IDS in values)
    await transaction.run(statement, id=id_, **columns, specialty_ids=specialty_ids, words=words)


def _columns(values: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in values.items() if name != SPECIALTY_IDS}


@lru_cache(records.MAX_STATEMENTS)
def insert_statement(columns: tuple[str, ...]) -> Statement:
    """Return the insert of ``columns``, of the links to specialties and of the words of name and title."""
    return compile_sql(
        f"""
        with new_specialist as ({records.insert_sql(specialists, columns)}), new_links as (
            insert into specialist_specialties (organization_id, specialist_id, specialty_id)
            select :organization_id, new_specialist.id, specialty.id
            from new_specialist, unnest(cast(:specialty_ids as bigint[])) as specialty (id)
        ), new_words as (
            insert into specialist_words (organization_id, word, specialist_id)
            select :organization_id, new_word.word, new_specialist.id
            from new_specialist, unnest(cast(:words as text[])) as new_word (word)
        )
        select id from new_specialist
        """  # noqa: S608 - the columns are names of the table's
    )


@lru_cache(records.MAX_STATEMENTS)
def update_statement(columns: tuple[str, ...], specialties: bool) -> Statement:
    """Return the update of ``columns``; the version grows by one, and only if something changes."""
    changes = [records.assignments(specialists, columns)] if columns else []
    parts = []
    if specialties:
        parts.append(SPECIALTIES_CHANGE)
        changes.append("version = version + (exists (select from old_links) or exists (select from new_links))::int")
    if {"name", "title"} & set(columns):
        parts.append(WORDS_CHANGE)
    return compile_sql(
        f"""
        {"with " + ",".join(parts) if parts else ""}
        update specialists as specialist set {", ".join(changes)}
        where specialist.organization_id = :organization_id and specialist.id = :id
        """  # noqa: S608 - the columns are names of the table's
    )


MARK_DELETED = compile_sql(
    """
    update specialists as specialist set deleted_at = case when cast(:deleted as boolean) then now() end
    where specialist.organization_id = :organization_id and specialist.id = :id
    """
)


async def mark_deleted(transaction: Transaction, id_: int, *, deleted: bool) -> None:
    """Set ``deleted_at`` to now, or clear it."""
    await transaction.run(MARK_DELETED, id=id_, deleted=deleted)

"""Specialists: what may be asked of them, in which order a write is checked, and what happens.

Every write checks in one order: existence, validation, references, conflicts.
"""

from typing import Any

from db import specialists as store
from db.query import RecordQuery
from db.selection import Read, ReadResult, Selection
from resolvers.errors.records import (
    AlreadyDeleted,
    NotDeleted,
    SpecialistNotFound,
    SpecialtyNotFound,
    TimezoneLocked,
    UserNotFound,
)
from resolvers.inputs import Input, parsed
from resolvers.lists import SPECIALISTS, ListRequest
from resolvers.preconditions import ANY, Expected
from resolvers.reads import ReadRequest, read_back
from resolvers.specialist_fields import SPECIALIST_FIELDS
from resolvers.text import record_slug
from resolvers.writes import AdminTransaction


def list_specialists(request: ListRequest, selection: Selection) -> ReadRequest:
    return ReadRequest(Read("specialist", SPECIALISTS.query(request), selection))


def get_specialist(id_: int, selection: Selection) -> ReadRequest:
    """Soft-deleted ones too: old records still point to them."""
    return ReadRequest(_read("id", id_, selection), SpecialistNotFound)


def get_specialist_by_slug(slug: str, selection: Selection) -> ReadRequest:
    return ReadRequest(_read("slug", record_slug(slug), selection), SpecialistNotFound)


async def create_specialist(transaction: AdminTransaction, given: Input, selection: Selection) -> ReadResult:
    values = parsed(SPECIALIST_FIELDS, given, whole=True)
    await _check_references(transaction, values)
    made = await store.insert(transaction, values, values.pop("specialty_ids"))
    return await read_back(transaction, _read("id", made, selection))


async def update_specialist(
    transaction: AdminTransaction, id_: int, given: Input, selection: Selection, expected: Expected = ANY
) -> ReadResult:
    """Change the fields that are given, and only if that changes something."""
    locked = await _lock(transaction, id_)
    values = parsed(SPECIALIST_FIELDS, given, whole=False)
    await _check_timezone(transaction, id_, locked, values)
    await _check_references(transaction, values)
    if locked.deleted_at:
        raise AlreadyDeleted
    expected.check(locked.version)
    if values:
        await store.update(transaction, id_, locked, values, values.pop("specialty_ids", None))
    return await read_back(transaction, _read("id", id_, selection))


async def delete_specialist(
    transaction: AdminTransaction, id_: int, selection: Selection, expected: Expected = ANY
) -> ReadResult:
    """Soft delete: the record stays, and so does all that points to it."""
    locked = await _lock(transaction, id_)
    if locked.deleted_at:
        raise AlreadyDeleted
    expected.check(locked.version)
    await store.mark_deleted(transaction, id_, deleted=True)
    return await read_back(transaction, _read("id", id_, selection))


async def restore_specialist(transaction: AdminTransaction, id_: int, selection: Selection) -> ReadResult:
    locked = await _lock(transaction, id_)
    if not locked.deleted_at:
        raise NotDeleted
    await store.mark_deleted(transaction, id_, deleted=False)
    return await read_back(transaction, _read("id", id_, selection))


def _read(by: str, key: object, selection: Selection) -> Read:
    return Read("specialist", RecordQuery(by, {"key": key}), selection)


async def _lock(transaction: AdminTransaction, id_: int) -> store.Locked:
    locked = await store.lock(transaction, id_)
    if locked is None:
        raise SpecialistNotFound
    return locked


async def _check_timezone(
    transaction: AdminTransaction, id_: int, locked: store.Locked, values: dict[str, Any]
) -> None:
    """The zone gives type-specific overrides their meaning, so it cannot change under them."""
    wanted = values.get("scheduling_timezone", locked.scheduling_timezone)
    if wanted != locked.scheduling_timezone and await store.has_typed_overrides(transaction, id_):
        raise TimezoneLocked


async def _check_references(transaction: AdminTransaction, values: dict[str, Any]) -> None:
    user_id, specialty_ids = values.get("user_id"), values.get("specialty_ids") or []
    if user_id is None and not specialty_ids:
        return
    known = await store.references(transaction, user_id, specialty_ids)
    if not known.user_exists:
        raise UserNotFound
    if known.specialties != len(specialty_ids):
        raise SpecialtyNotFound(field="specialty_ids")

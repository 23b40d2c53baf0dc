"""Reads and writes of specialists, and the fields that a client can set.

Every write checks in one order: existence, validation, references, conflicts.
"""

from typing import Annotated, TypeAlias, TypedDict

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
from resolvers.inputs import Changes, Draft, Input, parse_changes
from resolvers.lists import SPECIALISTS, ListRequest
from resolvers.reads import ReadRequest, read_back
from resolvers.rules import Boolean, HttpsUrl, Reference, References, Slug, Text, Timezone
from resolvers.scalars import record_slug
from resolvers.writes import ANY_VERSION, AdminTransaction, VersionPrecondition


class SpecialistFields(TypedDict, total=False):
    """The fields that a client can set, with the rule of each."""

    name: Annotated[str, Text(200)]
    title: Annotated[str | None, Text(200)]
    description: Annotated[str | None, Text(10_000)]
    slug: Annotated[str, Slug()]
    user_id: Annotated[int | None, Reference("user")]
    specialty_ids: Annotated[list[int], References("specialty", max_items=100)]
    signature_url: Annotated[str | None, HttpsUrl()]
    avatar_url: Annotated[str | None, HttpsUrl()]
    scheduling_timezone: Annotated[str | None, Timezone()]
    scheduling_active: Annotated[bool, Boolean(default=True)]
    minicrm_name: Annotated[str | None, Text(200, label="MiniCRM name")]


SpecialistDraft: TypeAlias = Draft[SpecialistFields]
SpecialistChanges: TypeAlias = Changes[SpecialistFields]


def list_specialists(request: ListRequest, selection: Selection) -> ReadRequest:
    """Return the request for a page of specialists."""
    return ReadRequest(Read("specialist", SPECIALISTS.query(request), selection))


def get_specialist(id_: int, selection: Selection) -> ReadRequest:
    """Return the request for one specialist, soft-deleted or not: old records still point to deleted ones."""
    return ReadRequest(_read("id", id_, selection), SpecialistNotFound)


def get_specialist_by_slug(slug: str, selection: Selection) -> ReadRequest:
    """Return the request for the specialist with this slug, soft-deleted or not."""
    return ReadRequest(_read("slug", record_slug(slug), selection), SpecialistNotFound)


async def create_specialist(transaction: AdminTransaction, draft: SpecialistDraft, selection: Selection) -> ReadResult:
    """Insert a specialist and read it back; raise ``UserNotFound`` or ``SpecialtyNotFound``."""
    await _check_references(transaction, draft.values)
    id_ = await store.insert(transaction, draft.values)
    return await read_back_specialist(transaction, id_, selection)


async def update_specialist(
    transaction: AdminTransaction,
    id_: int,
    body: Input,
    selection: Selection,
    precondition: VersionPrecondition = ANY_VERSION,
) -> ReadResult:
    """Change the fields that ``body`` names, and only if that changes something.

    The body is parsed after the lock, because the existence of the record is checked first.
    """
    specialist = await lock_specialist(transaction, id_)
    changes = parse_changes(SpecialistFields, body)
    await _check_timezone(transaction, id_, specialist, changes)
    await _check_references(transaction, changes.values)
    check_active(specialist)
    precondition.check(specialist.version)
    if changes.values:
        await store.update(transaction, id_, specialist, changes.values)
    return await read_back_specialist(transaction, id_, selection)


async def delete_specialist(
    transaction: AdminTransaction, id_: int, selection: Selection, precondition: VersionPrecondition = ANY_VERSION
) -> ReadResult:
    """Mark the specialist as deleted: the record stays, and so do the records that refer to it."""
    specialist = await lock_specialist(transaction, id_)
    check_active(specialist)
    precondition.check(specialist.version)
    await store.mark_deleted(transaction, id_, deleted=True)
    return await read_back_specialist(transaction, id_, selection)


async def restore_specialist(transaction: AdminTransaction, id_: int, selection: Selection) -> ReadResult:
    """Restore a soft-deleted specialist; raise ``NotDeleted`` for one that is not deleted."""
    specialist = await lock_specialist(transaction, id_)
    if not specialist.deleted_at:
        raise NotDeleted
    await store.mark_deleted(transaction, id_, deleted=False)
    return await read_back_specialist(transaction, id_, selection)


def _read(by: str, key: object, selection: Selection) -> Read:
    return Read("specialist", RecordQuery(by, {"key": key}), selection)


async def read_back_specialist(transaction: AdminTransaction, id_: int, selection: Selection) -> ReadResult:
    """Read a specialist that has just been written, through the client's own selection."""
    return await read_back(transaction, _read("id", id_, selection))


async def lock_specialist(transaction: AdminTransaction, id_: int) -> store.LockedSpecialist:
    """Lock the specialist until the transaction ends; raise ``SpecialistNotFound`` if there is none."""
    specialist = await store.lock(transaction, id_)
    if specialist is None:
        raise SpecialistNotFound
    return specialist


def check_active(specialist: store.LockedSpecialist) -> None:
    """Raise ``AlreadyDeleted`` for a soft-deleted specialist; a conflict, so it is checked after the validation."""
    if specialist.deleted_at:
        raise AlreadyDeleted


async def _check_timezone(
    transaction: AdminTransaction, id_: int, specialist: store.LockedSpecialist, changes: SpecialistChanges
) -> None:
    """Raise ``TimezoneLocked`` if the time zone changes while there are overrides of single appointment types."""
    timezone = changes.values.get("scheduling_timezone", specialist.scheduling_timezone)
    if timezone != specialist.scheduling_timezone and await store.has_typed_overrides(transaction, id_):
        raise TimezoneLocked


async def _check_references(transaction: AdminTransaction, values: SpecialistFields) -> None:
    """Raise ``UserNotFound`` or ``SpecialtyNotFound`` for ids that no record of the organization has."""
    user_id, specialty_ids = values.get("user_id"), values.get("specialty_ids", [])
    if user_id is None and not specialty_ids:
        return
    references = await store.find_references(transaction, user_id, specialty_ids)
    if not references.user_exists:
        raise UserNotFound
    if references.specialties != len(specialty_ids):
        raise SpecialtyNotFound(field="specialty_ids")

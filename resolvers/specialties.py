"""Specialties: what may be asked of them, in which order a write is checked, and what happens."""

from typing import Annotated, TypeAlias, TypedDict

from db import records, tables
from db.query import RecordQuery
from db.selection import Read, ReadResult, Selection
from db.specialties import count_holders
from resolvers.errors.records import SpecialtyInUse, SpecialtyNotFound
from resolvers.inputs import Changes, Draft, Input, parse_changes
from resolvers.lists import SPECIALTIES, ListRequest
from resolvers.reads import ReadRequest, read_back
from resolvers.rules import Slug, Text
from resolvers.scalars import record_slug
from resolvers.writes import ANY_VERSION, AdminTransaction, VersionPrecondition

HELD_BY_ONE = "1 specialist still holds this specialty"


class SpecialtyFields(TypedDict, total=False):
    """What a client may say of a specialty."""

    # one message a code: that of a specialist's title, too
    title: Annotated[str, Text(200, message="Title must be text of at most 200 characters")]
    slug: Annotated[str, Slug()]


SpecialtyDraft: TypeAlias = Draft[SpecialtyFields]
SpecialtyChanges: TypeAlias = Changes[SpecialtyFields]


def not_found() -> SpecialtyNotFound:
    return SpecialtyNotFound("Specialty doesn't exist or not accessible in current organization")


def list_specialties(request: ListRequest, selection: Selection) -> ReadRequest:
    return ReadRequest(Read("specialty", SPECIALTIES.query(request), selection))


def get_specialty(id_: int, selection: Selection) -> ReadRequest:
    return ReadRequest(_read("id", id_, selection), not_found)


def get_specialty_by_slug(slug: str, selection: Selection) -> ReadRequest:
    return ReadRequest(_read("slug", record_slug(slug), selection), not_found)


async def create_specialty(transaction: AdminTransaction, draft: SpecialtyDraft, selection: Selection) -> ReadResult:
    id_ = await records.insert(transaction, tables.specialties, draft.values)
    return await read_back(transaction, _read("id", id_, selection))


async def update_specialty(
    transaction: AdminTransaction,
    id_: int,
    body: Input,
    selection: Selection,
    precondition: VersionPrecondition = ANY_VERSION,
) -> ReadResult:
    """Change the fields that ``body`` names; it is parsed after the lock, for existence is checked first."""
    version = await _lock(transaction, id_)
    changes = parse_changes(SpecialtyFields, body)
    precondition.check(version)
    if changes.values:
        await records.update(transaction, tables.specialties, id_, changes.values)
    return await read_back(transaction, _read("id", id_, selection))


async def delete_specialty(
    transaction: AdminTransaction, id_: int, precondition: VersionPrecondition = ANY_VERSION
) -> int:
    """Remove the specialty unless a specialist holds it, and return its id."""
    version = await _lock(transaction, id_)
    holders = await count_holders(transaction, id_)
    if holders:
        raise SpecialtyInUse(f"{holders} specialists still hold this specialty" if holders > 1 else HELD_BY_ONE)
    precondition.check(version)
    await records.delete(transaction, tables.specialties, id_)
    return id_


def _read(by: str, key: object, selection: Selection) -> Read:
    return Read("specialty", RecordQuery(by, {"key": key}), selection)


async def _lock(transaction: AdminTransaction, id_: int) -> int:
    """Lock the specialty, which no one can take up until the transaction ends, and return its version."""
    row = await records.lock(transaction, tables.specialties, id_, "version")
    if row is None:
        raise not_found()
    version: int = row["version"]
    return version

"""Reads and writes of specialties, and the fields that a client can set."""

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

ONE_HOLDER = "1 specialist still holds this specialty"


class SpecialtyFields(TypedDict, total=False):
    """The fields that a client can set, with the rule of each."""

    # the title of a specialist has the same code, and so the same message
    title: Annotated[str, Text(200, message="Title must be text of at most 200 characters")]
    slug: Annotated[str, Slug()]


SpecialtyDraft: TypeAlias = Draft[SpecialtyFields]
SpecialtyChanges: TypeAlias = Changes[SpecialtyFields]


def not_found() -> SpecialtyNotFound:
    """Return the error for a specialty that is read or written; its message differs from that for ids in an input."""
    return SpecialtyNotFound("Specialty doesn't exist or not accessible in current organization")


def list_specialties(request: ListRequest, selection: Selection) -> ReadRequest:
    """Return the request for a page of specialties."""
    return ReadRequest(Read("specialty", SPECIALTIES.query(request), selection))


def get_specialty(id_: int, selection: Selection) -> ReadRequest:
    """Return the request for one specialty."""
    return ReadRequest(_read("id", id_, selection), not_found)


def get_specialty_by_slug(slug: str, selection: Selection) -> ReadRequest:
    """Return the request for the specialty with this slug."""
    return ReadRequest(_read("slug", record_slug(slug), selection), not_found)


async def create_specialty(transaction: AdminTransaction, draft: SpecialtyDraft, selection: Selection) -> ReadResult:
    """Insert a specialty and read it back."""
    id_ = await records.insert(transaction, tables.specialties, draft.values)
    return await read_back(transaction, _read("id", id_, selection))


async def update_specialty(
    transaction: AdminTransaction,
    id_: int,
    body: Input,
    selection: Selection,
    precondition: VersionPrecondition = ANY_VERSION,
) -> ReadResult:
    """Change the fields that ``body`` names; it is parsed after the lock, because existence is checked first."""
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
        raise SpecialtyInUse(f"{holders} specialists still hold this specialty" if holders > 1 else ONE_HOLDER)
    precondition.check(version)
    await records.delete(transaction, tables.specialties, id_)
    return id_


def _read(by: str, key: object, selection: Selection) -> Read:
    return Read("specialty", RecordQuery(by, {"key": key}), selection)


async def _lock(transaction: AdminTransaction, id_: int) -> int:
    """Lock the specialty against changes and new links until the transaction ends, and return its version."""
    row = await records.lock(transaction, tables.specialties, id_, "version")
    if row is None:
        raise not_found()
    version: int = row["version"]
    return version

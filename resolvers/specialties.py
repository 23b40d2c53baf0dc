"""Specialties: what may be asked of them, in which order a write is checked, and what happens."""

from db import specialties as store
from db.query import RecordQuery
from db.selection import Read, ReadResult, Selection
from resolvers.errors.fields import InvalidSlug, InvalidTitle, SlugRequired, TitleRequired
from resolvers.errors.records import SpecialtyInUse, SpecialtyNotFound
from resolvers.inputs import Field, Input, parsed, text
from resolvers.lists import SPECIALTIES, ListRequest
from resolvers.preconditions import ANY, Expected
from resolvers.reads import ReadRequest, read_back
from resolvers.text import is_slug, record_slug
from resolvers.writes import AdminTransaction

HELD_BY_ONE = "1 specialist still holds this specialty"
SPECIALTY_FIELDS = {
    "title": Field(text(InvalidTitle, 200), required=TitleRequired),
    "slug": Field(text(InvalidSlug, 200, is_slug), required=SlugRequired),
}


def not_found() -> SpecialtyNotFound:
    return SpecialtyNotFound("Specialty doesn't exist or not accessible in current organization")


def list_specialties(request: ListRequest, selection: Selection) -> ReadRequest:
    return ReadRequest(Read("specialty", SPECIALTIES.query(request), selection))


def get_specialty(id_: int, selection: Selection) -> ReadRequest:
    return ReadRequest(_read("id", id_, selection), not_found)


def get_specialty_by_slug(slug: str, selection: Selection) -> ReadRequest:
    return ReadRequest(_read("slug", record_slug(slug), selection), not_found)


async def create_specialty(transaction: AdminTransaction, given: Input, selection: Selection) -> ReadResult:
    values = parsed(SPECIALTY_FIELDS, given, whole=True)
    made = await store.insert(transaction, values)
    return await read_back(transaction, _read("id", made, selection))


async def update_specialty(
    transaction: AdminTransaction, id_: int, given: Input, selection: Selection, expected: Expected = ANY
) -> ReadResult:
    version = await _lock(transaction, id_)
    values = parsed(SPECIALTY_FIELDS, given, whole=False)
    expected.check(version)
    if values:
        await store.update(transaction, id_, values)
    return await read_back(transaction, _read("id", id_, selection))


async def delete_specialty(transaction: AdminTransaction, id_: int, expected: Expected = ANY) -> int:
    """Remove the specialty unless a specialist holds it, and return its id."""
    version = await _lock(transaction, id_)
    holders = await store.holders(transaction, id_)
    if holders:
        raise SpecialtyInUse(f"{holders} specialists still hold this specialty" if holders > 1 else HELD_BY_ONE)
    expected.check(version)
    await store.delete(transaction, id_)
    return id_


def _read(by: str, key: object, selection: Selection) -> Read:
    return Read("specialty", RecordQuery(by, {"key": key}), selection)


async def _lock(transaction: AdminTransaction, id_: int) -> int:
    version = await store.lock(transaction, id_)
    if version is None:
        raise not_found()
    return version

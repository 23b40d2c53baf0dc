"""The client of openapi-python-client; test_clients.py generates it, checks this module strictly and runs it."""

import os
from uuid import uuid4

from clinic_client import AuthenticatedClient
from clinic_client.api.specialists import (
    create_specialist,
    delete_specialist,
    get_specialist,
    list_specialists,
    restore_specialist,
    update_specialist,
)
from clinic_client.models import (
    CreateSpecialistInput,
    DeletedSpecialistResponse,
    ErrorCode,
    ErrorResponse,
    SpecialistInclude,
    SpecialistListResponse,
    SpecialistResponse,
    SpecialistSortKey,
    UpdateSpecialistInput,
    User,
)
from clinic_client.types import UNSET


def sign_in(person: str) -> AuthenticatedClient:
    return AuthenticatedClient(base_url=os.environ["CLINIC_SERVER"], token=os.environ[person])


def test_a_list_takes_its_parameters_and_carries_what_it_includes() -> None:
    page = list_specialists.sync(
        client=sign_in("NORTH_ADMIN"),
        search="jane",
        sort=[SpecialistSortKey.NAME_ASC, SpecialistSortKey.ID_DESC],
        include=[SpecialistInclude.SPECIALTIES, SpecialistInclude.USER],
        page_size=2,
    )

    assert isinstance(page, SpecialistListResponse)
    (jane,) = page.data
    assert (page.meta.total, page.meta.page_size) == (1, 2)
    assert [specialty.title for specialty in jane.specialties or []] == ["Cardiology", "Internal Medicine"]
    assert isinstance(jane.user, User)
    assert jane.user.email == "specialist@north.example.com"
    assert jane.created_at.utcoffset() is not None
    assert jane.overrides is UNSET


def test_a_specialist_is_created_changed_at_its_version_deleted_and_restored() -> None:
    client, slug = sign_in("SOUTH_ADMIN"), f"client-{uuid4()}"
    first, late = UpdateSpecialistInput(title="First"), UpdateSpecialistInput(title="Late")

    created = create_specialist.sync(client=client, body=CreateSpecialistInput(name="Generated", slug=slug))
    assert isinstance(created, SpecialistResponse)
    number = created.data.id
    read = get_specialist.sync_detailed(number, client=client)
    version = read.headers["etag"]
    updated = update_specialist.sync(number, client=client, body=first, if_match=version)
    refusal = update_specialist.sync(number, client=client, body=late, if_match=version)
    deleted = delete_specialist.sync(number, client=client)
    restored = restore_specialist.sync(number, client=client)

    assert isinstance(read.parsed, SpecialistResponse)
    assert read.parsed.data.slug == slug
    assert isinstance(updated, SpecialistResponse)
    assert updated.data.title == "First"
    assert isinstance(refusal, ErrorResponse)
    assert refusal.error.code is ErrorCode.PRECONDITION_FAILED
    assert isinstance(deleted, DeletedSpecialistResponse)
    assert isinstance(restored, SpecialistResponse)
    assert restored.data.deleted_at is None


def test_an_error_is_typed() -> None:
    body = CreateSpecialistInput(name="", slug="No Slug")

    refusal = create_specialist.sync(client=sign_in("NORTH_PATIENT"), body=body)
    invalid = create_specialist.sync(client=sign_in("SOUTH_ADMIN"), body=body)

    assert isinstance(refusal, ErrorResponse)
    assert refusal.error.code is ErrorCode.FORBIDDEN
    assert isinstance(invalid, ErrorResponse)
    assert invalid.error.field == "name"
    assert [(detail.code, detail.field) for detail in invalid.error.errors or []] == [
        (ErrorCode.NAME_REQUIRED, "name"),
        (ErrorCode.INVALID_SLUG, "slug"),
    ]

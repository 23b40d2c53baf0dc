"""What a specialist may be given, field by field, in the order of the contract."""

from resolvers.errors.fields import (
    InvalidAvatarUrl,
    InvalidDescription,
    InvalidMinicrmName,
    InvalidName,
    InvalidSchedulingActive,
    InvalidSignatureUrl,
    InvalidSlug,
    InvalidSpecialtyIds,
    InvalidTimezone,
    InvalidTitle,
    InvalidUserId,
    NameRequired,
    SlugRequired,
)
from resolvers.inputs import Field, boolean, identifier, identifiers, text
from resolvers.text import MAX_URL, is_https_url, is_slug, is_zone

MAX_SPECIALTIES = 100

SPECIALIST_FIELDS = {
    "name": Field(text(InvalidName, 200), required=NameRequired),
    "title": Field(text(InvalidTitle, 200)),
    "description": Field(text(InvalidDescription, 10_000)),
    "slug": Field(text(InvalidSlug, 200, is_slug), required=SlugRequired),
    "user_id": Field(identifier(InvalidUserId)),
    "specialty_ids": Field(identifiers(InvalidSpecialtyIds, MAX_SPECIALTIES), default=[]),
    "signature_url": Field(text(InvalidSignatureUrl, MAX_URL, is_https_url)),
    "avatar_url": Field(text(InvalidAvatarUrl, MAX_URL, is_https_url)),
    "scheduling_timezone": Field(text(InvalidTimezone, 200, is_zone)),
    "scheduling_active": Field(boolean(InvalidSchedulingActive), default=True, null=InvalidSchedulingActive),
    "minicrm_name": Field(text(InvalidMinicrmName, 200)),
}

"""Errors of one field of an input, in the order of the contract."""

from resolvers.errors.problem import Invalid


class NameRequired(Invalid):
    code, field = "name_required", "name"
    message = "Name is required"


class InvalidName(Invalid):
    code, field = "invalid_name", "name"
    message = "Name must be text of 1 to 200 characters"


class TitleRequired(Invalid):
    code, field = "title_required", "title"
    message = "Title is required"


class InvalidTitle(Invalid):
    code, field = "invalid_title", "title"
    message = "Title must be text of at most 200 characters"


class SlugRequired(Invalid):
    code, field = "slug_required", "slug"
    message = "Slug is required"


class InvalidSlug(Invalid):
    code, field = "invalid_slug", "slug"
    message = "Slug must be lowercase alphanumeric with hyphens"


class InvalidDescription(Invalid):
    code, field = "invalid_description", "description"
    message = "Description must be text of at most 10,000 characters"


class InvalidMinicrmName(Invalid):
    code, field = "invalid_minicrm_name", "minicrm_name"
    message = "MiniCRM name must be text of at most 200 characters"


class InvalidSignatureUrl(Invalid):
    code, field = "invalid_signature_url", "signature_url"
    message = "Signature URL must be an https URL of at most 2,048 characters"


class InvalidAvatarUrl(Invalid):
    code, field = "invalid_avatar_url", "avatar_url"
    message = "Avatar URL must be an https URL of at most 2,048 characters"


class InvalidTimezone(Invalid):
    code, field = "invalid_timezone", "scheduling_timezone"
    message = "Timezone is not a valid IANA timezone"


class InvalidSchedulingActive(Invalid):
    code, field = "invalid_scheduling_active", "scheduling_active"
    message = "{scheduling_active} must be true or false"


class InvalidUserId(Invalid):
    code, field = "invalid_user_id", "user_id"
    message = "{user_id} must be an integer"


class InvalidSpecialtyIds(Invalid):
    code, field = "invalid_specialty_ids", "specialty_ids"
    message = "{specialty_ids} must be a list of at most 100 integers"


class InvalidWeeklyHours(Invalid):
    code, field = "invalid_weekly_hours", "weekly_hours"
    message = "Weekly hours are not valid"


class InvalidOverrides(Invalid):
    code, field = "invalid_overrides", "overrides"
    message = "Overrides are not valid"


class InvalidIdempotencyKey(Invalid):
    code, field = "invalid_idempotency_key", "idempotency_key"
    message = "{idempotency_key} must be 1 to 255 visible ASCII characters"

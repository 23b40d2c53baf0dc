"""Errors that depend on what is stored: absence, conflict, lock."""

from collections.abc import Mapping

from resolvers.errors.problem import Invalid, Problem


class SpecialistNotFound(Problem):
    code, status = "specialist_not_found", 404
    message = "Specialist doesn't exist or not accessible in current organization"


class SpecialtyNotFound(Problem):
    code, status = "specialty_not_found", 404
    message = "One or more specialty IDs are invalid"


class UserNotFound(Problem):
    code, status = "user_not_found", 404
    message = "User ID references a non-existent user"
    field = "user_id"


class TimezoneLocked(Invalid):
    code, field = "timezone_locked", "scheduling_timezone"
    message = "Cannot change timezone while appointment-type-specific overrides exist"


class SlugExists(Problem):
    code, status, field = "slug_exists", 409, "slug"
    message = "A record with this slug already exists in this organization"


class AlreadyDeleted(Problem):
    code, status = "already_deleted", 409
    message = "Specialist is already soft-deleted"


class NotDeleted(Problem):
    code, status = "not_deleted", 409
    message = "Specialist is not soft-deleted"


class SpecialtyInUse(Problem):
    code, status = "specialty_in_use", 409
    message = "Specialists still hold this specialty"


class PreconditionFailed(Problem):
    code, status = "precondition_failed", 412
    message = "The record has changed since it was read"


class IdempotencyKeyReused(Problem):
    code, status = "idempotency_key_reused", 422
    message = "This {idempotency_key} was used for another request"


class IdempotencyInProgress(Problem):
    code, status = "idempotency_in_progress", 409
    message = "The first request with this {idempotency_key} is still running"
    retry_after = 1


NOT_FOUND: Mapping[str, type[Problem]] = {
    "specialist": SpecialistNotFound,
    "specialty": SpecialtyNotFound,
    "user": UserNotFound,
}
"""The error of an id that no record has, by the name of the entity."""

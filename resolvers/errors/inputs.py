"""Errors of inputs that have rules of their own; those of plain fields follow from the rules of the fields."""

from resolvers.errors.problem import GRAPHQL_ONLY, Invalid


class InvalidPage(Invalid):
    code, field = "invalid_page", "page"
    message = "page must be an integer of at least 1"


class InvalidPageSize(Invalid):
    code, field = "invalid_page_size", "page_size"
    message = "{page_size} must be an integer of at least 1"


class InvalidSort(Invalid):
    code, field = "invalid_sort", "sort"
    message = "sort has an unknown key"


class InvalidInclude(Invalid):
    code, field = "invalid_include", "include"
    message = "include has an unknown name"


class InvalidCursor(Invalid):
    code, field = "invalid_cursor", "cursor"
    message = "The cursor cannot be read"
    apis = GRAPHQL_ONLY


class InvalidWeeklyHours(Invalid):
    code, field = "invalid_weekly_hours", "weekly_hours"
    message = "Weekly hours are not valid"
    apis = GRAPHQL_ONLY


class InvalidOverrides(Invalid):
    code, field = "invalid_overrides", "overrides"
    message = "Overrides are not valid"
    apis = GRAPHQL_ONLY


class InvalidIdempotencyKey(Invalid):
    code, field = "invalid_idempotency_key", "idempotency_key"
    message = "{idempotency_key} must be 1 to 255 visible ASCII characters"

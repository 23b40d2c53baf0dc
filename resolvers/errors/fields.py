"""Errors of inputs that have rules of their own: sets of scheduling rows, and the idempotency key."""

from resolvers.errors.problem import GRAPHQL_ONLY, Invalid


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

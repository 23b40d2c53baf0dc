"""Errors of inputs that no declaration of fields has."""

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

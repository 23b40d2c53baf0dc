"""Scalars that GraphQL lacks; their values are finished text, as the contract writes them."""

from typing import NewType

import strawberry
from strawberry.schema.config import StrawberryConfig
from strawberry.types.scalar import ScalarDefinition

DateTime = NewType("DateTime", str)
Date = NewType("Date", str)
LocalTime = NewType("LocalTime", str)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError("must be text")
    return value


def _scalar(name: str, description: str, specified_by: str) -> ScalarDefinition:
    return strawberry.scalar(
        name=name, description=description, specified_by_url=specified_by, serialize=_text, parse_value=_text
    )


CONFIG = StrawberryConfig(
    scalar_map={
        DateTime: _scalar(
            "DateTime",
            "An instant in RFC 3339, UTC, whole seconds: `2025-01-10T08:00:00Z`.",
            "https://scalars.graphql.org/chillicream/date-time.html",
        ),
        Date: _scalar(
            "Date",
            "A local calendar date: `2025-01-10`. It has no time zone.",
            "https://scalars.graphql.org/andimarek/local-date.html",
        ),
        LocalTime: _scalar(  # the specifications of GraphQL scalars demand seconds, that of time inputs does not
            "LocalTime",
            "A local time of day, `HH:MM`. It has no time zone.",
            "https://html.spec.whatwg.org/multipage/common-microsyntaxes.html#valid-time-string",
        ),
    }
)

"""What the values of a field are limited to; a test holds each limit against the rule that enforces it."""

from collections.abc import Mapping

from resolvers.specialist_fields import MAX_SPECIALTIES
from resolvers.text import MAX_URL, SLUG
from schema.openapi.kinds import Json

HTTPS: Json = {"format": "uri", "maxLength": MAX_URL, "pattern": "^https://"}
SLUG_LIMITS: Json = {"maxLength": 200, "pattern": f"^{SLUG.pattern}$"}

SPECIALIST_LIMITS: Mapping[str, Json] = {
    "name": {"minLength": 1, "maxLength": 200},
    "title": {"maxLength": 200},
    "description": {"maxLength": 10_000},
    "slug": SLUG_LIMITS,
    "specialty_ids": {"maxItems": MAX_SPECIALTIES},
    "signature_url": HTTPS,
    "avatar_url": HTTPS,
    "minicrm_name": {"maxLength": 200},
}
SPECIALTY_LIMITS: Mapping[str, Json] = {"title": {"minLength": 1, "maxLength": 200}, "slug": SLUG_LIMITS}
WEEKLY_HOURS_LIMITS: Mapping[str, Json] = {"day_of_week": {"minimum": 1, "maximum": 7}}


def limited(properties: Mapping[str, Json], limits: Mapping[str, Json]) -> dict[str, Json]:
    """``properties``, each with its limits before its description."""
    return {name: _limited(schema, limits.get(name, {})) for name, schema in properties.items()}


def _limited(schema: Json, limits: Json) -> Json:
    described = {"description": schema["description"]} if "description" in schema else {}
    return {**{key: value for key, value in schema.items() if key not in described}, **limits, **described}

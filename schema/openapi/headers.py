"""The component headers of answers."""

from schema.openapi.kinds import Json, ref

TEXT: Json = {"type": "string"}
TOLD = {
    "X-Request-Id": "Names the request in the server's log: the client's own id if it sent one, else a new one.",
    "ETag": "The version of the record, for `If-Match` and `If-None-Match`.",
    "Location": "The address of the new record.",
    "Link": "The first, previous, next and last page, as far as there are any (RFC 8288).",
    "Retry-After": "After how many seconds to try again.",
    "WWW-Authenticate": "How to sign in (RFC 6750).",
}
SCHEMAS: dict[str, Json] = {"Retry-After": {"type": "integer", "minimum": 0}}


def headers() -> dict[str, Json]:
    return {name: {"description": told, "schema": SCHEMAS.get(name, TEXT)} for name, told in TOLD.items()}


def named(*names: str) -> dict[str, Json]:
    """The headers ``names`` of an answer, in any case, with the request's id, which all have."""
    wanted = {"x-request-id", *(name.lower() for name in names)}
    return {name: ref("headers", name) for name in TOLD if name.lower() in wanted}

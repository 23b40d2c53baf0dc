"""The component headers of responses."""

from schema.openapi.kinds import Json, ref

TEXT: Json = {"type": "string"}
DESCRIPTIONS = {
    "X-Request-Id": "Names the request in the server's log: the client's own id if it sent one, else a new one.",
    "ETag": "The version of the record, for `If-Match` and `If-None-Match`.",
    "Location": "The address of the new record.",
    "Link": "The first, previous, next and last page, as far as there are any (RFC 8288).",
    "Retry-After": "After how many seconds to try again.",
    "WWW-Authenticate": "How to sign in (RFC 6750).",
}
SCHEMAS: dict[str, Json] = {"Retry-After": {"type": "integer", "minimum": 0}}


def headers() -> dict[str, Json]:
    """Return every response header by its component name."""
    return {
        name: {"description": description, "schema": SCHEMAS.get(name, TEXT)}
        for name, description in DESCRIPTIONS.items()
    }


def response_headers(*names: str) -> dict[str, Json]:
    """Return the headers ``names``, in any case, and the request's id, which every response has."""
    lower_names = {"x-request-id", *(name.lower() for name in names)}
    return {name: ref("headers", name) for name in DESCRIPTIONS if name.lower() in lower_names}

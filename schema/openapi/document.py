"""The OpenAPI 3.1 document of ``/v1``."""

from typing import Any

from schema.openapi.bodies import request_bodies, response_bodies
from schema.openapi.parameters import parameters, value_schemas
from schema.openapi.paths import paths, tags
from schema.openapi.records import records
from schema.openapi.responses import headers, shared_responses

VERSION = "1.0.0"
ADDRESS = "http://127.0.0.1:8000"  # where `make run` serves
ABOUT = """\
The specialists of a clinic and the specialties they hold. Whatever is read or written belongs to the organization \
that is active in the session token; the records of others do not exist here.

**Who may.** Every request carries `Authorization: Bearer <session token>`. Every member of the organization may \
read; only admins may write. The role is checked before the record is looked for.

**Errors.** Every answer that is not a success has the same body: a `code` for programs, a `message` for people, \
the `field` at fault if there is one, and the `request_id`. Where several fields are invalid, `errors` lists them all.

**Lists.** A page past the end is empty but knows the true `total`. The `Link` header leads to the first, previous, \
next and last page. Query parameters that are not known are ignored.

**Versions.** A single record comes with an `ETag`. Sent back as `If-None-Match` it saves the answer, as `If-Match` it \
saves a write from overwriting another. An `Idempotency-Key` makes a create safe to repeat.

**Times.** Instants are RFC 3339 in UTC with whole seconds. Dates and times of day are the specialist's own local ones.\
"""
SESSION = "A session token of the identity provider: organization, user and role are taken from it and nothing else."


def openapi(address: str = ADDRESS) -> dict[str, Any]:
    """Return the whole document of the server at ``address``, such as ``https://api.example.com``."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Clinic API", "version": VERSION, "summary": "Specialists and specialties of clinics."}
        | {"description": ABOUT},
        "servers": [{"url": address, "description": "The server that serves this document."}],
        "security": [{"session": []}],
        "tags": tags(),
        "paths": paths(),
        "components": {
            "securitySchemes": {
                "session": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": SESSION}
            },
            "parameters": parameters(),
            "headers": headers(),
            "responses": shared_responses(),
            "schemas": {**records(), **request_bodies(), **response_bodies(), **value_schemas()},
        },
    }

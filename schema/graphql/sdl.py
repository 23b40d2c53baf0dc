"""The schema in GraphQL's own language, at an address of its own."""

from hashlib import blake2b

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from schema.definition import SCHEMA
from schema.rest.conditional import unchanged

SDL = SCHEMA.as_str() + "\n"
HEADERS = {"etag": f'"{blake2b(SDL.encode(), digest_size=16).hexdigest()}"', "cache-control": "no-cache"}


async def sdl(request: Request) -> Response:
    """Answer with the SDL, or 304 to a client that has it."""
    if unchanged(request, HEADERS["etag"]):
        return Response(status_code=304, headers=HEADERS)
    return PlainTextResponse(SDL, headers=HEADERS)

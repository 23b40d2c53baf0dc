"""Read the body of a request: JSON in UTF-8, of bounded size and depth."""

import json
from typing import Any, NoReturn

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive

from resolvers.errors.request import BodyTooLarge, InvalidBody, InvalidJson, UnsupportedMediaType
from resolvers.json_depth import check_json_depth

MAX_BYTES = 1 << 20


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


DECODER = json.JSONDecoder(parse_constant=_refuse)


async def read_json(request: Request) -> bytes:
    """Return the body of ``request``, which must be announced as JSON; raise a ``Problem`` where it cannot be read."""
    headers = dict(request.scope["headers"])
    check_json_type(headers.get(b"content-type", b"").decode("latin-1"))
    return await read_bytes(request.receive, headers.get(b"content-length", b"").decode("latin-1"))


async def read_bytes(receive: Receive, content_length: str) -> bytes:
    """Return the body; raise ``BodyTooLarge`` before all of a body that is too large is read.

    ``content_length`` is its ``Content-Length``, if it has one.
    """
    if content_length.isdigit() and int(content_length) > MAX_BYTES:
        raise BodyTooLarge
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MAX_BYTES:
            raise BodyTooLarge
    return body


def check_json_type(content_type: str) -> None:
    """Raise ``UnsupportedMediaType`` unless the body is announced as JSON in UTF-8."""
    if content_type == "application/json":
        return
    media_type, _, parameters = content_type.partition(";")
    charset = parameters.strip().lower().replace('"', "")
    if media_type.strip().lower() != "application/json" or charset not in ("", "charset=utf-8"):
        raise UnsupportedMediaType


def parse_json(body: bytes) -> object:
    """Return the JSON value in ``body``; raise ``InvalidJson``."""
    try:
        return decode_json(body.decode())
    except ValueError:
        raise InvalidJson from None


def parse_object(body: bytes) -> dict[str, Any]:
    """Return the JSON object in ``body``; raise ``InvalidJson`` or ``InvalidBody``."""
    value = parse_json(body)
    if not isinstance(value, dict):
        raise InvalidBody
    return value


def decode_json(text: str) -> object:
    """Return the JSON value in ``text``; raise ``ValueError`` if there is none, or if it is nested too deeply."""
    check_json_depth(text)
    return DECODER.decode(text)

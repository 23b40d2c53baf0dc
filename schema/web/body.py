"""A request's body: JSON in UTF-8, of bounded size."""

import json
from typing import Any, NoReturn

from starlette.requests import Request

from resolvers.errors.request import BodyTooLarge, InvalidBody, InvalidJson, UnsupportedMediaType

LARGEST = 1 << 20  # bytes


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is not JSON")


DECODER = json.JSONDecoder(parse_constant=_refuse)


async def read_bytes(request: Request) -> bytes:
    """The body; raises ``BodyTooLarge`` before all of a body that is too large is read."""
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > LARGEST:
        raise BodyTooLarge
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST:
            raise BodyTooLarge
    return body


def check_json_type(request: Request) -> None:
    """Raises ``UnsupportedMediaType`` unless the body is announced as JSON in UTF-8."""
    media_type, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = parameters.strip().lower().replace('"', "")
    if media_type.strip().lower() != "application/json" or charset not in ("", "charset=utf-8"):
        raise UnsupportedMediaType


def parse_object(body: bytes) -> dict[str, Any]:
    """The JSON object in ``body``; raises ``InvalidJson`` or ``InvalidBody``."""
    try:
        value = DECODER.decode(body.decode())
    except (ValueError, RecursionError):
        raise InvalidJson from None
    if not isinstance(value, dict):
        raise InvalidBody
    return value

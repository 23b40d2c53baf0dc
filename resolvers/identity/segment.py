"""One segment of a token, read strictly."""

import base64
import json
from typing import Never

from resolvers.errors.access import Unauthorized
from resolvers.identity.reasons import Reason


def decoded(segment: str) -> bytes:
    """Return the bytes behind unpadded base64url; ``Unauthorized`` if it is not that."""
    try:
        return base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    except ValueError:
        raise Unauthorized(Reason.MALFORMED) from None


def json_object(text: bytes) -> dict[str, object]:
    """Return the JSON object in ``text``; ``Unauthorized`` for anything else a sender may think of."""
    try:
        value = json.loads(text.decode(), object_pairs_hook=_without_duplicates, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise Unauthorized(Reason.MALFORMED) from None
    if not isinstance(value, dict):
        raise Unauthorized(Reason.MALFORMED)
    return value


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    # Readers disagree on which of two equal names counts, so a token that has them has two meanings.
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a name stands twice")
    return value


def _no_constant(name: str) -> Never:
    raise ValueError(f"{name} is not JSON")

"""Read a session token: the Authorization header, the token's format, its JOSE header, its signature."""

import base64
import json
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Never

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import InvalidSignatureError, PyJWS, PyJWTError

from resolvers.errors.request import Unauthorized
from resolvers.identity.identity import Reason
from resolvers.json_depth import check_json_depth

MAX_TOKEN = 8 * 1024
SESSION_CATEGORY = "cl_B7d4PD111AAA"  # Clerk marks template and machine tokens, of the same key, otherwise

# RFC 6750 section 2.1; without comma and space, so two headers folded into one are not a token.
BEARER = re.compile(r"bearer +([a-z0-9._~+/=-]+)", re.ASCII | re.IGNORECASE)
SEGMENTS = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
KEY_ID = re.compile(r"[\w.-]{1,128}", re.ASCII)

# PyJWS, not PyJWT: of duplicate claims PyJWT takes the last, it reads numeric strings as times and has a
# clock of its own. The claims are checked in claims.py.
RS256 = PyJWS(algorithms=["RS256"], options={"enforce_minimum_key_length": True})

Header = Mapping[str, object]


def bearer_token(authorization: Sequence[str]) -> str:
    """Return the token, given every Authorization value of a request; raise ``Unauthorized`` if it is not one."""
    if not authorization:
        raise Unauthorized(Reason.MISSING)
    match = BEARER.fullmatch(authorization[0])
    if len(authorization) > 1 or match is None:
        raise Unauthorized(Reason.NOT_BEARER)
    return match[1]


def check_format(token: str) -> None:
    """Raise ``Unauthorized`` unless ``token`` is three segments of base64url within the size limit."""
    if len(token) > MAX_TOKEN or SEGMENTS.fullmatch(token) is None:
        raise Unauthorized(Reason.MALFORMED)


def read_key_id(token: str) -> str | None:
    """Check the JOSE header and return its ``kid``, if any; raise ``Unauthorized`` if a check fails.

    These checks are cheap, so they run before any key is looked up.
    """
    check_format(token)
    header = parse_json_object(decode_base64url(token.partition(".")[0]))
    for check, reason in HEADER_CHECKS:
        if not check(header):
            raise Unauthorized(reason)
    kid = header.get("kid")
    return kid if isinstance(kid, str) else None


def unverified_issuer(token: str) -> object:
    """Return the ``iss`` claim as it stands in the token, not verified; raise ``Unauthorized`` if malformed."""
    check_format(token)
    return parse_json_object(decode_base64url(token.split(".")[1])).get("iss")


def read_signed_payload(token: str, key: RSAPublicKey) -> bytes | None:
    """Return the payload if ``key`` signed the token, ``None`` if it did not.

    Raises ``Unauthorized`` for a token that cannot be read.
    """
    try:
        payload: bytes = RS256.decode(token, key, algorithms=["RS256"])
    except InvalidSignatureError:
        return None
    except (PyJWTError, ValueError, RecursionError, OverflowError):
        raise Unauthorized(Reason.MALFORMED) from None
    return payload


def decode_base64url(segment: str) -> bytes:
    """Decode unpadded base64url; raise ``Unauthorized`` if ``segment`` is not that."""
    try:
        return base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    except ValueError:
        raise Unauthorized(Reason.MALFORMED) from None


def parse_json_object(text: bytes) -> dict[str, object]:
    """Parse a JSON object strictly: UTF-8, no duplicate names, no ``NaN``; raise ``Unauthorized`` otherwise."""
    try:
        check_json_depth(text.decode())
        value = json.loads(text.decode(), object_pairs_hook=_reject_duplicates, parse_constant=_reject_constant)
    except ValueError:
        raise Unauthorized(Reason.MALFORMED) from None
    if not isinstance(value, dict):
        raise Unauthorized(Reason.MALFORMED)
    return value


def _reject_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    # Readers disagree on which of two equal names counts, so a token that has them has two meanings.
    value = dict(pairs)
    if len(value) < len(pairs):
        raise ValueError("a name stands twice")
    return value


def _reject_constant(name: str) -> Never:
    raise ValueError(f"{name} is not JSON")


def _has_valid_key_id_or_none(header: Header) -> bool:
    kid = header.get("kid")
    return "kid" not in header or (isinstance(kid, str) and KEY_ID.fullmatch(kid) is not None)


# Other names are ignored, as Clerk asks; jku, jwk, x5c and x5u are never read.
HEADER_CHECKS: tuple[tuple[Callable[[Header], bool], Reason], ...] = (
    (lambda header: header.get("alg") == "RS256", Reason.ALGORITHM),
    (lambda header: "crit" not in header and "b64" not in header, Reason.MALFORMED),
    (lambda header: header.get("typ", "JWT") == "JWT", Reason.NOT_SESSION),
    (lambda header: header.get("cat", SESSION_CATEGORY) == SESSION_CATEGORY, Reason.NOT_SESSION),
    (_has_valid_key_id_or_none, Reason.MALFORMED),
)

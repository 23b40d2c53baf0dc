"""The cheap checks of a token, made before any key is looked up."""

import re
from collections.abc import Callable, Mapping

from resolvers.errors.access import Unauthorized
from resolvers.identity.reasons import Reason
from resolvers.identity.segment import decoded, json_object

MAX_TOKEN = 8 * 1024
SESSION_CATEGORY = "cl_B7d4PD111AAA"  # Clerk marks template and machine tokens, of the same key, otherwise

SEGMENTS = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+", re.ASCII)
KEY_ID = re.compile(r"[\w.-]{1,128}", re.ASCII)

Header = Mapping[str, object]


def _has_key_id_or_none(header: Header) -> bool:
    kid = header.get("kid")
    return "kid" not in header or (isinstance(kid, str) and KEY_ID.fullmatch(kid) is not None)


# Other names are passed over, as Clerk asks; jku, jwk, x5c and x5u are never read.
CHECKS: tuple[tuple[Callable[[Header], bool], Reason], ...] = (
    (lambda header: header.get("alg") == "RS256", Reason.ALGORITHM),
    (lambda header: "crit" not in header and "b64" not in header, Reason.MALFORMED),
    (lambda header: header.get("typ", "JWT") == "JWT", Reason.NOT_SESSION),
    (lambda header: header.get("cat", SESSION_CATEGORY) == SESSION_CATEGORY, Reason.NOT_SESSION),
    (_has_key_id_or_none, Reason.MALFORMED),
)


def check_shape(token: str) -> None:
    """Return if ``token`` is three segments of base64url within the size limit, else ``Unauthorized``."""
    if len(token) > MAX_TOKEN or SEGMENTS.fullmatch(token) is None:
        raise Unauthorized(Reason.MALFORMED)


def key_id(token: str) -> str | None:
    """Return the ``kid`` of a token whose header is a session token's; ``Unauthorized`` if it is not."""
    check_shape(token)
    header = json_object(decoded(token.partition(".")[0]))
    for holds, reason in CHECKS:
        if not holds(header):
            raise Unauthorized(reason)
    kid = header.get("kid")
    return kid if isinstance(kid, str) else None

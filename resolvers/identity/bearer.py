"""The token in the Authorization header."""

import re
from collections.abc import Sequence

from resolvers.errors.access import Unauthorized
from resolvers.identity.reasons import Reason

# RFC 6750 section 2.1; without comma and space, so two headers folded into one are not a token.
BEARER = re.compile(r"bearer +([a-z0-9._~+/=-]+)", re.ASCII | re.IGNORECASE)


def bearer_token(authorization: Sequence[str]) -> str:
    """Return the token, given every Authorization value of a request; ``Unauthorized`` if it is not one."""
    if not authorization:
        raise Unauthorized(Reason.MISSING)
    match = BEARER.fullmatch(authorization[0])
    if len(authorization) > 1 or match is None:
        raise Unauthorized(Reason.NOT_BEARER)
    return match[1]

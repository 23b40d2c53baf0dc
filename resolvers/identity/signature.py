"""The signature of a token."""

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import InvalidSignatureError, PyJWS, PyJWTError

from resolvers.errors.access import Unauthorized
from resolvers.identity.reasons import Reason

# PyJWS, not PyJWT: of duplicate claims PyJWT takes the last, it reads numeric strings as times and has a
# clock of its own. The claims are checked in claims.py.
RS256 = PyJWS(algorithms=["RS256"], options={"enforce_minimum_key_length": True})


def signed_payload(token: str, key: RSAPublicKey) -> bytes | None:
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

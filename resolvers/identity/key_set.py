"""The usable keys in a JWKS document."""

import json
from collections.abc import Callable, Mapping

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from jwt import PyJWK, PyJWTError

from resolvers.identity.header import KEY_ID
from resolvers.identity.pem import is_usable

MAX_KEYS = 32

Jwk = Mapping[str, object]


def _may_verify(jwk: Jwk) -> bool:
    operations = jwk.get("key_ops", ["verify"])
    return isinstance(operations, list) and "verify" in operations


def _has_key_id(jwk: Jwk) -> bool:
    kid = jwk.get("kid")
    return isinstance(kid, str) and KEY_ID.fullmatch(kid) is not None


CHECKS: tuple[Callable[[Jwk], bool], ...] = (
    lambda jwk: jwk.get("kty") == "RSA",
    lambda jwk: jwk.get("use") in (None, "sig"),
    lambda jwk: jwk.get("alg") in (None, "RS256"),
    _may_verify,
    _has_key_id,
)


def keys_in(document: bytes) -> dict[str, RSAPublicKey]:
    """Return the keys for RS256 signatures by their id, never none of them.

    Raises ``ValueError`` (or ``RecursionError``) if there is none, or no JWKS at all.
    """
    content = json.loads(document.decode())
    listed = content.get("keys") if isinstance(content, dict) else None
    if not isinstance(listed, list):
        raise ValueError("not a JWKS document")
    found = [(jwk["kid"], _key(jwk)) for jwk in listed[:MAX_KEYS] if _fits(jwk)]
    keys = {kid: key for kid, key in found if key is not None}
    if not keys:
        raise ValueError("no usable key in the JWKS document")
    return keys


def _fits(jwk: object) -> bool:
    return isinstance(jwk, dict) and all(holds(jwk) for holds in CHECKS)


def _key(jwk: dict[str, object]) -> RSAPublicKey | None:
    try:
        key = PyJWK.from_dict(jwk, "RS256").key
    except (PyJWTError, ValueError, TypeError, OverflowError, UnsupportedAlgorithm):
        return None
    return key if is_usable(key) else None

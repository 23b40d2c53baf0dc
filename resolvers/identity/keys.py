"""The public keys that verify signatures: what a source of keys offers, and keys read from a PEM or a JWK set."""

import base64
import json
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Protocol, Self, TypeGuard

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_der_public_key
from jwt import PyJWK, PyJWTError

from resolvers.identity.session_token import KEY_ID

KEY_BITS = range(2048, 8192 + 1)  # shorter is breakable, longer takes too long to check
MAX_KEYS = 32

_PADDING = " \r\n\t\"'"
_PEM = re.compile(r"(?:-----BEGIN(?: RSA)? PUBLIC KEY-----)?([A-Za-z0-9+/=\s]+)(?:-----END[A-Z ]+-----)?")

Jwk = Mapping[str, object]


class KeySource(Protocol):
    """Where a verifier gets the issuer's keys from."""

    async def key_for(self, kid: str | None) -> RSAPublicKey | None:
        """Return the key of that id, ``None`` if the issuer has none; ``Unavailable`` if that is unknown."""
        ...

    async def newer_key(self, kid: str | None, old_key: RSAPublicKey) -> RSAPublicKey | None:
        """Return another key of the same id, after ``old_key`` did not fit a signature, if there is one."""
        ...


class PinnedKey:
    """A ``KeySource`` with the one key of the configuration, whatever id a token names: no network, no change."""

    def __init__(self, key: RSAPublicKey) -> None:
        self.key = key

    @classmethod
    def from_setting(cls, setting: str) -> Self:
        """Read the key from a PEM on one line or many, from its middle alone, or from the path of one.

        Raises ``ValueError`` if ``setting`` is none of these; the message does not repeat it.
        """
        text = _read_file_or_text(setting.strip(_PADDING)).replace("\\n", "\n")
        match = _PEM.fullmatch(text.strip(_PADDING))
        key = _load_der(match[1]) if match else None
        if key is None:
            raise ValueError("The key must be an RSA public key of 2,048 to 8,192 bits, or the path of one")
        return cls(key)

    async def key_for(self, kid: str | None) -> RSAPublicKey | None:  # noqa: ARG002
        return self.key

    async def newer_key(self, kid: str | None, old_key: RSAPublicKey) -> RSAPublicKey | None:  # noqa: ARG002
        return None


def parse_jwks(document: bytes) -> dict[str, RSAPublicKey]:
    """Return the RS256 signature keys of a JWKS document by their id: at least one, at most ``MAX_KEYS``.

    A key that cannot be used is skipped. Raises ``ValueError`` (or ``RecursionError``) if none is left, or if
    ``document`` is no JWKS at all.
    """
    content = json.loads(document.decode())
    jwks = content.get("keys") if isinstance(content, dict) else None
    if not isinstance(jwks, list):
        raise ValueError("not a JWKS document")
    candidates = [(jwk["kid"], _load_jwk(jwk)) for jwk in jwks[:MAX_KEYS] if _is_signature_key(jwk)]
    keys = {kid: key for kid, key in candidates if key is not None}
    if not keys:
        raise ValueError("no usable key in the JWKS document")
    return keys


def _is_strong_rsa_key(key: object) -> TypeGuard[RSAPublicKey]:
    return isinstance(key, RSAPublicKey) and key.key_size in KEY_BITS


def _read_file_or_text(setting: str) -> str:
    # os.path.isfile returns False for text that is too long to be a path; Path.is_file raises.
    return Path(setting).read_text("ascii", "replace") if os.path.isfile(setting) else setting


def _load_der(body: str) -> RSAPublicKey | None:
    try:
        key = load_der_public_key(base64.b64decode("".join(body.split()), validate=True))
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if _is_strong_rsa_key(key) else None


def _load_jwk(jwk: dict[str, object]) -> RSAPublicKey | None:
    try:
        key = PyJWK.from_dict(jwk, "RS256").key
    except (PyJWTError, ValueError, TypeError, OverflowError, UnsupportedAlgorithm):
        return None
    return key if _is_strong_rsa_key(key) else None


def _is_signature_key(jwk: object) -> bool:
    return isinstance(jwk, dict) and all(check(jwk) for check in JWK_CHECKS)


def _may_verify(jwk: Jwk) -> bool:
    operations = jwk.get("key_ops", ["verify"])
    return isinstance(operations, list) and "verify" in operations


def _has_key_id(jwk: Jwk) -> bool:
    kid = jwk.get("kid")
    return isinstance(kid, str) and KEY_ID.fullmatch(kid) is not None


JWK_CHECKS: tuple[Callable[[Jwk], bool], ...] = (
    lambda jwk: jwk.get("kty") == "RSA",
    lambda jwk: jwk.get("use") in (None, "sig"),
    lambda jwk: jwk.get("alg") in (None, "RS256"),
    _may_verify,
    _has_key_id,
)

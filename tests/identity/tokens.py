"""Make tokens: an issuer with its keys, a forger, valid and invalid tokens, a clock to set."""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.algorithms import RSAAlgorithm

from resolvers.identity.keys import PinnedKey
from resolvers.identity.verifier import Verifier

ISSUER = "https://clerk.clinic.example"
KID = "ins_clinic"
NOW = 1_800_000_000
SESSION_CATEGORY = "cl_B7d4PD111AAA"
ABSENT = object()

Json = dict[str, object]

HEADER: Json = {"alg": "RS256", "typ": "JWT", "kid": KID, "cat": SESSION_CATEGORY}
COMMON: Json = {
    "iss": ISSUER,
    "sub": "user_1",
    "sid": "sess_1",
    "azp": "https://app.clinic.example",
    "fva": [1, -1],
    "iat": NOW,
    "nbf": NOW - 10,
    "exp": NOW + 60,
}
FIRST: Json = {**COMMON, "org_id": "org_north", "org_slug": "north", "org_role": "org:admin"}
SECOND: Json = {
    **COMMON,
    "v": 2,
    "sts": "active",
    "jti": "21f7",
    "pla": "o:free",
    "o": {"id": "org_north", "slg": "north", "rol": "admin"},
}


@dataclass
class Clock:
    now: float = NOW

    def __call__(self) -> float:
        return self.now


def key(owner: str = "issuer") -> RSAPrivateKey:
    """Return the private key of the issuer, of the issuer after its rotation, or of a forger."""
    return _key(owner)


@cache
def _key(owner: str) -> RSAPrivateKey:
    return generate_private_key(public_exponent=65537, key_size=1024 if owner == "short" else 2048)


def pem(owner: str = "issuer") -> str:
    public = key(owner).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def jwk(kid: str = KID, owner: str = "issuer", **more: object) -> Json:
    numbers = RSAAlgorithm.to_jwk(key(owner).public_key(), as_dict=True)
    return {"kty": "RSA", "n": numbers["n"], "e": numbers["e"], "use": "sig", "kid": kid, **more}


def jwks(*keys: Json) -> bytes:
    return json.dumps({"keys": keys}).encode()


def encoded(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def sealed(header: bytes, payload: bytes, owner: str = "issuer") -> str:
    """Return a token of exactly these bytes, with a good RS256 signature."""
    signing_input = f"{encoded(header)}.{encoded(payload)}"
    return f"{signing_input}.{encoded(key(owner).sign(signing_input.encode(), PKCS1v15(), SHA256()))}"


def session(
    changes: Mapping[str, object] | None = None,
    header: Mapping[str, object] | None = None,
    *,
    claims: Mapping[str, object] = SECOND,
    owner: str = "issuer",
) -> str:
    """Return a good token with ``changes`` to its claims and ``header``; ``ABSENT`` takes a name out."""
    return sealed(_dumped(HEADER, header), _dumped(claims, changes), owner)


def session_of(length: int) -> str:
    """Return a good token of exactly ``length`` characters."""
    # Base64 grows by one or two characters a byte; header and payload together reach every length.
    start = (length - len(session())) * 3 // 4 - 30
    sizes = ((header, claims) for header in range(4) for claims in range(start, start + 24))
    tokens = (session({"pad": "x" * claims}, {"pad": "x" * header}) for header, claims in sizes)
    return next(token for token in tokens if len(token) == length)


def pinned(**settings: frozenset[str]) -> Verifier:
    return Verifier(ISSUER, PinnedKey(key().public_key()), clock=Clock(), **settings)


def _dumped(base: Mapping[str, object], changes: Mapping[str, object] | None) -> bytes:
    merged = {**base, **(changes or {})}
    return json.dumps({name: value for name, value in merged.items() if value is not ABSENT}).encode()

"""Sign session tokens for development: Clerk's tokens without Clerk, refused in production."""

import os
import secrets
import tempfile
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Self

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from db.demo.ids import demo_organization_id, demo_user_id
from resolvers.identity.claims import ROLE_PREFIX, Organization, normalize_role
from resolvers.identity.keys import PinnedKey
from resolvers.identity.session_token import SESSION_CATEGORY

DEVELOPMENT_ISSUER = "https://clerk.development.invalid"
KEY_ID = "ins_development"
KEY_FILE = "development-key.pem"


def is_development_issuer(issuer: str) -> bool:
    """Tell whether ``issuer``, however it is written, is the one of development."""
    return issuer.strip().rstrip("/").lower() == DEVELOPMENT_ISSUER


class DevelopmentKeys:
    """The key pair of the development issuer, and the tokens it signs."""

    def __init__(self, private_key: RSAPrivateKey) -> None:
        self._private_key = private_key

    @classmethod
    def load_or_create(cls, directory: Path) -> Self:
        """Return the keys stored in ``directory``, created on first use; all processes get the same ones."""
        return cls(_load_or_create_private_key(directory / KEY_FILE))

    @property
    def public_key(self) -> RSAPublicKey:
        return self._private_key.public_key()

    def key_source(self) -> PinnedKey:
        return PinnedKey(self.public_key)

    def token(
        self,
        *,
        user_id: str,
        organization_id: str | None,
        organization_slug: str | None,
        role: str | None,
        ttl: int = 60,
        version: int = 2,
        now: float | None = None,
    ) -> str:
        """Return a session token as Clerk would sign it, valid for ``ttl`` seconds from ``now``."""
        issued_at = int(time.time() if now is None else now)
        organization = Organization(organization_id, organization_slug, role and normalize_role(role))
        claims = {
            "iss": DEVELOPMENT_ISSUER,
            "sub": user_id,
            "sid": f"sess_{secrets.token_hex(12)}",
            "iat": issued_at,
            "nbf": issued_at - 10,
            "exp": issued_at + ttl,
            **(ORGANIZATION_CLAIMS[version](organization)),
        }
        return jwt.encode(claims, self._private_key, algorithm="RS256", headers=HEADERS)

    def demo_token(self, slug: str, role: str, ttl: int = 60) -> str:
        """Return a token of the demo user who has ``role`` in the organization, valid for ``ttl`` seconds."""
        return self.token(
            user_id=demo_user_id(slug, role),
            organization_id=demo_organization_id(slug),
            organization_slug=slug,
            role=role,
            ttl=ttl,
        )


def _organization_claims_v1(organization: Organization) -> dict[str, object]:
    names = ("org_id", "org_slug", "org_role")
    return _without_none(zip(names, organization, strict=True)) if organization.id else {}


def _organization_claims_v2(organization: Organization) -> dict[str, object]:
    role = organization.role and organization.role.removeprefix(ROLE_PREFIX)
    claims = _without_none({"id": organization.id, "slg": organization.slug, "rol": role}.items())
    return {"v": 2, "sts": "active", **({"o": claims} if organization.id else {})}


def _without_none(claims: Iterable[tuple[str, str | None]]) -> dict[str, object]:
    return {name: value for name, value in claims if value is not None}


HEADERS = {"kid": KEY_ID, "cat": SESSION_CATEGORY}
ORGANIZATION_CLAIMS: Mapping[int, Callable[[Organization], dict[str, object]]] = {
    1: _organization_claims_v1,
    2: _organization_claims_v2,
}


def _load_or_create_private_key(path: Path) -> RSAPrivateKey:
    """Return the RSA key in ``path``; if the file does not exist, exactly one process creates it.

    Raises ``ValueError`` if the file holds something else.
    """
    if not path.exists():
        _create_key_file(path)
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except ValueError:
        key = None
    if not isinstance(key, RSAPrivateKey):
        raise ValueError(f"There is no RSA key in {path}; delete the file and a new one will be made")
    return key


def _create_key_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary_path = _write_new_key(path)
    try:
        # A link appears at once and never replaces: of two that start together, the first one's key stays.
        os.link(temporary_path, path)
    except FileExistsError:
        return
    finally:
        temporary_path.unlink()


def _write_new_key(path: Path) -> Path:
    """Write a new key to a temporary file beside ``path`` and return its path."""
    pem = generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    descriptor, name = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)  # mode 0600
    with open(descriptor, "wb") as file:
        file.write(pem)
        file.flush()
        os.fsync(descriptor)
    return Path(name)

"""The issuer of development: Clerk's tokens without Clerk, refused in production."""

import secrets
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Self

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey

from resolvers.identity.header import SESSION_CATEGORY
from resolvers.identity.key_file import private_key_at
from resolvers.identity.keys import PinnedKey
from resolvers.identity.organization import ROLE_PREFIX, Organization, normal_role

DEVELOPMENT_ISSUER = "https://clerk.development.invalid"
KEY_ID = "ins_development"
KEY_FILE = "development-key.pem"


def is_development_issuer(issuer: str) -> bool:
    """Tell whether ``issuer``, however it is written, is the one of development."""
    return issuer.strip().rstrip("/").lower() == DEVELOPMENT_ISSUER


def demo_organization_id(slug: str) -> str:
    """Return the Clerk id of a demo organization."""
    return f"org_demo_{slug}"


def demo_user_id(slug: str, role: str) -> str:
    """Return the Clerk id of the demo user who has ``role``, such as ``admin``, in an organization."""
    return f"user_demo_{slug}_{role}"


class DevelopmentKeys:
    """The key pair of the development issuer, and the tokens it signs."""

    def __init__(self, private_key: RSAPrivateKey) -> None:
        self._private_key = private_key

    @classmethod
    def at(cls, directory: Path) -> Self:
        """Return the keys kept in ``directory``, made on first use; all processes get the same ones."""
        return cls(private_key_at(directory / KEY_FILE))

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
        begin = int(time.time() if now is None else now)
        organization = Organization(organization_id, organization_slug, role and normal_role(role))
        claims = {
            "iss": DEVELOPMENT_ISSUER,
            "sub": user_id,
            "sid": f"sess_{secrets.token_hex(12)}",
            "iat": begin,
            "nbf": begin - 10,
            "exp": begin + ttl,
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


def _first_version(organization: Organization) -> dict[str, object]:
    names = ("org_id", "org_slug", "org_role")
    return _present(zip(names, organization, strict=True)) if organization.id else {}


def _second_version(organization: Organization) -> dict[str, object]:
    role = organization.role and organization.role.removeprefix(ROLE_PREFIX)
    claims = _present({"id": organization.id, "slg": organization.slug, "rol": role}.items())
    return {"v": 2, "sts": "active", **({"o": claims} if organization.id else {})}


def _present(claims: Iterable[tuple[str, str | None]]) -> dict[str, object]:
    return {name: value for name, value in claims if value is not None}


HEADERS = {"kid": KEY_ID, "cat": SESSION_CATEGORY}
ORGANIZATION_CLAIMS: Mapping[int, Callable[[Organization], dict[str, object]]] = {
    1: _first_version,
    2: _second_version,
}

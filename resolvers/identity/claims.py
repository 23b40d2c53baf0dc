"""Check the claims of a session token whose signature is valid, and read its identity from them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeGuard

from resolvers.errors.request import Unauthorized
from resolvers.identity.identity import Identity, Reason
from resolvers.identity.issuer import is_public_issuer

LEEWAY = 5.0  # seconds by which two clocks may differ
TIMES = range(253_402_300_800)  # up to the end of the year 9999
STATUSES = (None, "active")
MAX_TEXT = 255
ROLE_PREFIX = "org:"
IDS = (("sub", "user_"), ("sid", ""))
ID = re.compile(r"[A-Za-z0-9._:-]+", re.ASCII)  # of a user or a session; a write passes both on to the database

Claims = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ClaimPolicy:
    """The issuer and the origins this server accepts: any https issuer for ``None``, any origin for no parties."""

    issuer: str | None
    authorized_parties: frozenset[str]


class Organization(NamedTuple):
    """The active organization of a session, all ``None`` without one."""

    id: str | None = None
    slug: str | None = None
    role: str | None = None


def read_identity(claims: Claims, policy: ClaimPolicy, now: float) -> Identity:
    """Return the identity in ``claims``; raise ``Unauthorized`` with the reason of the first check that fails."""
    for check, reason in CLAIM_CHECKS:
        if not check(claims, policy, now):
            raise Unauthorized(reason)
    organization = ORGANIZATION_READERS[_integer(claims.get("v", 1))](claims)
    return Identity(str(claims["sub"]), str(claims["sid"]), *organization, float(_integer(claims["exp"])))


def normalize_role(role: str) -> str:
    """Return ``role`` with exactly one ``org:`` prefix; tokens of both versions also carry it bare."""
    while role.startswith(ROLE_PREFIX):
        role = role.removeprefix(ROLE_PREFIX)
    return ROLE_PREFIX + role


def _integer(value: object) -> int:
    # Not isinstance: true is an int to Python.
    return value if type(value) is int else -1


def _is_text(value: object, prefix: str = "") -> TypeGuard[str]:
    """Tell whether ``value`` is printable text of 1 to 255 characters, with more in it than ``prefix``."""
    if not isinstance(value, str) or not len(prefix) < len(value) <= MAX_TEXT:
        return False
    # Not printable: NUL and its kind, which PostgreSQL refuses, and lone surrogates, which UTF-8 cannot hold.
    return value.startswith(prefix) and value.isprintable()


def _has_accepted_issuer(claims: Claims, policy: ClaimPolicy, _now: float) -> bool:
    issuer = claims.get("iss")
    return is_public_issuer(issuer) if policy.issuer is None else issuer == policy.issuer


def _has_valid_times(claims: Claims, _policy: ClaimPolicy, _now: float) -> bool:
    return all(_integer(claims.get(name)) in TIMES for name in ("exp", "nbf", "iat"))


def _is_not_expired(claims: Claims, _policy: ClaimPolicy, now: float) -> bool:
    return now < _integer(claims["exp"]) + LEEWAY


def _has_begun(claims: Claims, _policy: ClaimPolicy, now: float) -> bool:
    return max(_integer(claims["nbf"]), _integer(claims["iat"])) <= now + LEEWAY


def _has_user_and_session(claims: Claims, _policy: ClaimPolicy, _now: float) -> bool:
    return all(_is_text(claims.get(name), prefix) and ID.fullmatch(str(claims[name])) for name, prefix in IDS)


def _has_authorized_party(claims: Claims, policy: ClaimPolicy, _now: float) -> bool:
    party = claims.get("azp")
    return not policy.authorized_parties or (isinstance(party, str) and party in policy.authorized_parties)


def _is_not_pending(claims: Claims, _policy: ClaimPolicy, _now: float) -> bool:
    return claims.get("sts") in STATUSES


def _has_supported_version(claims: Claims, _policy: ClaimPolicy, _now: float) -> bool:
    return _integer(claims.get("v", 1)) in ORGANIZATION_READERS


# In this order: each check may rely on those before it.
CLAIM_CHECKS: tuple[tuple[Callable[[Claims, ClaimPolicy, float], bool], Reason], ...] = (
    (_has_accepted_issuer, Reason.ISSUER),
    (_has_valid_times, Reason.MALFORMED),
    (_is_not_expired, Reason.EXPIRED),
    (_has_begun, Reason.NOT_YET),
    (_has_user_and_session, Reason.NOT_SESSION),
    (_has_authorized_party, Reason.PARTY),
    (_is_not_pending, Reason.PENDING),
    (_has_supported_version, Reason.VERSION),
)


def _read_organization_v1(claims: Claims) -> Organization:
    if claims.get("org_id") is None:
        return Organization()
    return _parse_organization(claims["org_id"], claims.get("org_slug"), claims.get("org_role"))


def _read_organization_v2(claims: Claims) -> Organization:
    organization = claims.get("o")
    if organization is None:
        return Organization()
    if not isinstance(organization, dict):
        raise Unauthorized(Reason.ORGANIZATION)
    return _parse_organization(organization.get("id"), organization.get("slg"), organization.get("rol"))


ORGANIZATION_READERS: Mapping[int, Callable[[Claims], Organization]] = {
    1: _read_organization_v1,
    2: _read_organization_v2,
}


def _parse_organization(organization_id: object, slug: object, role: object) -> Organization:
    if not _is_text(organization_id, "org_"):
        raise Unauthorized(Reason.ORGANIZATION)
    role = _parse_optional_text(role)
    return Organization(organization_id, _parse_optional_text(slug), role and normalize_role(role))


def _parse_optional_text(value: object) -> str | None:
    if value is None or _is_text(value):
        return value
    raise Unauthorized(Reason.ORGANIZATION)

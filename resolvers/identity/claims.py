"""What the claims of a session token must say."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from resolvers.errors.access import Unauthorized
from resolvers.identity.identity import Identity
from resolvers.identity.issuer import is_issuer
from resolvers.identity.organization import organization_of
from resolvers.identity.reasons import Reason
from resolvers.identity.text import is_text

LEEWAY = 5.0  # seconds by which two clocks may differ
TIMES = range(253_402_300_800)  # up to the end of the year 9999
VERSIONS = (1, 2)
STATUSES = (None, "active")

Claims = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Expected:
    """What this server accepts: any https issuer for ``None``, any origin for no parties."""

    issuer: str | None
    authorized_parties: frozenset[str]


def identity_of(claims: Claims, expected: Expected, now: float) -> Identity:
    """Return the identity in the claims of a token whose signature holds; ``Unauthorized`` if one fails."""
    for holds, reason in CHECKS:
        if not holds(claims, expected, now):
            raise Unauthorized(reason)
    organization = organization_of(claims, _integer(claims.get("v", 1)))
    return Identity(str(claims["sub"]), str(claims["sid"]), *organization, float(_integer(claims["exp"])))


def _integer(value: object) -> int:
    # Not isinstance: true is an int to Python.
    return value if type(value) is int else -1


def _times_are_times(claims: Claims, _expected: Expected, _now: float) -> bool:
    return all(_integer(claims.get(name)) in TIMES for name in ("exp", "nbf", "iat"))


def _is_issued_here(claims: Claims, expected: Expected, _now: float) -> bool:
    issuer = claims.get("iss")
    return is_issuer(issuer) if expected.issuer is None else issuer == expected.issuer


def _is_not_expired(claims: Claims, _expected: Expected, now: float) -> bool:
    return now < _integer(claims["exp"]) + LEEWAY


def _has_begun(claims: Claims, _expected: Expected, now: float) -> bool:
    return max(_integer(claims["nbf"]), _integer(claims["iat"])) <= now + LEEWAY


def _is_a_session(claims: Claims, _expected: Expected, _now: float) -> bool:
    return is_text(claims.get("sub"), "user_") and is_text(claims.get("sid"))


def _is_authorized_party(claims: Claims, expected: Expected, _now: float) -> bool:
    party = claims.get("azp")
    return not expected.authorized_parties or (isinstance(party, str) and party in expected.authorized_parties)


def _is_not_pending(claims: Claims, _expected: Expected, _now: float) -> bool:
    return claims.get("sts") in STATUSES


def _is_known_version(claims: Claims, _expected: Expected, _now: float) -> bool:
    return _integer(claims.get("v", 1)) in VERSIONS


CHECKS: tuple[tuple[Callable[[Claims, Expected, float], bool], Reason], ...] = (
    (_is_issued_here, Reason.ISSUER),
    (_times_are_times, Reason.MALFORMED),
    (_is_not_expired, Reason.EXPIRED),
    (_has_begun, Reason.NOT_YET),
    (_is_a_session, Reason.NOT_SESSION),
    (_is_authorized_party, Reason.PARTY),
    (_is_not_pending, Reason.PENDING),
    (_is_known_version, Reason.VERSION),
)

"""The active organization in a token, out of either version's claims."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from resolvers.errors.access import Unauthorized
from resolvers.identity.reasons import Reason
from resolvers.identity.text import is_text

Claims = Mapping[str, object]

ROLE_PREFIX = "org:"


class Organization(NamedTuple):
    id: str | None = None
    slug: str | None = None
    role: str | None = None


def normal_role(role: str) -> str:
    """Return ``role`` with exactly one ``org:`` prefix; tokens of both versions carry it bare, too."""
    while role.startswith(ROLE_PREFIX):
        role = role.removeprefix(ROLE_PREFIX)
    return ROLE_PREFIX + role


def organization_of(claims: Claims, version: int) -> Organization:
    """Return the active organization, all ``None`` without one; ``Unauthorized`` if it is not well formed."""
    return READERS[version](claims)


def _first_version(claims: Claims) -> Organization:
    if claims.get("org_id") is None:
        return Organization()
    return _checked(claims["org_id"], claims.get("org_slug"), claims.get("org_role"))


def _second_version(claims: Claims) -> Organization:
    organization = claims.get("o")
    if organization is None:
        return Organization()
    if not isinstance(organization, dict):
        raise Unauthorized(Reason.ORGANIZATION)
    return _checked(organization.get("id"), organization.get("slg"), organization.get("rol"))


READERS: Mapping[int, Callable[[Claims], Organization]] = {1: _first_version, 2: _second_version}


def _checked(id_: object, slug: object, role: object) -> Organization:
    if not is_text(id_, "org_"):
        raise Unauthorized(Reason.ORGANIZATION)
    role = _text_or_none(role)
    return Organization(id_, _text_or_none(slug), role and normal_role(role))


def _text_or_none(value: object) -> str | None:
    if value is None or is_text(value):
        return value
    raise Unauthorized(Reason.ORGANIZATION)

"""The result of verifying a session token: an identity, or the reason of a refusal."""

from dataclasses import dataclass
from enum import StrEnum

from resolvers.errors.request import OrganizationRequired


@dataclass(frozen=True, slots=True)
class Identity:
    """The user, the session and the active organization that a verified token names.

    It is the same for both versions of the token. Ids are Clerk's, ``expires_at`` is in epoch seconds.
    ``organization_role`` has exactly one ``org:`` prefix; slug and role are ``None`` without an organization.
    """

    user_id: str
    session_id: str
    organization_id: str | None
    organization_slug: str | None
    organization_role: str | None
    expires_at: float

    def require_organization(self) -> str:
        """Return the id of the active organization; raise ``OrganizationRequired`` if there is none."""
        if self.organization_id is None:
            raise OrganizationRequired
        return self.organization_id


class Reason(StrEnum):
    """Why a token is refused, as the message of ``Unauthorized``: clients read it, so it repeats no input."""

    MISSING = "A session token is required, as Authorization: Bearer <token>"
    NOT_BEARER = "The Authorization header must be one Bearer token"
    MALFORMED = "The session token is not well formed"
    ALGORITHM = "The session token must be signed with RS256"
    NOT_SESSION = "The token is not a session token"
    UNKNOWN_KEY = "The session token is signed with an unknown key"
    SIGNATURE = "The signature of the session token is not valid"
    ISSUER = "The session token comes from another issuer"
    EXPIRED = "The session token has expired"
    NOT_YET = "The session token is not valid yet"
    PARTY = "The session token was issued to another origin"
    PENDING = "The session is pending: its tasks are not finished"
    VERSION = "This version of the session token is not supported"
    ORGANIZATION = "The organization in the session token is not well formed"

"""What a verified session token says: the user, the session, the active organization."""

from dataclasses import dataclass

from resolvers.errors.access import OrganizationRequired


@dataclass(frozen=True, slots=True)
class Identity:
    """The same for both versions of the token; ids are Clerk's, ``expires_at`` is in epoch seconds.

    ``organization_role`` has exactly one ``org:`` prefix; slug and role are ``None`` without an organization.
    """

    user_id: str
    session_id: str
    organization_id: str | None
    organization_slug: str | None
    organization_role: str | None
    expires_at: float

    def required_organization(self) -> str:
        """Return the id of the active organization; ``OrganizationRequired`` if there is none."""
        if self.organization_id is None:
            raise OrganizationRequired
        return self.organization_id

"""Who sends a request: only a verified token makes a ``Viewer``, only ``require_admin`` makes an ``Admin``."""

from dataclasses import dataclass

from db.tenant import Tenant
from resolvers.errors.request import Forbidden


@dataclass(frozen=True, slots=True)
class Viewer:
    """A member of an organization. ``role`` is ``admin`` or the bare role of the token."""

    organization_id: int
    user_id: str
    role: str

    @property
    def tenant(self) -> Tenant:
        return Tenant(self.organization_id, "member")


@dataclass(frozen=True, slots=True)
class Admin(Viewer):
    """A viewer who may change the organization's records."""

    @property
    def tenant(self) -> Tenant:
        return Tenant(self.organization_id, "admin", self.user_id)


def require_admin(viewer: Viewer) -> Admin:
    """Return ``viewer`` with the right to write; raise ``Forbidden`` if it has none."""
    if viewer.role != "admin":
        raise Forbidden
    return Admin(viewer.organization_id, viewer.user_id, viewer.role)

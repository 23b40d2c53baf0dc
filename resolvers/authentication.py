"""A request's Authorization headers -> its viewer; every request of either face passes here."""

from collections.abc import Sequence
from time import perf_counter
from typing import Protocol

from db import meter
from db.cache import Cache
from db.database import Database
from resolvers.identity.bearer import bearer_token
from resolvers.identity.identity import Identity
from resolvers.identity.organization import ROLE_PREFIX
from resolvers.viewer import Viewer

SCHEME = "bearer "


class VerifiesTokens(Protocol):
    """A ``Verifier``, or a choice of several."""

    def known(self, token: str) -> Identity | None: ...

    async def verify(self, token: str) -> Identity: ...


class Authentication:
    """Makes viewers: nothing but a verified token decides organization, user and role."""

    def __init__(self, verifier: VerifiesTokens, database: Database, admin_roles: frozenset[str]) -> None:
        self._verifier, self._database, self._admin_roles = verifier, database, admin_roles
        self._organizations: Cache[str, int] = Cache(100_000, 100_000, lambda _key, _value: 1)

    async def viewer(self, authorization: Sequence[str]) -> Viewer:
        """Who is asking; raises ``Unauthorized``, ``OrganizationRequired`` or ``Unavailable``."""
        since = perf_counter()
        identity = self._known(authorization) or await self._verifier.verify(bearer_token(authorization))
        organization_id = await self._organization_id(identity)
        meter.current().add("auth", since)
        return Viewer(organization_id, identity.user_id, self._role(identity.organization_role))

    def _known(self, authorization: Sequence[str]) -> Identity | None:
        """Whoever the header spoke for a moment ago: a token that was well formed then still is."""
        if len(authorization) == 1 and authorization[0][: len(SCHEME)].lower() == SCHEME:
            return self._verifier.known(authorization[0][len(SCHEME) :])
        return None

    async def _organization_id(self, identity: Identity) -> int:
        clerk_id = identity.required_organization()
        known = self._organizations.get(clerk_id)
        if known is None:
            known = await self._database.organization_of(clerk_id, identity.organization_slug)
            self._organizations.put(clerk_id, known)
        return known

    def _role(self, role: str | None) -> str:
        """``admin`` for each of the configured roles; a token's own ``org:admin`` need not be one."""
        if role in self._admin_roles:
            return "admin"
        bare = (role or "").removeprefix(ROLE_PREFIX)
        return "member" if bare in ("", "admin") else bare

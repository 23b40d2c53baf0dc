"""A request's Authorization headers -> its viewer; every request of either face passes here."""

from collections.abc import Callable, Sequence
from time import monotonic, perf_counter
from typing import Protocol

from db import request_stats
from db.cache import Cache
from db.database import Database
from db.errors import DatabaseUnavailableError
from resolvers.identity.bearer import bearer_token
from resolvers.identity.identity import Identity
from resolvers.identity.organization import ROLE_PREFIX
from resolvers.viewer import Viewer

SCHEME = "bearer "


class VerifiesTokens(Protocol):
    """A ``Verifier``, or a choice of several."""

    def known(self, token: str) -> Identity | None: ...

    async def verify(self, token: str) -> Identity: ...


MAX_MEMBERS = 20_000
RECORD_SECONDS = 300  # for which a member on record is not looked up again: another worker may record another role
RETRY_SECONDS = 10  # after a look that the database did not answer

# the organization and the user by their Clerk ids, and the role of the token
Member = tuple[str, str, str | None]


class Authentication:
    """Makes viewers: nothing but a verified token decides organization, user and role."""

    def __init__(
        self,
        verifier: VerifiesTokens,
        database: Database,
        admin_roles: frozenset[str],
        clock: Callable[[], float] = monotonic,
    ) -> None:
        self._verifier, self._database, self._admin_roles = verifier, database, admin_roles
        self._clock = clock
        # each with the time until which nobody need look
        self._members: Cache[Member, tuple[Viewer, float]] = Cache(MAX_MEMBERS, MAX_MEMBERS, lambda *_: 1)

    async def viewer(self, authorization: Sequence[str]) -> Viewer:
        """Who is asking; raises ``Unauthorized``, ``OrganizationRequired`` or ``Unavailable``."""
        since = perf_counter()
        identity = self._known(authorization) or await self._verifier.verify(bearer_token(authorization))
        organization = identity.required_organization()
        member = (organization, identity.user_id, identity.organization_role)
        viewer, until = self._members.get(member) or (None, 0.0)
        if viewer is None or until <= self._clock():
            viewer = await self._record(member, identity, viewer)
        request_stats.current().add("auth", since)
        return viewer

    def _known(self, authorization: Sequence[str]) -> Identity | None:
        """Whoever the header spoke for a moment ago: a token that was well formed then still is."""
        if len(authorization) == 1 and authorization[0][: len(SCHEME)].lower() == SCHEME:
            return self._verifier.known(authorization[0][len(SCHEME) :])
        return None

    async def _record(self, member: Member, identity: Identity, last: Viewer | None) -> Viewer:
        """Return the viewer, once organization and user are on record.

        A read-only database serves users who are not, too: they are recorded by a later request. Where the
        database does not answer, ``last``, the viewer of the last look, can still read from a replica.
        """
        clerk_id, user_id, token_role = member
        slug, role = identity.organization_slug, self._role(token_role)
        try:
            organization_id = await self._database.record_member(clerk_id, slug, user_id, role)
        except DatabaseUnavailableError:
            if last is None:
                raise
            self._members.put(member, (last, self._clock() + RETRY_SECONDS))
            return last
        if organization_id is None:
            return Viewer(await self._database.organization_of(clerk_id, slug), user_id, role)
        viewer = Viewer(organization_id, user_id, role)
        self._members.put(member, (viewer, self._clock() + RECORD_SECONDS))
        return viewer

    def _role(self, role: str | None) -> str:
        """``admin`` for each of the configured roles; a token's own ``org:admin`` need not be one."""
        if role in self._admin_roles:
            return "admin"
        bare = (role or "").removeprefix(ROLE_PREFIX)
        return "member" if bare in ("", "admin") else bare

"""Turn the Authorization headers of a request into its viewer; both APIs call this for every request."""

from collections.abc import Callable, Sequence
from time import monotonic, perf_counter

from db import request_stats
from db.cache import Cache
from db.database import Database
from db.errors import DatabaseUnavailableError
from resolvers.cost import REQUEST_COST
from resolvers.identity.claims import ROLE_PREFIX
from resolvers.identity.identity import Identity
from resolvers.identity.session_token import bearer_token
from resolvers.identity.verifier import TokenVerifier
from resolvers.rate_limit import RateLimiter
from resolvers.viewer import Viewer

SCHEME = "bearer "
MAX_MEMBERS = 20_000
RECORD_SECONDS = 60  # for which a member is not recorded again: another worker may record another role
RETRY_SECONDS = 10  # after an attempt to record a member that the database did not answer

# the organization and the user by their Clerk ids, and the role of the token
Member = tuple[str, str, str | None]


class Authentication:
    """Makes viewers: only a verified token decides organization, user and role.

    From here on the request is paid for by the viewer's organization, if ``rate_limiter`` limits what that may spend.
    """

    def __init__(
        self,
        verifier: TokenVerifier,
        database: Database,
        admin_roles: frozenset[str],
        clock: Callable[[], float] = monotonic,
        rate_limiter: RateLimiter | None = None,
    ) -> None:
        self._verifier, self._database, self._admin_roles = verifier, database, admin_roles
        self._clock, self._rate_limiter = clock, rate_limiter
        # each viewer with the time at which its member is recorded again
        self._viewers: Cache[Member, tuple[Viewer, float]] = Cache(MAX_MEMBERS, MAX_MEMBERS, lambda *_: 1)
        database.on_restore.append(self._viewers.clear)

    async def authenticate(self, authorization: Sequence[str]) -> Viewer:
        """Return the viewer; raise ``Unauthorized``, ``OrganizationRequired``, ``Unavailable`` or ``RateLimited``."""
        since = perf_counter()
        identity = self._cached_identity(authorization) or await self._verifier.verify(bearer_token(authorization))
        organization = identity.require_organization()
        stats = request_stats.current()
        stats.session_id = identity.session_id  # not in the viewer: one viewer serves all sessions of a member
        member = (organization, identity.user_id, identity.organization_role)
        viewer, fresh_until = self._viewers.get(member) or (None, 0.0)
        if viewer is None or fresh_until <= self._clock():
            viewer = await self._record_member(member, identity, viewer)
        stats.add("auth", since)
        if self._rate_limiter is not None:
            stats.account = self._rate_limiter.account(viewer.organization_id)
            stats.spend(REQUEST_COST)
        return viewer

    def _cached_identity(self, authorization: Sequence[str]) -> Identity | None:
        # The header needs no full check here: only a well-formed token can be in the cache.
        if len(authorization) == 1 and authorization[0][: len(SCHEME)].lower() == SCHEME:
            return self._verifier.cached_identity(authorization[0][len(SCHEME) :])
        return None

    async def _record_member(self, member: Member, identity: Identity, cached_viewer: Viewer | None) -> Viewer:
        """Record organization and user in the database and return the viewer.

        A read-only database also serves users who are not on record: a later request records them. While the
        database does not answer, ``cached_viewer`` is returned, so that it can still read from a replica.
        """
        clerk_id, user_id, token_role = member
        slug, role = identity.organization_slug, self._viewer_role(token_role)
        try:
            organization_id = await self._database.record_member(clerk_id, slug, user_id, role)
        except DatabaseUnavailableError:
            if cached_viewer is None:
                raise
            self._viewers.set(member, (cached_viewer, self._clock() + RETRY_SECONDS))
            return cached_viewer
        if organization_id is None:
            return Viewer(await self._database.organization_of(clerk_id, slug), user_id, role)
        viewer = Viewer(organization_id, user_id, role)
        if cached_viewer and cached_viewer.organization_id != organization_id:
            self._viewers.clear()  # a backup was restored: others may have a new id, too
        self._viewers.set(member, (viewer, self._clock() + RECORD_SECONDS))
        return viewer

    def _viewer_role(self, token_role: str | None) -> str:
        """Return ``admin`` for each of the configured roles; a token's own ``org:admin`` need not be one."""
        if token_role in self._admin_roles:
            return "admin"
        bare_role = (token_role or "").removeprefix(ROLE_PREFIX)
        return "member" if bare_role in ("", "admin") else bare_role

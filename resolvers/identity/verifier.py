"""A session token in, a verified identity out."""

import time
from collections.abc import Callable

from resolvers.errors.access import Unauthorized
from resolvers.identity.claims import Expected, identity_of
from resolvers.identity.header import key_id
from resolvers.identity.identity import Identity
from resolvers.identity.keys import KeySource
from resolvers.identity.reasons import Reason
from resolvers.identity.remembered import VerifiedTokens
from resolvers.identity.segment import json_object
from resolvers.identity.signature import signed_payload


class Verifier:
    """The tokens of one issuer; without ``issuer``, of whoever holds the key.

    ``authorized_parties`` are the origins a token may have been issued to; none means any.
    """

    def __init__(
        self,
        issuer: str | None,
        keys: KeySource,
        authorized_parties: frozenset[str] = frozenset(),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._expected = Expected(issuer, authorized_parties)
        self._keys, self._clock = keys, clock
        self._verified = VerifiedTokens()

    def known(self, token: str) -> Identity | None:
        """Return the identity of a token that was verified a moment ago, without waiting for anything."""
        return self._verified.find(token, self._clock())

    async def verify(self, token: str) -> Identity:
        """Return who the token speaks for.

        Raises ``Unauthorized`` if it does not hold, ``Unavailable`` if its key cannot be had right now.
        """
        return self.known(token) or await self._verify(token)

    async def _verify(self, token: str) -> Identity:
        # Nothing is said about the claims of a token before its signature holds.
        payload = await self._signed_payload(token, key_id(token))
        now = self._clock()
        identity = identity_of(json_object(payload), self._expected, now)
        self._verified.add(token, identity, now)
        return identity

    async def _signed_payload(self, token: str, kid: str | None) -> bytes:
        key = await self._keys.key_for(kid)
        if key is None:
            raise Unauthorized(Reason.UNKNOWN_KEY)
        payload = signed_payload(token, key)
        if payload is None and (key := await self._keys.newer_key(kid, key)):
            payload = signed_payload(token, key)
        if payload is None:
            raise Unauthorized(Reason.SIGNATURE)
        return payload

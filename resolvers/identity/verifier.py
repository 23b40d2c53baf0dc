"""Verify a session token: header, signature and claims, in this order.

Only the signature is left to PyJWT; the other checks are our own. PyJWT's ``decode``, set up as well as it can be,
lets 69 to 109 of the 196 hostile tokens in ``tests/identity/hostile.py`` pass; this code lets none pass. What it
accepts are for example duplicate claims, times that are text or have 400 digits, subjects with NUL or marks that
turn the text around, and subjects that are machines.
"""

import hashlib
import time
from collections.abc import Callable, Mapping
from typing import Protocol

from resolvers.errors.request import Unauthorized
from resolvers.identity.claims import LEEWAY, ClaimPolicy, read_identity
from resolvers.identity.identity import Identity, Reason
from resolvers.identity.keys import KeySource
from resolvers.identity.session_token import (
    MAX_TOKEN,
    parse_json_object,
    read_key_id,
    read_signed_payload,
    unverified_issuer,
)

MAX_CACHED_TOKENS = 10_000
MAX_CACHED_SECONDS = 300.0  # as long as keys are fresh: a token must not outlive the key that signed it


class TokenVerifier(Protocol):
    """What ``Verifier`` and ``MultiIssuerVerifier`` have in common."""

    def cached_identity(self, token: str) -> Identity | None:
        """Return the identity of a token that was verified a moment ago, without waiting for anything."""
        ...

    async def verify(self, token: str) -> Identity:
        """Return the identity in the token.

        Raises ``Unauthorized`` if the token is not valid, ``Unavailable`` if its key cannot be fetched right now.
        """
        ...


class Verifier:
    """A ``TokenVerifier`` for the tokens of one issuer; without ``issuer``, of whoever holds the key.

    ``authorized_parties`` are the origins a token may have been issued to; none means any.
    """

    def __init__(
        self,
        issuer: str | None,
        keys: KeySource,
        authorized_parties: frozenset[str] = frozenset(),
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._policy = ClaimPolicy(issuer, authorized_parties)
        self._keys, self._clock = keys, clock
        self._cache = TokenCache()

    def cached_identity(self, token: str) -> Identity | None:
        return self._cache.get(token, self._clock())

    async def verify(self, token: str) -> Identity:
        return self.cached_identity(token) or await self._verify(token)

    async def _verify(self, token: str) -> Identity:
        # The signature comes first: an error about the claims would tell a forger what this server expects.
        payload = await self._signed_payload(token, read_key_id(token))
        now = self._clock()
        identity = read_identity(parse_json_object(payload), self._policy, now)
        self._cache.set(token, identity, now)
        return identity

    async def _signed_payload(self, token: str, kid: str | None) -> bytes:
        key = await self._keys.key_for(kid)
        if key is None:
            raise Unauthorized(Reason.UNKNOWN_KEY)
        payload = read_signed_payload(token, key)
        if payload is None and (key := await self._keys.newer_key(kid, key)):
            payload = read_signed_payload(token, key)
        if payload is None:
            raise Unauthorized(Reason.SIGNATURE)
        return payload


class MultiIssuerVerifier:
    """A ``TokenVerifier`` for several issuers; ``default`` takes the tokens of issuers that are not listed."""

    def __init__(self, verifiers: Mapping[str, Verifier], default: Verifier | None = None) -> None:
        self._verifiers, self._default = dict(verifiers), default
        self._all = (*self._verifiers.values(), *((default,) if default else ()))

    def cached_identity(self, token: str) -> Identity | None:
        return next((identity for verifier in self._all if (identity := verifier.cached_identity(token))), None)

    async def verify(self, token: str) -> Identity:
        return await self._verifier_of(token).verify(token)

    def _verifier_of(self, token: str) -> Verifier:
        # The claim is not verified yet: it only picks the verifier, which then requires this very issuer.
        issuer = unverified_issuer(token)
        verifier = self._verifiers.get(issuer, self._default) if isinstance(issuer, str) else None
        if verifier is None:
            raise Unauthorized(Reason.ISSUER)
        return verifier


class TokenCache:
    """Identities of verified tokens by the token's digest; a token itself is not stored. The oldest is evicted."""

    def __init__(self, max_tokens: int = MAX_CACHED_TOKENS) -> None:
        self._max_tokens = max_tokens
        self._entries: dict[bytes, tuple[float, Identity]] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, token: str, now: float) -> Identity | None:
        """Return the identity if the token was verified and has not expired at ``now``."""
        digest = _digest(token)
        expires_at, identity = self._entries.get(digest, (now, None))
        if expires_at <= now:
            self._entries.pop(digest, None)
            return None
        return identity

    def set(self, token: str, identity: Identity, now: float) -> None:
        """Store the identity of a verified token until the token expires, for five minutes at most."""
        if len(self._entries) >= self._max_tokens:
            del self._entries[next(iter(self._entries))]
        expires_at = min(identity.expires_at + LEEWAY, now + MAX_CACHED_SECONDS)
        self._entries[_digest(token)] = (expires_at, identity)


def _digest(token: str) -> bytes:
    # One character more than a verified token can have is enough to tell a longer one apart.
    return hashlib.sha256(token[: MAX_TOKEN + 1].encode("utf-8", "replace")).digest()

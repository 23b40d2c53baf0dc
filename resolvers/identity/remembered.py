"""Tokens that were verified a moment ago."""

import hashlib

from resolvers.identity.claims import LEEWAY
from resolvers.identity.header import MAX_TOKEN
from resolvers.identity.identity import Identity

MAX_TOKENS = 10_000
MAX_SECONDS = 300.0  # as long as keys are fresh: a token must not outlive the key that signed it


class VerifiedTokens:
    """Identities by the digest of their token, which itself is not kept; the oldest makes room."""

    def __init__(self, size: int = MAX_TOKENS) -> None:
        self._size = size
        self._known: dict[bytes, tuple[float, Identity]] = {}

    def __len__(self) -> int:
        return len(self._known)

    def find(self, token: str, now: float) -> Identity | None:
        """Return the identity if the token was verified and has not expired at ``now``."""
        digest = _digest(token)
        until, identity = self._known.get(digest, (now, None))
        if until <= now:
            self._known.pop(digest, None)
            return None
        return identity

    def add(self, token: str, identity: Identity, now: float) -> None:
        """Remember a verified token, until it expires or five minutes have gone."""
        if len(self._known) >= self._size:
            del self._known[next(iter(self._known))]
        self._known[_digest(token)] = (min(identity.expires_at + LEEWAY, now + MAX_SECONDS), identity)


def _digest(token: str) -> bytes:
    # One character more than a verified token can have is enough to tell a longer one apart.
    return hashlib.sha256(token[: MAX_TOKEN + 1].encode("utf-8", "replace")).digest()

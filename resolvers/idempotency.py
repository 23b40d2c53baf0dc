"""Creates that a client may repeat: under one key, the first answer is the only one."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from hashlib import sha256

from db import idempotency as store
from db.database import Transaction
from db.idempotency import Kept
from resolvers.errors.fields import InvalidIdempotencyKey
from resolvers.errors.records import IdempotencyInProgress, IdempotencyKeyReused

LONGEST_KEY = 255


@dataclass(frozen=True, slots=True)
class Once:
    """A key of the client, the route it was sent to and the digest of the body it came with."""

    route: str
    key: str
    body_digest: bytes

    @classmethod
    def parse(cls, route: str, key: str, body: bytes) -> "Once":
        """Raises ``InvalidIdempotencyKey`` unless ``key`` is 1 to 255 visible ASCII characters."""
        if not 1 <= len(key) <= LONGEST_KEY or not all("!" <= sign <= "~" for sign in key):
            raise InvalidIdempotencyKey
        return cls(route, key, sha256(body).digest())


async def once(transaction: Transaction, request: Once, work: Callable[[], Awaitable[Kept]]) -> Kept:
    """The answer of ``work``, or the one it gave to the first request with this key.

    The answer is kept in the transaction of the write itself, so there is never one without
    the other; a ``work`` that fails leaves the key free.
    """
    if not await store.claim(transaction, request.route, request.key):
        raise IdempotencyInProgress
    kept = await store.find(transaction, request.route, request.key)
    if kept is None:
        kept = replace(await work(), body_digest=request.body_digest)
        await store.keep(transaction, request.route, request.key, kept)
    elif kept.body_digest != request.body_digest:
        raise IdempotencyKeyReused
    return kept

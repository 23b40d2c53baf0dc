"""Creates that a client may repeat: under one key, the first answer is the only one."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from hashlib import sha256

from db import idempotency as store
from db.database import Transaction
from db.idempotency import StoredResponse
from db.selection import Selection
from resolvers.errors.fields import InvalidIdempotencyKey
from resolvers.errors.records import IdempotencyInProgress, IdempotencyKeyReused
from resolvers.read_request import ReadRequest, ReadResult
from resolvers.reads import answer_within

MAX_KEY = 255


@dataclass(frozen=True, slots=True)
class IdempotentRequest:
    """A key of the client, the route it was sent to and the digest of the body it came with."""

    route: str
    key: str
    body_digest: bytes

    @classmethod
    def parse(cls, route: str, key: str, body: bytes) -> "IdempotentRequest":
        """Raises ``InvalidIdempotencyKey`` unless ``key`` is 1 to 255 visible ASCII characters."""
        if not 1 <= len(key) <= MAX_KEY or not all("!" <= sign <= "~" for sign in key):
            raise InvalidIdempotencyKey
        return cls(route, key, sha256(body).digest())


async def once(
    transaction: Transaction, request: IdempotentRequest, work: Callable[[], Awaitable[StoredResponse]]
) -> StoredResponse:
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


async def create_once(
    transaction: Transaction,
    request: IdempotentRequest,
    selection: Selection,
    create: Callable[[], Awaitable[ReadResult]],
    get: Callable[[int, Selection], ReadRequest],
) -> ReadResult:
    """Return the answer of ``create``, or what a repeat of it is due.

    A repeat through the same selection is answered as the first request was, to the letter. One
    through another selection cannot be: it reads the record as it is now, and raises what ``get``
    calls missing where it is gone.
    """
    digest = sha256(repr(selection).encode()).hexdigest()

    async def work() -> StoredResponse:
        record = await create()
        return StoredResponse(b"", 200, json.dumps({"id": record.headers[0], "selection": digest}), record.json)

    kept = await once(transaction, request, work)
    first = json.loads(kept.headers)
    if first["selection"] == digest:
        return ReadResult(kept.body)
    return await answer_within(transaction, get(int(first["id"]), selection))

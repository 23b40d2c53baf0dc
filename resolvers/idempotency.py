"""Make creates repeatable: every request with the same key gets the response of the first."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from hashlib import sha256

from db.idempotency import IdempotencyRecord, StoredResponse, claim_key, find_response, store_response
from db.selection import ReadResult, Selection
from resolvers.errors.inputs import InvalidIdempotencyKey
from resolvers.errors.records import IdempotencyInProgress, IdempotencyKeyReused
from resolvers.reads import ReadRequest, run_read_within
from resolvers.writes import AdminTransaction

MAX_KEY = 255


@dataclass(frozen=True, slots=True)
class IdempotentRequest:
    """A key of the client, the route it was sent to and the digest of the body it came with."""

    route: str
    key: str
    body_digest: bytes

    @classmethod
    def parse(cls, route: str, key: str, body: bytes) -> "IdempotentRequest":
        """Return the request; raise ``InvalidIdempotencyKey`` unless ``key`` is 1 to 255 visible ASCII characters."""
        if not 1 <= len(key) <= MAX_KEY or not all("!" <= sign <= "~" for sign in key):
            raise InvalidIdempotencyKey
        return cls(route, key, sha256(body).digest())


async def run_once(
    transaction: AdminTransaction, request: IdempotentRequest, work: Callable[[], Awaitable[StoredResponse]]
) -> StoredResponse:
    """Return the response of ``work``, or the stored one if the key was used before.

    The response is stored in the transaction of the write itself, so there is never one without the
    other; a ``work`` that fails leaves the key free. Raise ``IdempotencyInProgress`` while another
    transaction works under the key, ``IdempotencyKeyReused`` if its first request had another body.
    """
    if not await claim_key(transaction, request.route, request.key):
        raise IdempotencyInProgress
    record = await find_response(transaction, request.route, request.key)
    if record is None:
        record = IdempotencyRecord(request.body_digest, await work())
        await store_response(transaction, request.route, request.key, record)
    elif record.body_digest != request.body_digest:
        raise IdempotencyKeyReused
    return record.response


async def create_once(
    transaction: AdminTransaction,
    request: IdempotentRequest,
    selection: Selection,
    create: Callable[[], Awaitable[ReadResult]],
    get: Callable[[int, Selection], ReadRequest],
) -> ReadResult:
    """Return the result of ``create``, or that of the first request with the same key.

    A repeat through the same selection gets the first result unchanged. A repeat through another
    selection reads the record as it is now with ``get``, and raises its error if the record is gone.
    So the id and the digest of the selection are stored with the JSON, in the place of headers.
    """
    digest = sha256(repr(selection).encode()).hexdigest()

    async def work() -> StoredResponse:
        result = await create()
        return StoredResponse(200, {"id": str(result.id), "selection": digest}, result.json)

    response = await run_once(transaction, request, work)
    if response.headers["selection"] == digest:
        return ReadResult(response.body)
    return await run_read_within(transaction, get(int(response.headers["id"]), selection))

"""Store responses under a client's key, in the same transaction as the write that they answer."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from db.database import Transaction
from db.statements.compile import compile_sql

CLAIM = compile_sql(
    """
    select pg_try_advisory_xact_lock(hashtextextended(:route || ' ' || :key, :organization_id)) as claimed
    """
)

FIND = compile_sql(
    """
    select record.body_digest, record.status, record.headers, record.body from idempotency_keys as record
    where record.organization_id = :organization_id and record.route = :route and record.key = :key
        and record.created_at > now() - interval '24 hours'
    """
)

DELETE_EXPIRED = compile_sql(
    """
    delete from idempotency_keys as record
    where record.organization_id = :organization_id and record.created_at <= now() - interval '24 hours'
        and (
            (record.route = :route and record.key = :key) or record.ctid = any (array(
                select expired.ctid from idempotency_keys as expired
                where expired.organization_id = :organization_id
                    and expired.created_at <= now() - interval '24 hours'
                order by expired.created_at
                limit 100
            ))
        )
    """
)

STORE = compile_sql(
    """
    insert into idempotency_keys (organization_id, route, key, body_digest, status, headers, body)
    values (:organization_id, :route, :key, :body_digest, :status, :headers, :body)
    """
)


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """A response in the form in which a repeat of its request gets it again."""

    status: int
    headers: Mapping[str, str]
    body: str


@dataclass(frozen=True, slots=True)
class IdempotencyRecord:
    """The response to the first request with a key, and the digest of the body it came with."""

    body_digest: bytes
    response: StoredResponse


async def claim_key(transaction: Transaction, route: str, key: str) -> bool:
    """Return whether this transaction alone works under ``key``: false while another does."""
    rows = await transaction.run(CLAIM, route=route, key=key)
    return bool(rows[0]["claimed"])


async def find_response(transaction: Transaction, route: str, key: str) -> IdempotencyRecord | None:
    """Return the record of ``key``, unless it is older than 24 hours."""
    rows = await transaction.run(FIND, route=route, key=key)
    if not rows:
        return None
    response = StoredResponse(rows[0]["status"], json.loads(rows[0]["headers"]), rows[0]["body"])
    return IdempotencyRecord(rows[0]["body_digest"], response)


async def store_response(transaction: Transaction, route: str, key: str, record: IdempotencyRecord) -> None:
    """Store ``record`` for 24 hours, and delete at most a hundred older ones, so that no write waits long."""
    await transaction.run(DELETE_EXPIRED, route=route, key=key)
    await transaction.run(
        STORE,
        route=route,
        key=key,
        body_digest=record.body_digest,
        status=record.response.status,
        headers=json.dumps(record.response.headers),
        body=record.response.body,
    )

"""Answers kept under a client's key, in the very transaction that made them."""

from dataclasses import dataclass

from db.database import Transaction
from db.statements.compile import written

CLAIM = written(
    """
    select pg_try_advisory_xact_lock(hashtextextended(:route || ' ' || :key, :organization_id)) as claimed
    """
)

FIND = written(
    """
    select kept.body_digest, kept.status, kept.headers, kept.body from idempotency_keys as kept
    where kept.organization_id = :organization_id and kept.route = :route and kept.key = :key
        and kept.created_at > now() - interval '24 hours'
    """
)

FORGET = written(
    """
    delete from idempotency_keys as kept
    where kept.organization_id = :organization_id and kept.created_at <= now() - interval '24 hours'
        and (
            (kept.route = :route and kept.key = :key) or kept.ctid = any (array(
                select expired.ctid from idempotency_keys as expired
                where expired.organization_id = :organization_id
                    and expired.created_at <= now() - interval '24 hours'
                order by expired.created_at
                limit 100
            ))
        )
    """
)

KEEP = written(
    """
    insert into idempotency_keys (organization_id, route, key, body_digest, status, headers, body)
    values (:organization_id, :route, :key, :body_digest, :status, :headers, :body)
    """
)


@dataclass(frozen=True, slots=True)
class StoredResponse:
    """The answer to the first request with a key."""

    body_digest: bytes
    status: int
    headers: str
    body: str


async def claim(transaction: Transaction, route: str, key: str) -> bool:
    """Whether this transaction alone works under ``key``; false while another does."""
    rows = await transaction.run(CLAIM, route=route, key=key)
    claimed: bool = rows[0]["claimed"]
    return claimed


async def find(transaction: Transaction, route: str, key: str) -> StoredResponse | None:
    rows = await transaction.run(FIND, route=route, key=key)
    return StoredResponse(**rows[0]) if rows else None


async def keep(transaction: Transaction, route: str, key: str, kept: StoredResponse) -> None:
    """Keep ``kept`` for 24 hours, and forget some of what is older: no write pays for all the others."""
    await transaction.run(FORGET, route=route, key=key)
    await transaction.run(
        KEEP,
        route=route,
        key=key,
        body_digest=kept.body_digest,
        status=kept.status,
        headers=kept.headers,
        body=kept.body,
    )

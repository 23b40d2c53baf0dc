"""The pool hands connections on: none is lost, none is used twice, none is made beyond its size."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from db.embedded import Addresses
from db.pool import Pool

ORGANIZATION = 1


@pytest.fixture
async def pair(addresses: Addresses) -> AsyncIterator[Pool]:
    """A pool of two connections."""
    pool = Pool(addresses.server, 2)
    await pool.open()
    yield pool
    await pool.close()


async def test_a_connection_goes_to_whoever_has_waited_longest(pair: Pool) -> None:
    first, second = await pair.acquire(ORGANIZATION), await pair.acquire(ORGANIZATION)
    waiting = [asyncio.ensure_future(pair.acquire(ORGANIZATION)) for _ in range(2)]
    await asyncio.sleep(0)

    pair.release(second)
    pair.release(first)

    assert await asyncio.gather(*waiting) == [second, first]
    pair.release(first)
    pair.release(second)


async def test_a_connection_that_was_lost_makes_room_for_a_new_one(pair: Pool) -> None:
    first, second = await pair.acquire(ORGANIZATION), await pair.acquire(ORGANIZATION)
    waiting = asyncio.ensure_future(pair.acquire(ORGANIZATION))
    await asyncio.sleep(0)

    first.terminate()
    pair.release(first)
    connection = await waiting

    assert connection not in (first, second)
    assert await connection.fetchval("select 1") == 1
    pair.release(connection)
    pair.release(second)


async def test_a_connection_that_is_lost_while_nobody_uses_it_is_replaced(pair: Pool) -> None:
    first = await pair.acquire(ORGANIZATION)
    pair.release(first)
    first.terminate()

    second = await pair.acquire(ORGANIZATION)

    assert await second.fetchval("select 1") == 1
    pair.release(second)


async def test_one_who_goes_away_while_waiting_takes_no_connection_along(pair: Pool) -> None:
    first, second = await pair.acquire(ORGANIZATION), await pair.acquire(ORGANIZATION)
    early, late, patient = (asyncio.ensure_future(pair.acquire(ORGANIZATION)) for _ in range(3))
    await asyncio.sleep(0)

    early.cancel()
    pair.release(first)  # meant for the second in the row, who leaves at this very moment
    late.cancel()

    assert await patient is first
    assert early.cancelled()
    assert late.cancelled()
    pair.release(first)
    pair.release(second)


async def test_a_connection_that_cannot_be_opened_leaves_its_place() -> None:
    pool = Pool("postgresql://nobody@127.0.0.1:1/nothing", 1)

    ends = [await asyncio.gather(pool.acquire(ORGANIZATION), return_exceptions=True) for _ in range(3)]

    assert [type(error) for (error,) in ends] == [ConnectionRefusedError] * 3


async def test_fifty_share_two(pair: Pool) -> None:
    in_use: set[int] = set()
    most = 0
    # Both are opened first: opening the second may take longer than one connection needs to serve all fifty.
    for connection in [await pair.acquire(ORGANIZATION), await pair.acquire(ORGANIZATION)]:
        pair.release(connection)

    async def work() -> object:
        nonlocal most
        connection = await pair.acquire(ORGANIZATION)
        assert id(connection) not in in_use
        in_use.add(id(connection))
        most = max(most, len(in_use))
        try:
            return await connection.fetchval("select 7")
        finally:
            in_use.discard(id(connection))
            pair.release(connection)

    assert await asyncio.gather(*(work() for _ in range(50))) == [7] * 50
    assert most == 2

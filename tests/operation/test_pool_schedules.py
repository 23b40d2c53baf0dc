"""Random schedules of a pool: no connection is lost or used twice, no organization exceeds its share or starves.

The connections here are not real: thousands of tasks and of failures in random order need none that take time.
"""

import asyncio
import os
from collections import Counter
from collections.abc import Callable
from random import Random

import asyncpg
import pytest

from db.fair_queue import MAX_WAITERS, QueueFullError
from db.pool import Connection, Pool

ORGANIZATIONS = (1, 2, 3, 4)
LOGIN = "org_of_a_login"
TASKS, STEPS = 60, 12
SCHEDULES = 500 if os.environ.get("FAULTS") else 5
Connect = Callable[[Random, float], None]


class OpenConnection:
    """A connection as the pool sees one: it is open, until it is closed."""

    def __init__(self) -> None:
        self.closed = False

    def is_closed(self) -> bool:
        return self.closed

    async def close(self) -> None:
        self.closed = True


@pytest.fixture
def connect(monkeypatch: pytest.MonkeyPatch) -> Connect:
    """Return a function that lets connections open as ``random`` decides: late, and some never."""

    def install(random: Random, failures: float) -> None:
        async def open_connection(*_: object, **__: object) -> OpenConnection:
            await turns(random.randrange(3))
            if random.random() < failures:
                raise ConnectionRefusedError
            return OpenConnection()

        monkeypatch.setattr(asyncpg, "connect", open_connection)

    return install


async def turns(count: int) -> None:
    """Let the other tasks run so many times."""
    for _ in range(count):
        await asyncio.sleep(0)


class Watch:
    """What is in use at the moment, by connection and by organization; it fails as soon as there is too much."""

    def __init__(self, size: int, share: int) -> None:
        self.size, self.share = size, share
        self.in_use: dict[Connection, int | str] = {}
        self.served: Counter[int | str] = Counter()

    def add(self, connection: Connection, lane: int | str) -> None:
        assert connection not in self.in_use
        assert not connection.is_closed()
        self.in_use[connection] = lane
        self.served[lane] += 1
        assert len(self.in_use) <= self.size
        assert list(self.in_use.values()).count(lane) <= (1 if lane == LOGIN else self.share)


async def use(pool: Pool, watch: Watch, lane: int | str, random: Random) -> None:
    """Take a connection, keep it for some turns, close it now and then, and give it back."""
    for _ in range(STEPS):
        try:
            connection = await pool.acquire(lane)
        except ConnectionRefusedError:
            continue
        watch.add(connection, lane)
        try:
            await turns(random.randrange(4))
        finally:
            del watch.in_use[connection]
            if random.random() < 0.1:
                await connection.close()
            pool.release(connection)


@pytest.mark.parametrize("size", [1, 2, 3, 8])
async def test_random_schedules_lose_nothing_and_exceed_nothing(size: int, connect: Connect) -> None:
    for seed in range(SCHEDULES):
        random = Random(seed)
        connect(random, 0.1)
        share = random.randint(1, size)
        pool, watch = Pool("", size, share), Watch(size, share)
        lanes = [random.choice((*ORGANIZATIONS, LOGIN)) for _ in range(TASKS)]
        tasks = [asyncio.create_task(use(pool, watch, lane, random)) for lane in lanes]
        while not all(task.done() for task in tasks):
            if random.random() < 0.2:
                random.choice(tasks).cancel()
            await turns(random.randrange(5))
        ends = await asyncio.gather(*tasks, return_exceptions=True)

        assert {type(end) for end in ends} <= {type(None), asyncio.CancelledError}
        assert watch.in_use == {}
        await takes_all(pool, Watch(size, share))


async def takes_all(pool: Pool, watch: Watch) -> None:
    """Take as many connections as the pool may have, and no more: none was lost in what came before."""
    for number in range(watch.size):
        lane = 100 + number // watch.share
        while True:
            try:
                watch.add(await pool.acquire(lane), lane)
                break
            except ConnectionRefusedError:
                pass
    late = asyncio.create_task(pool.acquire(ORGANIZATIONS[0]))
    await turns(10)
    assert not late.done()
    late.cancel()
    for connection in watch.in_use:
        pool.release(connection)


async def test_the_organizations_take_turns(connect: Connect) -> None:
    connect(Random(0), 0)
    pool, order = Pool("", 2, 1), list[tuple[int, int]]()
    connections = [await pool.acquire(8), await pool.acquire(9)]

    async def wait(organization: int, number: int) -> None:
        connection = await pool.acquire(organization)
        order.append((organization, number))
        await turns(1)
        pool.release(connection)

    many = [asyncio.create_task(wait(1, number)) for number in range(5)]
    await turns(1)
    few = [asyncio.create_task(wait(organization, number)) for organization in (2, 3) for number in range(2)]
    await turns(1)
    pool.release(connections[0])
    await asyncio.gather(*many, *few)
    pool.release(connections[1])

    assert order == [(1, 0), (2, 0), (3, 0), (1, 1), (2, 1), (3, 1), (1, 2), (1, 3), (1, 4)]


async def test_half_of_the_pool_is_free_for_the_others(connect: Connect) -> None:
    connect(Random(0), 0)
    pool = Pool("", 8, 4)

    greedy = [asyncio.create_task(pool.acquire(1)) for _ in range(100)]
    await turns(5)
    others = [await asyncio.wait_for(pool.acquire(2), 1) for _ in range(3)]
    login = await asyncio.wait_for(pool.acquire(LOGIN), 1)
    served = [task for task in greedy if task.done()]
    for task in greedy:
        task.cancel()

    assert len(served) == 4
    for connection in (*others, login, *(task.result() for task in served)):
        pool.release(connection)


async def test_one_more_than_may_wait_is_refused_at_once(connect: Connect) -> None:
    connect(Random(0), 0)
    pool = Pool("", 1)
    connection = await pool.acquire(1)
    waiting = [asyncio.create_task(pool.acquire(1)) for _ in range(MAX_WAITERS)]
    await turns(1)

    with pytest.raises(QueueFullError):
        await pool.acquire(1)
    another = asyncio.create_task(pool.acquire(2))
    for task in waiting:
        task.cancel()
    await turns(3)
    late = asyncio.create_task(pool.acquire(1))
    await turns(1)
    pool.release(connection)
    pool.release(await another)

    pool.release(await late)

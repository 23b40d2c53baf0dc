"""PostgreSQL is killed, restarted, replaced and filled up under load: nothing acknowledged is lost.

Each PostgreSQL here is one of its own that waits for the disk. What a killed process shows is not what a power failure
shows, for the system keeps what was written; that the commits wait for the disk is PostgreSQL's own promise.
"""

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from db.embedded import DATABASE, SERVER
from tests.faults.cluster import Cluster, new_directory, running_cluster
from tests.faults.proxy import running_proxy
from tests.faults.stage import Fault, Outcome, Record, Stage, check, endure, in_thread, serve
from tests.isolation.scratch import SUPERUSER, connected

pytestmark = pytest.mark.long
DISK_BYTES = 256 << 20


@pytest.fixture(scope="module", params=[1, 2], ids=["one_worker", "two_workers"])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    with new_directory() as directory:
        async with in_thread(running_cluster(directory / "data")) as cluster, serve(cluster, request.param) as stage:
            yield stage


async def kill_backend(stage: Stage) -> float:
    """PostgreSQL ends all its processes when one of them is killed, and recovers."""
    return await _await_end(stage, stage.cluster.kill_backend())


async def kill_postmaster(stage: Stage) -> float:
    stage.cluster.kill()
    starting = asyncio.to_thread(stage.cluster.start)
    return (await asyncio.gather(starting, stage.cluster.await_writes()))[1]


async def restart_fast(stage: Stage) -> float:
    return await _await_end(stage, asyncio.to_thread(stage.cluster.restart, "fast"))


async def restart_immediately(stage: Stage) -> float:
    return await _await_end(stage, asyncio.to_thread(stage.cluster.restart, "immediate"))


async def _await_end(stage: Stage, fault: Coroutine[None, None, None]) -> float:
    """Return when PostgreSQL accepts again after ``fault``, which ends every connection."""

    async def await_return() -> float:
        await is_closed.wait()
        return await stage.cluster.await_writes()

    is_closed = asyncio.Event()
    async with connected(stage.cluster.url(SUPERUSER)) as watch:
        watch.add_termination_listener(lambda _: is_closed.set())
        return (await asyncio.gather(await_return(), fault))[0]


@pytest.mark.parametrize(
    ("name", "fault", "times"),
    [
        ("kill -9 of a backend", kill_backend, 10),
        ("kill -9 of the postmaster", kill_postmaster, 4),
        ("fast restart", restart_fast, 4),
        ("immediate restart", restart_immediately, 4),
    ],
)
async def test_a_crash_loses_nothing(name: str, fault: Fault, times: int, stage: Stage, record_figure: Record) -> None:
    outcome = Outcome()

    for _ in range(times):
        await endure(stage, fault, outcome)

    check(outcome, f"{name}, {times} times, {stage.workers} worker(s)", record_figure)
    assert 503 in outcome.ready


@contextmanager
def pair(directory: Path) -> Iterator[tuple[Cluster, Cluster]]:
    """Yield a primary, whose commits wait for its standby, and the standby."""
    standby_directory = directory / "standby"
    with running_cluster(directory / "primary") as primary:
        standby = primary.copy(standby_directory)
        standby.start()
        try:
            primary.configure("synchronous_standby_names = '*'")
            primary.reload()
            yield primary, standby
        finally:
            standby.stop("immediate")


async def test_a_standby_that_is_promoted_has_all(record_figure: Record) -> None:
    """The address stays and leads to the standby, which is promoted a second later."""
    outcome = Outcome()
    with new_directory() as directory:
        async with in_thread(pair(directory)) as (primary, standby), running_proxy(primary.port) as proxy:

            async def promote(_stage: Stage) -> float:
                await asyncio.to_thread(primary.stop, "immediate")
                proxy.move(standby.port)
                await asyncio.sleep(1)  # reads are served, writes are not
                promotion = asyncio.to_thread(standby.promote)
                return (await asyncio.gather(standby.await_writes(), promotion))[0]

            async with serve(primary, 1, port=proxy.port) as stage:
                await endure(stage, promote, outcome, standby)

    check(outcome, "standby promoted, one address", record_figure)
    assert 503 in outcome.ready


async def test_a_server_that_knows_two_addresses_moves_to_the_standby(record_figure: Record) -> None:
    outcome = Outcome()
    with new_directory() as directory:
        async with in_thread(pair(directory)) as (primary, standby):

            async def promote(_stage: Stage) -> float:
                primary.kill()
                promotion = asyncio.to_thread(standby.promote)
                return (await asyncio.gather(standby.await_writes(), promotion))[0]

            hosts = f"127.0.0.1:{primary.port},127.0.0.1:{standby.port}"
            url = f"postgresql://{SERVER}@{hosts}/{DATABASE}?target_session_attrs=read-write"
            async with serve(primary, 2, url=url) as stage:
                await endure(stage, promote, outcome, standby)

    check(outcome, "standby promoted, two addresses, 2 workers", record_figure)


@contextmanager
def small_disk(directory: Path) -> Iterator[Path]:
    """Yield a file system of a quarter of a gigabyte; skip where this process may not mount one."""
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES},mode=777", "none", str(directory)]
    if os.geteuid() or subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("this process may not mount a small file system")
    try:
        yield directory
    finally:
        subprocess.run(["umount", "--lazy", str(directory)], check=True)


async def test_a_full_disk_loses_nothing(record_figure: Record) -> None:
    outcome = Outcome()
    with new_directory() as directory, small_disk(directory):
        async with in_thread(running_cluster(directory / "data")) as cluster:

            async def fill(stage: Stage) -> float:
                """Take the space that is left for a while; if PostgreSQL ends for want of it, start it again."""
                ballast = directory / "ballast"
                await asyncio.to_thread(_fill, ballast)
                await asyncio.sleep(3)
                ballast.unlink()
                if not await asyncio.to_thread(cluster.is_running):
                    await asyncio.to_thread(cluster.start)
                return await cluster.await_writes()

            async with serve(cluster, 1) as stage:
                await endure(stage, fill, outcome)

    check(outcome, "disk full for 3 s", record_figure)
    assert 503 in outcome.statuses


def _fill(file: Path) -> None:
    with suppress(OSError), file.open("wb", buffering=0) as ballast:
        while True:
            ballast.write(bytes(1 << 16))

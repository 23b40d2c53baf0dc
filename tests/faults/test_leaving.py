"""Servers that stop or restart under load, and clients that leave: nobody is cut off, nothing stays behind."""

import asyncio
import fcntl
import os
import random
import signal
import socket
import subprocess
import sys
import termios
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from functools import partial
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from resolvers.identity.development import DevelopmentKeys
from schema.server.settings import ServerSettings
from tests.faults.cluster import new_directory
from tests.isolation.scratch import Scratch, embedded_server, scratch_database
from tests.operation.commands import APP, PATIENCE, Commands, Running, command_line, free_port
from tests.operation.hammer import Hammer
from tests.operation.site import BUSY, CONNECTIONS, LOCK, POOL_SIZE, WAITING, Site, run_site

pytestmark = pytest.mark.long
Record = Callable[[str, object, str], None]
STOPS, RESTARTS, ABANDONED = 5, 3, 1_000
CROWD = 50
AT_ONCE_SECONDS = 3.0  # without a second signal the server would wait for its idle client for four
LISTS = (
    ("POST", "/graphql", {"query": "{ specialists { nodes { id } totalCount } }"}),
    ("GET", "/v1/specialists", None),
)


@pytest.fixture(scope="module")
def commands() -> Iterator[Commands]:
    """The command line over a data directory of its own."""
    with new_directory() as directory:
        commands = Commands(directory)
        assert commands.run("demo").returncode == 0
        yield commands
        commands.end()


def workers_of(running: Running) -> set[int]:
    """Return the process ids of the workers."""
    children = psutil.Process(running.process.pid).children()
    return {child.pid for child in children if any("spawn_main" in word for word in command_line(child))}


async def await_true(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("workers", [1, 2])
async def test_no_request_fails_when_a_server_stops(commands: Commands, workers: int, record_figure: Record) -> None:
    failures, codes, responses, seconds = Counter[str](), set(), 0, 0.0
    for _ in range(STOPS):
        with commands.serving(WORKERS=str(workers)) as running:
            commands.await_output("Application startup complete", workers)
            hammer = Hammer(running.address, commands.token())
            await hammer.run_until_gone(partial(running.process.send_signal, signal.SIGTERM))
            since = time.monotonic()
            codes.add(running.process.wait(PATIENCE))
        seconds = max(seconds, time.monotonic() - since)
        failures += hammer.failures
        responses += hammer.statuses.total()
        assert set(hammer.statuses) == {200}
        assert 503 in hammer.probes
        assert commands.postgres() == []
        assert "Traceback" not in commands.output()

    figure = f"{responses:,} responses, {failures['new']} resets, {failures['kept']} kept connections broken"
    record_figure(f"SIGTERM under load, {workers} worker(s), {STOPS} times", figure, "0 resets, 0 broken")
    assert failures == Counter()
    assert codes == {0}


async def test_no_request_fails_while_workers_are_renewed(commands: Commands, record_figure: Record) -> None:
    with commands.serving(WORKERS="2") as running:
        commands.await_output("Application startup complete", 2)
        hammer = Hammer(running.address, commands.token())
        clients = asyncio.create_task(hammer.run())
        for i in range(1, RESTARTS + 1):
            before = workers_of(running)
            running.process.send_signal(signal.SIGHUP)
            await asyncio.to_thread(commands.await_output, "Finished server process", 2 * i)
            await await_true(lambda before=before: before.isdisjoint(workers_of(running)))  # type: ignore[misc]
        hammer.is_over = True
        await clients
        exit_code = running.end(signal.SIGTERM)

    figure = (
        f"{hammer.statuses.total():,} responses, {hammer.failures['new']} resets, "
        f"{hammer.failures['kept']} kept connections broken"
    )
    record_figure(f"rolling restart under load, 2 workers, {RESTARTS} times", figure, "0 resets, 0 broken")
    assert (set(hammer.statuses), hammer.failures) == ({200}, Counter())
    assert exit_code == 0


@pytest.mark.parametrize("workers", [1, 2])
def test_a_second_signal_stops_at_once(commands: Commands, workers: int) -> None:
    with commands.serving(WORKERS=str(workers)) as running:
        commands.await_output("Application startup complete", workers)
        port = int(running.address.rsplit(":", 1)[1])
        with socket.create_connection(("127.0.0.1", port)) as idle:
            running.request("GET", "/livez")  # a later connection is served: the idle one was accepted, too
            running.process.send_signal(signal.SIGTERM)
            time.sleep(0.2)  # two signals at once would be one
            since = time.monotonic()
            running.process.send_signal(signal.SIGTERM)
            assert idle.recv(1) == b""
            seconds = time.monotonic() - since
        exit_code = running.process.wait(PATIENCE)

    assert exit_code == 0
    assert seconds < AT_ONCE_SECONDS
    assert commands.postgres() == []


@pytest.mark.parametrize("workers", [1, 2])
def test_a_server_ends_with_its_terminal(commands: Commands, workers: int) -> None:
    terminal, its_end = os.openpty()
    with (commands.directory / "output").open("w") as output:
        process = subprocess.Popen(
            [sys.executable, str(APP), "serve"],
            env=commands.environment({"WORKERS": str(workers), "PORT": str(free_port())}),
            cwd=commands.directory,
            stdin=its_end,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - no other thread runs
        )
    os.close(its_end)
    commands.await_output("Application startup complete", workers)

    os.close(terminal)

    assert process.wait(PATIENCE) == 0
    assert commands.postgres() == []
    assert "Traceback" not in commands.output()


async def test_a_worker_that_is_killed_is_replaced(commands: Commands) -> None:
    with commands.serving(WORKERS="2") as running:
        commands.await_output("Application startup complete", 2)
        before = workers_of(running)

        os.kill(min(before), signal.SIGKILL)

        await await_true(lambda: len(workers_of(running)) == 2 and min(before) not in workers_of(running))
        commands.await_output("Application startup complete", 3)
        assert running.request("GET", "/readyz").status_code == 200
        assert running.end(signal.SIGTERM) == 0


async def test_workers_whose_parent_was_killed_stop_and_free_the_port(commands: Commands) -> None:
    with commands.serving(WORKERS="2") as running:
        commands.await_output("Application startup complete", 2)
        workers = workers_of(running)

        running.end(signal.SIGKILL)

        await await_true(lambda: not any(psutil.pid_exists(process_id) for process_id in workers))
    with commands.serving(PORT=running.address.rsplit(":", 1)[1]) as again:
        assert again.end(signal.SIGTERM) == 0
    assert commands.postgres() == []


@pytest.fixture
async def scratch(data_dir: Path, addresses: object) -> AsyncIterator[Scratch]:
    with embedded_server(data_dir, "faults") as embedded:
        await embedded.prepare()
        async with scratch_database(embedded) as database:
            yield database


async def test_a_thousand_clients_that_leave_take_nothing_along(
    scratch: Scratch, settings: ServerSettings, keys: DevelopmentKeys, record_figure: Record
) -> None:
    """Half of them wait for a lock or for a connection, the others leave at any moment of their request."""
    async with run_site(scratch, settings, keys) as site:
        seconds = [await leave_a_locked_table(site) for _ in range(ABANDONED // CROWD // 2)]
        for _ in range(ABANDONED // CROWD // 2):
            await leave_at_any_moment(site)
        responses = await asyncio.gather(*(site.member.rest("GET", "/v1/specialists") for _ in range(CROWD)))
        connections = await site.observer.fetchval(CONNECTIONS, "clinic-api")

    figure = f"the slowest gone after {max(seconds):.2f} s; {connections} connections of {POOL_SIZE} and the probe's"
    record_figure(f"{ABANDONED:,} clients that go away", figure, "1 s, none more")
    assert [response.status_code for response in responses] == [200] * CROWD
    assert connections <= POOL_SIZE + 1
    assert max(seconds) < 1


async def leave_a_locked_table(site: Site) -> float:
    """Return the seconds until nothing of what clients asked for is under way in the database."""
    async with site.superuser.transaction():
        await site.superuser.execute(LOCK)
        writers = [await site.send(*LISTS[i % 2]) for i in range(CROWD)]
        await site.await_count(WAITING, POOL_SIZE)
        since = time.monotonic()
        await site.leave(writers)
        await site.await_count(BUSY, 0)
        return time.monotonic() - since


async def leave_at_any_moment(site: Site) -> None:
    async def come_and_go(i: int) -> None:
        writer = await site.send(*LISTS[i % 2])
        await asyncio.sleep(random.uniform(0, 0.05))
        writer.close()

    await asyncio.gather(*(come_and_go(i) for i in range(CROWD)))
    await site.leave([])
    await site.await_count(BUSY, 0)

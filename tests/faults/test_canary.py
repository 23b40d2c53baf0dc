"""No answer carries a text of another clinic, while connections to PostgreSQL are ended and clients go away."""

import asyncio
import random
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from itertools import cycle, islice

import asyncpg
import httpx2
import pytest

from db.database import Database
from db.embedded import SERVER, Addresses
from resolvers.identity.development import DevelopmentKeys
from schema.server.settings import ServerSettings
from tests.application import run_application
from tests.clinic import Clinic
from tests.faults.canary import Answers, Request, arrange
from tests.faults.cluster import Cluster, new_directory, running_cluster
from tests.faults.stage import in_thread, serve
from tests.isolation.scratch import connected

CLINICS, CONNECTIONS, ANSWERS = 8, 50, 100_000
ABANDONED_SHARE = 0.02  # of the requests
END_SECONDS, CRASH_SECONDS = 0.1, 15.0
PATIENCE = 60.0
# its own role may end them
END_ONE = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where usename = current_user and state <> 'idle' and pid <> pg_backend_pid() limit 1
"""


async def end_one(connection: asyncpg.Connection) -> None:
    """End a connection of the server that does something at this moment."""
    is_ended = None
    while not is_ended:
        is_ended = await connection.fetchval(END_ONE)


async def test_no_answer_carries_the_text_of_another_clinic(
    settings: ServerSettings, keys: DevelopmentKeys, database: Database, addresses: Addresses
) -> None:
    answers = Answers()
    async with run_application(settings) as http, connected(addresses.server) as connection:
        requests = await arrange([Clinic.new(name, http, keys, database) for name in ("one", "two")])
        queue = islice(cycle(requests), 500)

        async def ask_all() -> None:
            for request in queue:
                call = asyncio.create_task(ask(http, request, answers))
                if random.random() < ABANDONED_SHARE:
                    await asyncio.sleep(0.001)
                    call.cancel()
                    answers.abandoned += 1
                with suppress(asyncio.CancelledError):
                    await call

        await asyncio.gather(end_one(connection), *(ask_all() for _ in range(20)))

    check(answers, 500 - answers.abandoned)


async def ask(http: httpx2.AsyncClient, request: Request, answers: Answers) -> None:
    headers = {"authorization": f"Bearer {request.member.token}", "content-type": "application/json"}
    response = await http.request(request.method, request.path, headers=headers, content=request.body)
    answers.add(request, response.status_code, response.content)


def check(answers: Answers, count: int) -> None:
    assert answers.foreign == []
    assert answers.statuses.total() >= count
    assert set(answers.statuses) <= {200, 404, 503}
    assert answers.own > count / 2


class Connection:
    """One connection to a server, for requests of any clinic."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[StreamReader, StreamWriter] | None = None

    async def ask(self, request: Request, *, abandoned_after: float | None) -> tuple[int, bytes] | None:
        """Return status, and head and body, of the answer; or break the connection off without waiting for it."""
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        writer.write(request.raw())
        if abandoned_after is not None:
            await asyncio.sleep(abandoned_after)
            writer.transport.abort()
            self._streams = None
            return None
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"\r\ncontent-length: ")[2].split(b"\r", 1)[0])
        return int(head[9:12]), head + await reader.readexactly(length)

    def close(self) -> None:
        if self._streams:
            self._streams[1].transport.abort()


async def hammer(port: int, requests: Iterator[Request], answers: Answers) -> None:
    """Send ``requests`` over one connection, and leave some of them alone."""
    connection = Connection(port)
    for request in requests:
        abandoned_after = random.uniform(0, 0.01) if random.random() < ABANDONED_SHARE else None
        answer = await asyncio.wait_for(connection.ask(request, abandoned_after=abandoned_after), PATIENCE)
        if answer is None:
            answers.abandoned += 1
        else:
            answers.add(request, *answer)
    connection.close()


@asynccontextmanager
async def unrest(cluster: Cluster) -> AsyncIterator[None]:
    """End connections to PostgreSQL all the time, and crash it from time to time."""

    async def end_connections() -> None:
        while True:
            with suppress(OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                async with connected(cluster.url(SERVER)) as connection:
                    while True:
                        await end_one(connection)
                        await asyncio.sleep(END_SECONDS)
            await asyncio.sleep(END_SECONDS)

    async def crash() -> None:
        while True:
            await asyncio.sleep(CRASH_SECONDS)
            await cluster.kill_backend()

    tasks = [asyncio.create_task(end_connections()), asyncio.create_task(crash())]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@pytest.mark.long
async def test_a_hundred_thousand_answers(
    keys: DevelopmentKeys, record_figure: Callable[[str, object, str], None]
) -> None:
    answers = Answers()
    with new_directory() as directory:
        async with in_thread(running_cluster(directory / "data")) as cluster, serve(cluster, 2) as stage:
            database = Database(cluster.url(SERVER), pool_size=2)
            await database.open()
            async with httpx2.AsyncClient(base_url=stage.running.address, timeout=PATIENCE) as http:
                clinics = [Clinic.new(f"c{number}", http, stage.keys, database) for number in range(CLINICS)]
                requests = await arrange(clinics)
            await database.close()
            queue = islice(cycle(requests), int(ANSWERS / (1 - ABANDONED_SHARE) * 1.01))
            port = int(stage.running.address.rpartition(":")[2])
            async with unrest(cluster):
                await asyncio.gather(*(hammer(port, queue, answers) for _ in range(CONNECTIONS)))

    record_figure(
        f"{answers.statuses.total():,} answers of {CLINICS} clinics, {answers.abandoned:,} more abandoned",
        f"{len(answers.foreign)} with a foreign text, {answers.own:,} with their own, {answers.statuses[503]:,} x 503",
        "0 foreign",
    )
    check(answers, ANSWERS)

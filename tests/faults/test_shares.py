"""One clinic takes all it can get, and the others notice as little of it as there is to notice."""

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from statistics import quantiles
from urllib.parse import urlsplit

import httpx2
import pytest

from tests.faults.cluster import new_directory, running_cluster
from tests.faults.stage import Stage, in_thread, serve
from tests.isolation.scratch import SUPERUSER, connected, run_sql

pytestmark = pytest.mark.long
Record = Callable[[str, object, str], None]
NO_LIMIT = "1000000000"
SECONDS, PER_SECOND, ATTACKERS, CLIENTS = 20, 10, 64, 200
MANY = """
    insert into specialists (organization_id, name, slug, title, description)
    select id, 'Dr. Number ' || number, 'many-' || number, 'Consultant', repeat('text ', 200)
    from organizations, generate_series(1, 500) number where slug = 'north'
"""
EVERYTHING = "/v1/specialists?page_size=100&include=specialties,user,weekly_hours,overrides"
NESTED = {
    "query": "{ specialists(first: 100) { nodes { name description specialties { title slug } user { email } } } }"
}
PAGE = "/v1/specialists?include=specialties"
ATTACKS = {
    "lists": ("GET", EVERYTHING, None),
    "documents": ("POST", "/graphql", NESTED),
}


async def test_a_small_pool_refuses_in_time_and_is_whole_again(record_figure: Record) -> None:
    with new_directory() as directory:
        async with (
            in_thread(running_cluster(directory)) as cluster,
            serve(cluster, 1, DATABASE_POOL_SIZE="2", RATE_LIMIT=NO_LIMIT) as stage,
        ):
            north, south = ({"authorization": f"Bearer {token}"} for token in stage.tokens.values())
            async with httpx2.AsyncClient(base_url=stage.running.address, headers=north, timeout=30) as http:
                created = await http.post("/v1/specialists", json={"name": "Locked", "slug": "locked"})
                update = raw_request(stage.tokens["north"], "PUT", created.headers["location"], {"title": "Any"})
                async with connected(cluster.url(SUPERUSER)) as superuser, superuser.transaction():
                    await superuser.execute("select from specialists where slug = 'locked' for update")
                    answers = await storm(stage, update)
                since = time.perf_counter()
                after = await asyncio.gather(http.get(PAGE), http.get(PAGE, headers=south))
                whole = time.perf_counter() - since

    statuses, last = Counter(status for status, _ in answers), max(seconds for _, seconds in answers)
    figure = f"{dict(statuses)}, the last after {last:.2f} s; both connections answer after {whole:.2f} s"
    record_figure(f"pool of 2, {CLIENTS} clients, a locked row", figure, "503 within 2.1 s, whole within 1 s")
    assert statuses == {503: CLIENTS}
    assert last <= 2.1
    assert ([answer.status_code for answer in after], whole <= 1) == ([200, 200], True)


async def storm(stage: Stage, request: bytes) -> list[tuple[int, float]]:
    """Send ``request`` over many open connections at once; return the statuses, with the seconds to each."""
    port = urlsplit(stage.running.address).port
    pairs = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CLIENTS)]
    since = time.perf_counter()
    for _, writer in pairs:
        writer.write(request)

    async def answer(reader: asyncio.StreamReader) -> tuple[int, float]:
        status_line = await reader.readline()
        return int(status_line.split()[1]), time.perf_counter() - since

    answers = await asyncio.gather(*(answer(reader) for reader, _ in pairs))
    for _, writer in pairs:
        writer.close()
    return answers


def raw_request(token: str, method: str, path: str, body: object) -> bytes:
    """Return the bytes that a client sends."""
    content = json.dumps(body).encode() if body else b""
    head = f"{method} {path} HTTP/1.1\r\nhost: clinic.test\r\nauthorization: Bearer {token}\r\n"
    lengths = f"content-type: application/json\r\ncontent-length: {len(content)}\r\n" if body else ""
    return f"{head}{lengths}\r\n".encode() + content


@pytest.fixture(scope="module")
async def stage() -> AsyncIterator[Stage]:
    """A server of one worker with the limits of production, and a clinic with much to read."""
    with new_directory() as directory:
        async with in_thread(running_cluster(directory)) as cluster, serve(cluster, 1, RATE_LIMIT="6000000") as stage:
            for token in stage.tokens.values():
                stage.running.request("GET", PAGE, token).raise_for_status()
            await run_sql(cluster.url(SUPERUSER), MANY)
            yield stage


async def latencies(http: httpx2.AsyncClient, path: str) -> tuple[list[float], Counter[int]]:
    """Send ten requests a second, however long the answers take; return milliseconds and statuses."""
    statuses: Counter[int] = Counter()

    async def ask() -> float:
        since = time.perf_counter()
        statuses[(await http.get(path)).status_code] += 1
        return 1_000 * (time.perf_counter() - since)

    tasks = []
    for _ in range(SECONDS * PER_SECOND):
        tasks.append(asyncio.create_task(ask()))
        await asyncio.sleep(1 / PER_SECOND)
    return await asyncio.gather(*tasks), statuses


def p99(milliseconds: list[float]) -> float:
    return quantiles(milliseconds, n=100)[-1]


@asynccontextmanager
async def attack(stage: Stage, request: bytes) -> AsyncIterator[Counter[str]]:
    """Attack while the block runs; afterwards the counter has the answers by status."""
    port = str(urlsplit(stage.running.address).port)
    command = (sys.executable, "-m", "tests.faults.attack", port, str(ATTACKERS), str(SECONDS))
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    statuses: Counter[str] = Counter()
    communication = asyncio.create_task(process.communicate(request))
    yield statuses
    output, _ = await communication
    statuses.update(json.loads(output))


@pytest.mark.parametrize("kind", ATTACKS)
async def test_a_clinic_at_full_attack_leaves_the_other_its_pace(
    kind: str, stage: Stage, record_figure: Record
) -> None:
    headers = {"authorization": f"Bearer {stage.tokens['south']}"}
    async with httpx2.AsyncClient(base_url=stage.running.address, headers=headers, timeout=30) as http:
        calm, _ = await latencies(http, PAGE)
        async with attack(stage, raw_request(stage.tokens["north"], *ATTACKS[kind])) as answers:
            attacked, statuses = await latencies(http, PAGE)

    refused = sum(count for status, count in statuses.items() if status != 200)
    figure = (
        f"p99 {p99(calm):.1f} -> {p99(attacked):.1f} ms ({p99(attacked) / p99(calm):.1f} x), {refused} refused; "
        f"the attacker: {', '.join(f'{count:,} x {status}' for status, count in sorted(answers.items()))}"
    )
    record_figure(f"attack by {ATTACKERS} connections ({kind})", figure, "p99 at most 3 x, 0 refused")
    assert {"200", "429"} <= answers.keys()
    assert refused == 0
    assert p99(attacked) <= 3 * p99(calm), (sorted(calm)[-5:], sorted(attacked)[-5:])

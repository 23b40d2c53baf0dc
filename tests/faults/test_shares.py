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

from tests.faults.cluster import Cluster, new_directory, running_cluster
from tests.faults.stage import Stage, in_thread, serve
from tests.isolation.scratch import SUPERUSER, connected, run_sql

pytestmark = pytest.mark.long
Record = Callable[[str, object, str], None]
NO_LIMIT = "1000000000"
SECONDS, PER_SECOND, ATTACKERS = 20, 10, 64
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


@pytest.mark.parametrize("clients", [200])
async def test_a_small_pool_refuses_in_time_and_is_whole_again(clients: int, record_figure: Record) -> None:
    with new_directory() as directory:
        async with (
            in_thread(running_cluster(directory)) as cluster,
            serve(cluster, 1, DATABASE_POOL_SIZE="2", RATE_LIMIT=NO_LIMIT) as stage,
        ):
            headers = {"authorization": f"Bearer {stage.tokens['north']}"}
            pool = httpx2.Limits(max_connections=None, max_keepalive_connections=None)
            async with httpx2.AsyncClient(
                base_url=stage.running.address, headers=headers, timeout=30, limits=pool
            ) as http:
                await asyncio.gather(*(http.get("/livez") for _ in range(clients)))  # opens the connections
                answers = await storm(http, cluster, clients)
                since = time.perf_counter()
                south = {"authorization": f"Bearer {stage.tokens['south']}"}
                after = await asyncio.gather(http.get(PAGE), http.get(PAGE, headers=south))
                whole = time.perf_counter() - since

    statuses, last = Counter(answer.status_code for answer, _ in answers), max(seconds for _, seconds in answers)
    figure = f"{dict(statuses)}, the last after {last:.2f} s; both connections answer after {whole:.2f} s"
    record_figure(f"pool of 2, {clients} clients, a locked row", figure, "503 within 2.1 s, whole within 1 s")
    assert statuses == {503: clients}
    assert last <= 2.1
    assert ([answer.status_code for answer in after], whole <= 1) == ([200, 200], True)


async def storm(http: httpx2.AsyncClient, cluster: Cluster, clients: int) -> list[tuple[httpx2.Response, float]]:
    """Let so many clients update a specialist that is locked; return the answers with the seconds to each."""
    created = await http.post("/v1/specialists", json={"name": "Locked", "slug": "locked"})
    path = created.headers["location"]

    async def update(number: int) -> tuple[httpx2.Response, float]:
        since = time.perf_counter()
        answer = await http.put(path, json={"title": f"{number}"})
        return answer, time.perf_counter() - since

    async with connected(cluster.url(SUPERUSER)) as superuser, superuser.transaction():
        await superuser.execute("select from specialists where slug = 'locked' for update")
        return await asyncio.gather(*(update(number) for number in range(clients)))


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
async def attack(stage: Stage, token: str, method: str, path: str, body: object) -> AsyncIterator[Counter[str]]:
    """Attack while the block runs; afterwards the counter has the answers by status."""
    content = json.dumps(body).encode() if body else b""
    head = f"{method} {path} HTTP/1.1\r\nhost: clinic.test\r\nauthorization: Bearer {token}\r\n"
    head += f"content-type: application/json\r\ncontent-length: {len(content)}\r\n\r\n" if body else "\r\n"
    port = str(urlsplit(stage.running.address).port)
    command = (sys.executable, "-m", "tests.faults.attack", port, str(ATTACKERS), str(SECONDS))
    process = await asyncio.create_subprocess_exec(
        *command, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    statuses: Counter[str] = Counter()
    communication = asyncio.create_task(process.communicate(head.encode() + content))
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
        async with attack(stage, stage.tokens["north"], *ATTACKS[kind]) as answers:
            attacked, statuses = await latencies(http, PAGE)

    refused = sum(count for status, count in statuses.items() if status != 200)
    figure = (
        f"p99 {p99(calm):.1f} -> {p99(attacked):.1f} ms ({p99(attacked) / p99(calm):.1f} x), {refused} refused; "
        f"the attacker: {', '.join(f'{count:,} x {status}' for status, count in sorted(answers.items()))}"
    )
    record_figure(f"attack by {ATTACKERS} connections ({kind})", figure, "p99 at most 3 x, 0 refused")
    assert refused == 0
    assert p99(attacked) <= 3 * p99(calm), (sorted(calm)[-5:], sorted(attacked)[-5:])

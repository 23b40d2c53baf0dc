"""What a worker keeps of documents that are never sent twice: its resident memory, while they go by."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import Iterator
from itertools import count, islice

from tests.bench.dataset import LARGE, LITTLE
from tests.bench.documents import FIRST_SEEN
from tests.bench.options import Options
from tests.bench.organizations import Organization
from tests.bench.report import Row, Verdict
from tests.bench.request import BenchRequest
from tests.bench.stage import DIRECTORY, Stage, say
from tests.bench.subjects import Subject, running
from tests.bench.wrk import BenchmarkError

MAX_MEGABYTES, FLAT = 150, 1.05
CONNECTIONS, PIPELINED, POINTS = 4, 10, 10


def memory(stage: Stage, options: Options) -> Row:
    """A worker of its own, so that nothing else has filled its caches."""
    organization = stage.organization(LITTLE)
    with running("server", stage.url(LARGE.name), DIRECTORY) as subject:
        resident = asyncio.run(_resident(organization, subject, options.documents))
    figures = " ".join(f"{megabytes:.0f}" for megabytes in resident)
    largest, grown = max(resident), max(resident[POINTS // 2 :]) / resident[POINTS // 2]
    verdicts = [
        Verdict(f"{largest:.0f} MB ({figures})", f"<= {MAX_MEGABYTES} MB", largest <= MAX_MEGABYTES),
        Verdict(f"{grown:.2f} x over the last half", f"<= {FLAT} x", grown <= FLAT),
    ]
    return Row(f"resident memory, {options.documents:,} distinct documents", {"server": f"{largest:.0f} MB"}, verdicts)


async def _resident(organization: Organization, subject: Subject, documents: int) -> list[float]:
    """Megabytes at the start, then after each tenth of ``documents``."""
    samples = [subject.resident_megabytes]
    requests = _requests(organization)
    for point in range(POINTS):
        share = list(islice(requests, documents // POINTS))
        await asyncio.gather(*(_send(subject, share[i::CONNECTIONS]) for i in range(CONNECTIONS)))
        samples.append(subject.resident_megabytes)
        say(f"memory {(point + 1) * documents // POINTS:,} documents: {samples[-1]:.0f} MB")
    return samples


def _requests(organization: Organization) -> Iterator[str]:
    """Requests of the size of real ones, to an organization that has little to answer."""
    for n in count():
        yield BenchRequest(organization, "list25", {"page": 1}, FIRST_SEEN % f"never_again_{n}").raw()


async def _send(subject: Subject, requests: list[str]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", subject.port)
    try:
        for at in range(0, len(requests), PIPELINED):
            await _pipeline(reader, writer, requests[at : at + PIPELINED])
    finally:
        writer.close()


async def _pipeline(reader: StreamReader, writer: StreamWriter, requests: list[str]) -> None:
    writer.write("".join(requests).encode())
    for _ in requests:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
        body = await reader.readexactly(length)
        if " 200 " not in head.partition("\r\n")[0] or b'"errors"' in body:
            raise BenchmarkError(f"memory: {body.decode()[:500]}")

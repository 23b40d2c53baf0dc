"""Send hostile documents as a patient: each costs little before it is refused, or as much as its cost says.

The figures are of CPU, of this process alone. What is refused is measured both when it is new and when it is sent
again; what is allowed runs, and must not exceed the size that its cost stands for.
"""

import gc
import os
from collections import Counter
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, islice
from pathlib import Path
from time import process_time

import httpx2
import pytest

from db.database import Database
from db.statements.compile import compile_sql
from resolvers.cost import COST_BYTES, MAX_COST
from resolvers.identity.development import DevelopmentKeys
from schema.graphql.limits import MAX_ERRORS
from schema.server.settings import ServerSettings
from tests.application import run_application
from tests.client import JSON_TYPE, Member, json_bytes
from tests.clinic import Clinic
from tests.figures import LONG_RUN, RecordFigure
from tests.fuzz.hostile import Body, HostileRequest, hostile_requests
from tests.rows import transaction_of

SLICE = 1 if LONG_RUN else 20  # of so many requests one is sent
ROUNDS = 3 if LONG_RUN else 1
MAX_REFUSAL_SECONDS = 0.050 if LONG_RUN else 0.250  # of CPU, for each operation
MAX_RUN_SECONDS = 0.250 if LONG_RUN else 1.0
ATTEMPTS = 3  # of which the fastest counts: the machine has other work
MAX_GROWTH = 48 << 20  # bytes of memory after the second round: the caches are full by then
ENVELOPE = 2_000  # bytes of a response beside its data
PARSED_BYTES = 1 << 20  # of a response that is looked into
VARIANTS = count()
SPECIALISTS = compile_sql(
    """
    insert into specialists (organization_id, name, slug, title, description)
    select :organization_id, 'Dr. ' || number, 'dr-' || number, repeat('t', 200), repeat('ä', 10000)
    from generate_series(1, 100) as number
    """
)


@dataclass(slots=True)
class Attack:
    """What the requests of a run have come to."""

    member: Member
    seconds: dict[str, tuple[float, str]] = field(default_factory=dict)
    codes: Counter[str] = field(default_factory=Counter)

    async def send(self, request: HostileRequest) -> None:
        """Send ``request`` until it was fast, and once more as it was: a repeat must not take longer."""
        operations = len(request.body) if isinstance(request.body, list) else 1
        bodies = [request.variant(next(VARIANTS)) for _ in range(ATTEMPTS)]
        fastest, response = await self._fastest(bodies, operations)
        refused = response.status_code >= 400 or "data" not in _result_of(response)
        kind = "refused" if refused else "allowed"
        self.codes[kind] += 1
        self._note("batch" if operations > 1 else kind, fastest / operations, request)
        if refused:
            again, _ = await self._fastest(bodies[:1] * ATTEMPTS, operations)
            self._note("refused again", again / operations, request)

    async def _fastest(self, bodies: Sequence[Body], operations: int) -> tuple[float, httpx2.Response]:
        """Return the time of the fastest of ``bodies``, up to the first that is fast enough, and its response."""
        fastest = float("inf")
        for body in bodies:
            seconds, response = await self._measure(body)
            fastest = min(fastest, seconds)
            if fastest < MAX_REFUSAL_SECONDS * operations / 2:
                break
        return fastest, response

    async def _measure(self, body: Body) -> tuple[float, httpx2.Response]:
        content = json_bytes(body)
        since = process_time()
        response = await self.member.rest("POST", "/graphql", content=content, **JSON_TYPE)
        seconds = process_time() - since
        _check(response)
        return seconds, response

    def _note(self, kind: str, seconds: float, request: HostileRequest) -> None:
        self.seconds[kind] = max(self.seconds.get(kind, (0.0, "")), (seconds, request.name))

    def worst(self, kind: str) -> tuple[float, str]:
        return self.seconds.get(kind, (0.0, "none"))


def _result_of(response: httpx2.Response) -> dict[str, object]:
    """Return the result, or the first one of a batch; only that there are data, if it is large."""
    if len(response.content) > PARSED_BYTES:
        return {"data": {}}
    result = response.json()
    first: dict[str, object] = result[0] if isinstance(result, list) else result
    return first


def _check(response: httpx2.Response) -> None:
    """Fail where the server did, or where a response is larger than its cost says."""
    assert response.status_code < 500, response.text[:500]
    assert len(response.content) <= COST_BYTES * MAX_COST + ENVELOPE
    cost = int(response.headers.get("x-cost", "0"))
    if len(response.content) > PARSED_BYTES:
        assert len(response.content) <= COST_BYTES * cost + ENVELOPE
        return
    results = response.json()
    for result in results if isinstance(results, list) else [results]:
        errors = result.get("errors", [])
        assert all(error["extensions"]["status"] < 500 for error in errors), errors[:1]
        assert len(errors) <= MAX_ERRORS or all("path" in error for error in errors)


def resident_bytes() -> int:
    gc.collect()
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.fixture(scope="module")
async def patient(settings: ServerSettings, keys: DevelopmentKeys, database: Database) -> AsyncIterator[Member]:
    """A patient of a clinic whose specialists have long descriptions, on a server that takes batches."""
    async with run_application(replace(settings, batching=True)) as http:
        clinic = Clinic.new("hostile", http, keys, database)
        await clinic.patient.signed_in()
        async with transaction_of(clinic) as transaction:
            await transaction.run(SPECIALISTS)
        yield clinic.patient


def chosen_requests() -> Iterable[HostileRequest]:
    return islice(hostile_requests(), 0, None, SLICE)


async def test_hostile_documents_cost_little(patient: Member, record_figure: RecordFigure) -> None:
    attack, sizes = Attack(patient), []

    for _ in range(ROUNDS):
        for request in chosen_requests():
            await attack.send(request)
        sizes.append(resident_bytes())

    growth = (sizes[-1] - sizes[min(1, ROUNDS - 1)]) / (1 << 20)
    sent = sum(attack.codes.values())
    documents = sent // ROUNDS
    record_figure("hostile documents, as patient, sent", f"{documents:,} x {ROUNDS}", ">= 400")
    for kind, bar in BARS.items():
        seconds, name = attack.worst(kind)
        record_figure(f"worst CPU, {kind}", f"{1000 * seconds:.0f} ms ({name})", f"<= {1000 * bar:.0f} ms")
    record_figure("growth of memory after the second round", f"{growth:.0f} MB", f"<= {MAX_GROWTH >> 20} MB")
    assert {kind: attack.worst(kind) for kind, bar in BARS.items() if attack.worst(kind)[0] > bar} == {}
    assert growth <= MAX_GROWTH >> 20
    assert documents >= 400 // SLICE


BARS = {
    "refused": MAX_REFUSAL_SECONDS,
    "refused again": MAX_REFUSAL_SECONDS,
    "allowed": MAX_RUN_SECONDS,
    "batch": 2 * MAX_REFUSAL_SECONDS,  # each of ten documents, with the garbage that they leave behind
}

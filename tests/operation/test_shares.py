"""A clinic with slow statements takes its share of the connections: others are served meanwhile, or told in time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import asyncpg
import pytest

from db.pool import SETTINGS
from resolvers.identity.development import DevelopmentKeys
from schema.server.settings import ServerSettings
from tests.client import Member
from tests.clinic import Clinic
from tests.isolation.scratch import Scratch
from tests.operation.conftest import House, house_on
from tests.operation.failing import locked, waiting_backend

NO_LIMIT = 1_000_000_000


@asynccontextmanager
async def two_clinics(
    scratch: Scratch, settings: ServerSettings, keys: DevelopmentKeys, pool_size: int
) -> AsyncIterator[tuple[House, Clinic]]:
    """Start an application with shares; yield it with its greedy clinic, and a modest one, both known to it."""
    async with house_on(scratch, replace(settings, rate_limit=NO_LIMIT), keys, pool_size) as house:
        modest = Clinic.new("modest", house.http, keys, house.clinic.database)
        for clinic in (house.clinic, modest):
            await clinic.add_specialist()
            await clinic.patient.signed_in()
        yield house, modest


async def test_slow_statements_of_one_clinic_leave_the_others_half_of_the_pool(
    scratch: Scratch, settings: ServerSettings, keys: DevelopmentKeys, superuser: asyncpg.Connection
) -> None:
    async with two_clinics(scratch, settings, keys, 8) as (house, modest):
        order: list[str] = []

        async def ask(name: str, member: Member, path: str) -> int:
            status = (await member.rest("GET", path)).status_code
            order.append(name)
            return status

        async with locked(superuser):
            slow = [asyncio.create_task(ask("slow", house.clinic.admin, "/v1/specialties")) for _ in range(20)]
            await waiting_backend(superuser)
            fast = await asyncio.gather(
                *(ask("fast", modest.patient, "/v1/specialists") for _ in range(10)),
                ask("login", modest.member("nurse"), "/v1/specialists"),
            )
        statuses = {await task for task in slow}

    assert fast == [200] * 11
    assert statuses == {200}
    assert order.index("slow") == 11


async def test_whoever_waits_for_a_row_ends_in_time_and_gives_the_pool_back(
    scratch: Scratch,
    settings: ServerSettings,
    keys: DevelopmentKeys,
    superuser: asyncpg.Connection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("db.pool.ACQUIRE_SECONDS", 0.3)
    monkeypatch.setattr("db.database.ACQUIRE_SECONDS", 0.3)
    monkeypatch.setitem(SETTINGS, "lock_timeout", "300ms")
    async with two_clinics(scratch, settings, keys, 2) as (house, modest):
        path = f"/v1/specialists/{await house.clinic.add_specialist()}"
        async with superuser.transaction():
            await superuser.execute("select from specialists for update")
            updates = [house.clinic.admin.rest("PUT", path, {"title": f"{number}"}) for number in range(20)]
            answers = await asyncio.gather(*updates)
        after = await asyncio.gather(*(modest.patient.rest("GET", "/v1/specialists") for _ in range(10)))

    assert {answer.status_code for answer in answers} == {503}
    assert {answer.json()["error"]["code"] for answer in answers} == {"unavailable"}
    assert {answer.headers["retry-after"] for answer in answers} == {"1"}
    assert {answer.status_code for answer in after} == {200}

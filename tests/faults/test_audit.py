"""Mutations through both APIs while connections are killed: the audit log has one entry for each row that changed."""

import asyncio
from collections import Counter
from random import Random

import pytest

from db.embedded import Addresses
from tests.audit import entries_of, replay, rows_of
from tests.client import Json, Member
from tests.clinic import Clinic
from tests.faults.stage import Record
from tests.isolation.scratch import connected

CLIENTS = 8
KILL = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where usename = current_user and state in ('active', 'idle in transaction') and pid <> pg_backend_pid() limit 1
"""
SET_HOURS = """mutation ($id: ID!, $rows: [WeeklyHoursInput!]!) {
    setWeeklyHours(specialistId: $id, weeklyHours: $rows) { id }
}"""
SET_OVERRIDES = """mutation ($id: ID!, $rows: [OverrideInput!]!) {
    setOverrides(specialistId: $id, overrides: $rows) { id }
}"""
UPDATE = "mutation ($id: ID!, $input: UpdateSpecialistInput!) { updateSpecialist(id: $id, input: $input) { id } }"


class Writer:
    """Sends one mutation after the other, chosen at random, and counts the responses by status."""

    def __init__(self, admin: Member, specialists: list[int], specialties: list[int], seed: int) -> None:
        self.admin, self.specialists, self.specialties = admin, specialists, specialties
        self.random, self.name = Random(seed), f"writer-{seed}"
        self.statuses: Counter[int] = Counter()

    async def run(self, count: int) -> None:
        writes = (
            self.create,
            self.update,
            self.links,
            self.hours,
            self.overrides,
            self.delete,
            self.restore,
            self.specialty,
        )
        for number in range(count):
            self.statuses[await self.random.choice(writes)(number)] += 1

    async def create(self, number: int) -> int:
        links = self.random.sample(self.specialties, 2)
        return await self.rest(
            "POST", "/v1/specialists", {"name": self.name, "slug": f"{self.name}-{number}", "specialty_ids": links}
        )

    async def update(self, number: int) -> int:
        values = {"title": f"{number % 3}", "schedulingActive": self.random.random() < 0.5}
        return await self.graphql(UPDATE, id=self.one(), input=values)

    async def links(self, _number: int) -> int:
        ids = self.random.sample(self.specialties, self.random.randint(0, 3))
        return await self.rest("PUT", f"/v1/specialists/{self.one()}", {"specialty_ids": ids})

    async def hours(self, number: int) -> int:
        days = self.random.sample(range(1, 8), 3)
        rows = [{"dayOfWeek": day, "startTime": "08:00", "endTime": f"{12 + number % 3}:00"} for day in days]
        return await self.graphql(SET_HOURS, id=self.one(), rows=rows)

    async def overrides(self, number: int) -> int:
        rows = [{"date": f"2030-01-{1 + number % 28:02}", "isAvailable": False, "reason": self.name}]
        return await self.graphql(SET_OVERRIDES, id=self.one(), rows=rows)

    async def delete(self, _number: int) -> int:
        return await self.rest("DELETE", f"/v1/specialists/{self.one()}")

    async def restore(self, _number: int) -> int:
        return await self.rest("POST", f"/v1/specialists/{self.one()}/restore")

    async def specialty(self, number: int) -> int:
        return await self.rest(
            "PATCH", f"/v1/specialties/{self.specialties[number % 2]}", {"title": f"Title {number % 5}"}
        )

    def one(self) -> int:
        return self.random.choice(self.specialists)

    async def rest(self, method: str, path: str, body: Json | None = None) -> int:
        return (await self.admin.rest(method, path, body)).status_code

    async def graphql(self, document: str, **variables: object) -> int:
        body = await self.admin.graphql(document, **variables)
        return body["errors"][0]["extensions"]["status"] if "errors" in body else 200


async def kill_until(done: asyncio.Event, url: str, seconds: float) -> int:
    """Kill a connection that works every so many ``seconds``, and return how many there were."""
    kills = 0
    async with connected(url) as killer:
        while not done.is_set():
            kills += len(await killer.fetch(KILL))
            await asyncio.sleep(seconds)
    return kills


async def run_with_kills(writers: list[Writer], count: int, url: str, seconds: float) -> int:
    done = asyncio.Event()
    killing = asyncio.create_task(kill_until(done, url, seconds))
    await asyncio.gather(*(writer.run(count // len(writers)) for writer in writers))
    done.set()
    return await killing


@pytest.mark.parametrize(
    ("mutations", "seconds"), [(104, 0.01), pytest.param(10_000, 0.05, marks=pytest.mark.long)], ids=["slice", "long"]
)
async def test_the_audit_log_has_one_entry_for_each_changed_row_through_kills(
    mutations: int, seconds: float, north: Clinic, addresses: Addresses, record_figure: Record
) -> None:
    admin = await north.admin.signed_in()
    specialties = [await north.add_specialty() for _ in range(4)]
    specialists = [await north.add_specialist() for _ in range(12)]
    before, logged = await rows_of(north), len(await entries_of(north))
    writers = [Writer(admin, specialists, specialties, seed) for seed in range(CLIENTS)]

    kills = await run_with_kills(writers, mutations, addresses.server, seconds)

    entries, rows = (await entries_of(north))[logged:], await rows_of(north)
    statuses = sum((writer.statuses for writer in writers), Counter[int]())
    record_figure(
        f"audit rows against changed rows, {mutations:,} mutations",
        f"{len(entries):,} entries through {kills} kills, statuses {dict(sorted(statuses.items()))}",
        "applied to the rows before, they give the rows after",
    )
    assert replay(before, entries) == rows
    assert entries
    assert set(statuses) <= {200, 201, 404, 409, 503}
    assert kills or mutations < 1_000

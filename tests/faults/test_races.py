"""A hundred clients want the same thing at the same moment: one gets it, the others are told what became of it.

They come over sockets to a server of two processes. Twenty at once, in one process, are in ``tests/contract/``.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import TypeVar
from uuid import uuid4

import httpx2
import pytest

from tests.api import Api, Reply
from tests.client import Json, Member, error_of
from tests.faults.cluster import new_directory, running_cluster
from tests.faults.stage import Stage, in_thread, serve

pytestmark = pytest.mark.long
Record = Callable[[str, object, str], None]
Result = TypeVar("Result")
CLIENTS, ROUNDS, SECONDS = 100, 5, 30.0
ONE_WINNER = f"1 winner in each of {ROUNDS} rounds, no 5xx"
ZONES = ("UTC", "Japan", "Europe/Budapest", "America/New_York")
CREATE = """
    mutation ($key: String, $input: CreateSpecialistInput!) {
        createSpecialist(input: $input, idempotencyKey: $key) { id }
    }
"""
CHANGE_ZONE = """
    mutation ($id: ID!, $input: UpdateSpecialistInput!) { updateSpecialist(id: $id, input: $input) { version } }
"""
OVERRIDE = """
    mutation ($id: ID!, $rows: [OverrideInput!]!) { setOverrides(specialistId: $id, overrides: $rows) { version } }
"""


@pytest.fixture(scope="module")
async def stage() -> AsyncIterator[Stage]:
    with new_directory() as directory:
        async with in_thread(running_cluster(directory / "data")) as cluster, serve(cluster, 2) as stage:
            yield stage


@pytest.fixture(scope="module")
async def admin(stage: Stage) -> AsyncIterator[Member]:
    limits = httpx2.Limits(max_connections=CLIENTS, max_keepalive_connections=CLIENTS)
    async with httpx2.AsyncClient(base_url=stage.running.address, timeout=SECONDS, limits=limits) as http:
        yield await Member(http, stage.tokens["north"]).signed_in()


async def crowd(attempt: Callable[[int], Awaitable[Result]]) -> list[Result]:
    """Return the results of a hundred attempts that begin together."""
    return await asyncio.gather(*(attempt(number) for number in range(CLIENTS)))


def new() -> Json:
    return {"name": "Racer", "slug": f"racer-{uuid4().hex}"}


async def add(api: Api, admin: Member, **fields: object) -> int:
    """Return the id of a new specialist."""
    id_: int = (await api.create_specialist(admin, new() | fields)).data["id"]
    return id_


async def add_specialty(api: Api, admin: Member) -> int:
    slug = f"specialty-{uuid4().hex}"
    id_: int = (await api.create_specialty(admin, {"title": "Cardiology", "slug": slug})).data["id"]
    return id_


def count_codes(replies: list[Reply]) -> Counter[str]:
    return Counter(reply.code or "success" for reply in replies)


def counted(codes: Counter[str]) -> str:
    """Return the line of a figure."""
    return ", ".join(f"{count} {code}" for code, count in sorted(codes.items()))


async def race_for_a_slug(api: Api, admin: Member) -> list[Reply]:
    body = new()
    return await crowd(lambda _: api.create_specialist(admin, body))


async def race_for_a_version(api: Api, admin: Member) -> list[Reply]:
    id_ = await add(api, admin)
    version = (await admin.rest("GET", f"/v1/specialists/{id_}")).headers["etag"].strip('"')
    return await crowd(lambda number: api.update_specialist(admin, id_, {"name": f"Racer {number}"}, version))


async def race_to_delete(api: Api, admin: Member) -> list[Reply]:
    id_ = await add(api, admin)
    return await crowd(lambda _: api.delete_specialist(admin, id_))


async def race_to_restore(api: Api, admin: Member) -> list[Reply]:
    id_ = await add(api, admin)
    await api.delete_specialist(admin, id_)
    return await crowd(lambda _: api.restore_specialist(admin, id_))


@pytest.mark.parametrize(
    ("race", "code"),
    [
        (race_for_a_slug, "slug_exists"),
        (race_for_a_version, "precondition_failed"),
        (race_to_delete, "already_deleted"),
        (race_to_restore, "not_deleted"),
    ],
)
async def test_one_wins_and_the_others_are_told_why_not(
    race: Callable[[Api, Member], Awaitable[list[Reply]]], code: str, api: Api, admin: Member, record_figure: Record
) -> None:
    rounds = [count_codes(await race(api, admin)) for _ in range(ROUNDS)]

    what = f"{CLIENTS} {race.__name__.replace('_', ' ')}, {api.name}"
    record_figure(what, counted(sum(rounds, Counter[str]())), ONE_WINNER)
    assert rounds == [{"success": 1, code: CLIENTS - 1}] * ROUNDS


async def race_for_a_key(admin: Member, *, graphql: bool) -> list[tuple[object, str]]:
    key, body = uuid4().hex, new()
    return await crowd(lambda _: create(admin, key, body, graphql=graphql))


async def create(admin: Member, key: str, body: Json, *, graphql: bool) -> tuple[object, str]:
    """Return the id of the specialist that the key has made, and the code of the error."""
    if graphql:
        reply, status = await admin.graphql(CREATE, key=key, input=body), 200
    else:
        response = await admin.rest("POST", "/v1/specialists", body, idempotency_key=key)
        reply, status = response.json(), response.status_code
    if failure := error_of(reply, status):
        return None, failure[1]["code"]
    return (reply["data"]["createSpecialist"] if graphql else reply["data"])["id"], "success"


@pytest.mark.parametrize("graphql", [False, True], ids=["rest", "graphql"])
async def test_a_key_makes_one_record(graphql: bool, admin: Member, record_figure: Record) -> None:
    rounds = [await race_for_a_key(admin, graphql=graphql) for _ in range(ROUNDS)]

    codes = Counter(code for replies in rounds for _, code in replies)
    api = "graphql" if graphql else "rest"
    record_figure(f"{CLIENTS} race for a key, {api}", counted(codes), f"1 record in each of {ROUNDS} rounds, no 5xx")
    assert [len({id_ for id_, _ in replies if id_}) for replies in rounds] == [1] * ROUNDS
    assert set(codes) <= {"success", "idempotency_in_progress"}


async def race_for_the_zone(admin: Member) -> list[tuple[str, str, int]]:
    response = await admin.rest("POST", "/v1/specialists", new() | {"scheduling_timezone": "Asia/Tokyo"})
    id_ = response.json()["data"]["id"]
    return await crowd(lambda number: change(admin, id_, number))


async def change(admin: Member, id_: int, number: int) -> tuple[str, str, int]:
    """Change the time zone, or set an override of one appointment type; return which, the code and the version."""
    if number % 2:
        row = {"date": "2030-01-07", "isAvailable": False, "appointmentTypeId": "7", "reason": f"{number}"}
        kind, reply = "override", await admin.graphql(OVERRIDE, id=str(id_), rows=[row])
    else:
        zone = {"schedulingTimezone": ZONES[number // 2 % len(ZONES)]}
        kind, reply = "zone", await admin.graphql(CHANGE_ZONE, id=str(id_), input=zone)
    if failure := error_of(reply, 200):
        return kind, failure[1]["code"], 0
    (record,) = reply["data"].values()
    return kind, "success", int(record["version"])


async def test_the_zone_changes_only_before_an_override(admin: Member, record_figure: Record) -> None:
    """Each change has a version of its own, and so they tell their order; a zone that stays the same makes none."""
    rounds = [await race_for_the_zone(admin) for _ in range(ROUNDS)]

    late = 0
    for replies in rounds:
        overrides = {version for kind, _, version in replies if kind == "override"}
        zones = {version for kind, _, version in replies if kind == "zone"} - overrides
        late += sum(version > min(overrides) for version in zones)
    codes = Counter(f"{kind} {code}" for replies in rounds for kind, code, _ in replies)
    what = f"{CLIENTS} race of time zone against override"
    record_figure(what, f"{counted(codes)}; {late} zones after an override", "0 zones after an override, no 5xx")
    assert late == 0
    assert set(codes) <= {"zone success", "zone timezone_locked", "override success"}
    assert codes["override success"] == ROUNDS * CLIENTS // 2


async def race_of_sets(api: Api, admin: Member) -> tuple[Counter[str], bool]:
    """Return the codes, and whether the specialties of the specialist are one of the sets."""
    ids = [await add_specialty(api, admin) for _ in range(10)]
    sets = [sorted({ids[number // 10], ids[number % 10]}) for number in range(CLIENTS)]
    id_ = await add(api, admin)
    replies = await crowd(lambda number: api.update_specialist(admin, id_, {"specialty_ids": sets[number]}))
    record = (await api.get_specialist(admin, id_, include="specialties")).data
    return count_codes(replies), sorted(specialty["id"] for specialty in record["specialties"]) in sets


async def test_of_a_hundred_specialty_sets_one_stays(api: Api, admin: Member, record_figure: Record) -> None:
    rounds = [await race_of_sets(api, admin) for _ in range(ROUNDS)]

    codes = sum((codes for codes, _ in rounds), Counter[str]())
    mixed = sum(not is_whole for _, is_whole in rounds)
    what = f"{CLIENTS} race of specialty sets, {api.name}"
    record_figure(what, f"{counted(codes)}; {mixed} mixed", "0 mixed, no 5xx")
    assert (codes, mixed) == ({"success": ROUNDS * CLIENTS}, 0)

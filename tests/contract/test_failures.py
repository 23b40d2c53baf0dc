"""When the database fails: a crash tells nothing, and what passes says to try again."""

import asyncio
from datetime import time

import httpx2
import pytest

from db.statements.compile import compile_sql
from tests.api import Api
from tests.clinic import Clinic
from tests.contract.test_headers import SECURITY
from tests.rows import insert, transaction_of, until_it_blocks

CANCEL = compile_sql(
    """
    select pg_cancel_backend(waiting.pid) from pg_locks as waiting
    where not waiting.granted and pg_backend_pid() = any(pg_blocking_pids(waiting.pid))
    """
)
LEAKS = ("select", "relation", "function", "asyncpg", "traceback", "postgres", "organization_of", "line")


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE"])
async def test_a_crash_is_an_answer_like_any_other(
    crashing_http: httpx2.AsyncClient, north: Clinic, method: str
) -> None:
    path = "/v1/specialists" if method == "POST" else "/v1/specialists/1"
    headers = north.admin.headers | {"x-request-id": "crash-1"}

    answer = await crashing_http.request(method, path, headers=headers, json={"name": "Dr. X", "slug": "dr-x"})

    error = answer.json()["error"]
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/json")
    assert (list(error), error["code"]) == (["code", "message", "request_id"], "internal_error")
    assert error["request_id"] == answer.headers["x-request-id"] == "crash-1"
    assert {name: answer.headers.get(name) for name in SECURITY} == SECURITY
    assert not [word for word in LEAKS if word in answer.text.lower()]


async def test_a_crash_is_told_to_graphql_in_its_own_shape(crashing_http: httpx2.AsyncClient, north: Clinic) -> None:
    answer = await crashing_http.post("/graphql", headers=north.admin.headers, json={"query": "{ viewer { role } }"})

    (error,) = answer.json()["errors"]
    assert error["extensions"]["code"] == "internal_error"
    assert error["extensions"]["status"] == 500
    assert error["extensions"]["request_id"] == answer.headers["x-request-id"]
    assert not [word for word in LEAKS if word in error["message"].lower()]


async def test_a_server_without_its_tables_is_alive(crashing_http: httpx2.AsyncClient) -> None:
    answer = await crashing_http.get("/livez")

    assert (answer.status_code, answer.json()) == (200, {"status": "live"})


async def test_what_was_interrupted_may_be_tried_again(api: Api, north: Clinic) -> None:
    specialist, admin = await north.add_specialist(name="Dr. Before"), north.admin

    async with transaction_of(north) as holding:
        await insert(holding, "weekly_hours", **_monday(specialist))
        change = asyncio.create_task(api.update_specialist(admin, specialist, {"name": "Dr. After"}))
        await until_it_blocks(holding)
        await holding.run(CANCEL)
        answer = await change

    assert (answer.status, answer.code) == (503, "unavailable")
    assert (await api.get_specialist(admin, specialist)).data["name"] == "Dr. Before"
    assert (await api.update_specialist(admin, specialist, {"name": "Dr. After"})).code is None


async def test_it_says_when_to_try_again(north: Clinic) -> None:
    specialist, admin = await north.add_specialist(), north.admin

    async with transaction_of(north) as holding:
        await insert(holding, "weekly_hours", **_monday(specialist))
        deletion = asyncio.create_task(admin.rest("DELETE", f"/v1/specialists/{specialist}"))
        await until_it_blocks(holding)
        await holding.run(CANCEL)
        answer = await deletion

    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "unavailable")
    assert answer.headers["retry-after"] == "1"


def _monday(specialist: int) -> dict[str, object]:
    return {"specialist_id": specialist, "day_of_week": 1, "start_time": time(9), "end_time": time(17)}

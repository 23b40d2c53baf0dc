"""Inserts of specialties that fail with a SQLSTATE of the test's choice, and tables that somebody has locked."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx2

from tests.operation.conftest import House

CREATE = "mutation($input: CreateSpecialtyInput!) { createSpecialty(input: $input) { id slug } }"
LIST = "{ specialties { nodes { slug } } }"
ONE = '{ __typename specialtyBySlug(slug: "first") { id } }'
FAIL = """
    create sequence attempts;
    grant usage on sequence attempts to public;
    create function fail() returns trigger language plpgsql as $$
    begin
        if nextval('attempts') <= {times} then raise exception using errcode = '{sqlstate}'; end if;
        return new;
    end $$;
"""
BEFORE_INSERT = "create trigger fail before insert on specialties for each row execute function fail()"
AT_COMMIT = (
    "create constraint trigger fail after insert on specialties deferrable initially deferred"
    " for each row execute function fail()"
)
NEVER_MIND = "drop function fail cascade; drop sequence attempts"
WAITING = """
    select pid from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock' and application_name = 'clinic-api'
"""


@asynccontextmanager
async def failing(
    superuser: asyncpg.Connection, sqlstate: str, times: int = 100, trigger: str = BEFORE_INSERT
) -> AsyncIterator[None]:
    """Let the first inserts of a specialty fail with ``sqlstate``."""
    await superuser.execute(FAIL.format(sqlstate=sqlstate, times=times) + trigger)
    try:
        yield
    finally:
        await superuser.execute(NEVER_MIND)


@asynccontextmanager
async def locked(superuser: asyncpg.Connection, table: str = "specialties") -> AsyncIterator[None]:
    async with superuser.transaction():
        await superuser.execute(f"lock table {table} in access exclusive mode")
        yield


async def waiting_backend(superuser: asyncpg.Connection) -> int:
    """Return the process id of a backend of the application that waits for a lock."""
    while (pid := await superuser.fetchval(WAITING)) is None:
        pass
    return int(pid)


async def rest_create(house: House, slug: str = "first") -> httpx2.Response:
    return await house.clinic.admin.rest("POST", "/v1/specialties", {"title": "Any", "slug": slug})


async def graphql(house: House, query: str, **variables: Any) -> httpx2.Response:
    body = {"query": query, "variables": variables}
    return await house.http.post("/graphql", headers=house.clinic.admin.headers, json=body)


async def graphql_create(house: House, slug: str = "first") -> httpx2.Response:
    return await graphql(house, CREATE, input={"title": "Any", "slug": slug})


def outcome(response: httpx2.Response) -> tuple[int, str, str | None]:
    """Return status, code and ``Retry-After``."""
    body = response.json()
    code = body["error"]["code"] if "error" in body else body["errors"][0]["extensions"]["code"]
    return response.status_code, code, response.headers.get("retry-after")

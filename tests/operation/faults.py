"""Ways to take the database away, through a superuser's connection beside the application's."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg
import httpx2

from tests.isolation.scratch import Scratch, connected, run_sql

OTHERS = "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()"


async def end_connections(superuser: asyncpg.Connection, name: str) -> int:
    """End every connection to the database ``name``; how many there were."""
    count: int = await superuser.fetchval(OTHERS, name)
    return count


@asynccontextmanager
async def gone(scratch: Scratch) -> AsyncIterator[None]:
    """The database takes no connection and has none."""
    admin = scratch.superuser.replace(scratch.name, "postgres")
    await run_sql(admin, f"alter database {scratch.name} allow_connections false")
    try:
        async with connected(admin) as superuser:
            await end_connections(superuser, scratch.name)
        yield
    finally:
        await run_sql(admin, f"alter database {scratch.name} allow_connections true")


def is_unavailable(response: httpx2.Response) -> bool:
    """Whether it is the answer of either API to a database that is away, and says when to try again."""
    body = response.json()
    error = body["error"] if "error" in body else body["errors"][0]["extensions"]
    documented = response.status_code == 503 and int(response.headers["retry-after"]) >= 1
    return documented and error["code"] == "unavailable"


def is_served(response: httpx2.Response) -> bool:
    return response.status_code in (200, 201) and "errors" not in response.json()

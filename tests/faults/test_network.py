"""The network between server and PostgreSQL forwards nothing for a while: nothing is lost, and it is over soon after.

Where it forgets the old connections without closing them, nobody can tell silence from a slow statement but by time.
"""

import asyncio
import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest

from db.database import Database
from db.embedded import DATABASE, SERVER, Addresses
from db.errors import DatabaseUnavailableError
from db.pool import COMMAND_SECONDS
from db.tenant import Tenant
from tests.faults.cluster import new_directory, running_cluster
from tests.faults.proxy import Proxy, running_proxy
from tests.faults.stage import Outcome, Record, Stage, check, endure, in_thread, serve

HOLE_SECONDS = 5.0
MAX_SILENT_SECONDS = COMMAND_SECONDS - HOLE_SECONDS + 1  # a statement or a COMMIT that was sent is given up no sooner


async def test_a_connection_that_is_silent_ends_the_idle_ones_with_it(
    addresses: Addresses, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("db.database.BEGIN_SECONDS", 0.1)
    async with running_proxy(target_of(addresses.server)) as proxy:
        database = Database(f"postgresql://{SERVER}@127.0.0.1:{proxy.port}/{DATABASE}", pool_size=4)
        tenant = Tenant(await database.organization_of("org_silent", None), "member")

        async def begin(depth: int = 1) -> None:
            """Use so many connections at once."""
            async with database.transaction(tenant):
                if depth > 1:
                    await begin(depth - 1)

        await begin(3)
        proxy.abandon_connections()
        with pytest.raises(DatabaseUnavailableError):
            await begin()
        await begin()
        await database.close()


def target_of(url: str) -> int | str:
    """Return the port or the socket of the PostgreSQL at ``url``."""
    parts = urlsplit(url)
    (directory,) = parse_qs(parts.query).get("host", [""])
    return f"{directory}/.s.PGSQL.{parts.port or 5432}" if directory else parts.port or 5432


def go_on(proxy: Proxy) -> None:
    """Forward what has been waiting."""
    proxy.forwards.set()


def close(proxy: Proxy) -> None:
    """Close the connections, and forward new ones."""
    proxy.end_connections()
    proxy.forwards.set()


def forget(proxy: Proxy) -> None:
    """Forward new connections only; the old ones stay open and silent, as behind a firewall that was restarted."""
    proxy.abandon_connections()


@pytest.mark.long
@pytest.mark.parametrize(("end", "max_seconds"), [(go_on, 1.0), (close, 1.0), (forget, MAX_SILENT_SECONDS)])
async def test_a_network_that_forwards_nothing_loses_nothing(
    end: Callable[[Proxy], None], max_seconds: float, record_figure: Record
) -> None:
    outcome = Outcome()
    with new_directory() as directory:
        async with in_thread(running_cluster(directory / "data")) as cluster, running_proxy(cluster.port) as proxy:

            async def swallow(_stage: Stage) -> float:
                proxy.forwards.clear()
                await asyncio.sleep(HOLE_SECONDS)
                end(proxy)
                return time.monotonic()

            async with serve(cluster, 1, port=proxy.port) as stage:
                await endure(stage, swallow, outcome)

    what = f"network that forwards nothing for {HOLE_SECONDS:.0f} s, then {end.__name__.replace('_', ' ')}"
    check(outcome, what, record_figure, max_seconds)
    assert 503 in outcome.ready

"""``make run`` as people meet it: it starts on a real socket, keeps its data, and leaves nothing behind."""

import asyncio
import json
import re
import signal
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from resolvers.identity.development import DevelopmentKeys
from tests.isolation.scratch import Scratch
from tests.operation.commands import PATIENCE, Commands, Running
from tests.operation.hammer import Hammer


def create(running: Running, token: str) -> str:
    """The address of a new specialist."""
    response = running.request(
        "POST", "/v1/specialists", token, {"name": "StoredResponse", "slug": f"kept-{uuid4().hex}"}
    )
    assert response.status_code == 201, response.text
    address: str = response.headers["location"]
    return address


def test_it_serves_stops_at_a_signal_and_keeps_what_was_written(commands: Commands) -> None:
    token = commands.token()

    with commands.serving() as first:
        output = commands.output()
        path = create(first, token)
        first.process.send_signal(signal.SIGHUP)  # which means nothing to one process without a terminal
        commands.await_output("SIGHUP has no effect", 1)
        exit_code = first.end(signal.SIGTERM)
    between = commands.postgres()
    with commands.serving(WORKERS="2") as second:
        commands.await_output("Application startup complete", 2)
        with ThreadPoolExecutor(8) as clients:
            statuses = list(clients.map(lambda _: second.request("GET", path, token).status_code, range(16)))
        hammer = Hammer(second.address, token)
        asyncio.run(hammer.run_until_gone(lambda: second.process.send_signal(signal.SIGTERM)))
        ended_later = second.process.wait(PATIENCE)

    assert first.address in output
    assert statuses == [200] * 16
    assert (set(hammer.statuses), hammer.failures) == ({200}, {})
    assert hammer.probes[-1] == 503  # a proxy has time to see that no further requests should come
    assert (exit_code, ended_later) == (0, 0)
    assert (between, commands.postgres()) == ([], [])
    assert "Traceback" not in commands.output()


def test_after_a_kill_the_next_start_goes_on_and_stops_all(commands: Commands) -> None:
    token = commands.token()

    with commands.serving() as killed:
        path = create(killed, token)
        killed.end(signal.SIGKILL)
    process_count = len(commands.postgres())
    with commands.serving() as running:
        status = running.request("GET", path, token).status_code
        exit_code = running.end(signal.SIGINT, group=True)

    assert (process_count, status, exit_code) == (1, 200, 0)
    assert commands.postgres() == []


def test_it_stops_as_usual_after_its_postgresql_was_killed(commands: Commands) -> None:
    with commands.serving() as running:
        (postgres,) = commands.postgres()
        postgres.kill()
        exit_code = running.end(signal.SIGTERM)

    assert exit_code == 0
    assert "Traceback" not in commands.output()


def test_production_serves_on_a_database_with_walls(
    commands: Commands, scratch: Scratch, keys: DevelopmentKeys
) -> None:
    pem = keys.public_key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    production = {"ENVIRONMENT": "production", "DATABASE_URL": scratch.server, "CLERK_JWT_KEY": pem}

    with commands.serving(**production) as running:
        paths = ("/livez", "/readyz", "/v1/specialists", "/graphql")
        statuses = [running.request("GET", path, commands.token()).status_code for path in paths]
        exit_code = running.end(signal.SIGTERM)

    assert statuses == [200, 200, 401, 401]
    assert exit_code == 0
    assert "curl" not in commands.output()
    lines = [json.loads(line) for line in commands.output().splitlines()]
    assert {(line["level"], line["logger"]) for line in lines} == {("INFO", "uvicorn")}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", line["time"]) for line in lines)
    assert "Application startup complete." in [line["message"] for line in lines]

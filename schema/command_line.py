"""The commands behind ``make``: serve, migrate, demo, token, export."""

import argparse
import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace

import uvicorn
from starlette.applications import Starlette
from uvicorn.supervisors import Multiprocess

from db.database import Database
from db.demo.fill import fill_demo
from db.embedded import EmbeddedServer
from db.failures import Unreachable
from db.guard import Refused, check_database, refusing
from db.migrate import migrate, newest_revision, role_of
from schema.export import stale_snapshots, write_snapshots
from schema.settings import Settings, read_settings
from schema.web.logs import log_config
from schema.welcome import development_token, welcome

MakeApp = Callable[[Settings], Starlette]
GRACE_SECONDS = 10
SILENCE_SECONDS = 60  # a worker that does not answer its parent for so long hangs; a busy machine is no reason to kill


def main(arguments: Sequence[str], make_app: MakeApp) -> int | str:
    """Run one command; a sentence instead of 0 says why it could not."""
    given = _parser().parse_args(arguments)
    commands: dict[str, Callable[[], int | str]] = {
        "serve": lambda: serve(read_settings(), make_app),
        "migrate": lambda: _with_database(read_settings(serving=False), _migrate, _tell_migrated),
        "demo": lambda: demo(read_settings(serving=False)),
        "token": lambda: print_token(read_settings(serving=False), given.role, given.org, given.ttl),
        "export": lambda: export(check=given.check),
    }
    try:
        return commands[given.command]()
    except (Refused, Unreachable, OSError) as error:
        return str(error)


def serve(settings: Settings, make_app: MakeApp) -> int:
    """Serve until SIGINT, SIGTERM or the end of the terminal, then stop all that was started."""
    for sign in (signal.SIGTERM, signal.SIGHUP):  # SIGHUP comes when a terminal is closed
        if signal.getsignal(sign) is not signal.SIG_IGN:
            signal.signal(sign, signal.default_int_handler)
    with suppress(KeyboardInterrupt), database_of(settings) as ready:
        asyncio.run(_prepare(ready))
        _run(ready, make_app)
    return 0


async def _prepare(settings: Settings) -> None:
    """Development gets all it needs; production must have it, or is refused."""
    assert settings.database_url is not None
    if settings.development:
        await _migrate(settings)
        await _demo(settings)
    else:
        await check_database(settings.database_url)
        if settings.database_read_url:
            await check_database(settings.database_read_url, "DATABASE_READ_URL")


def _run(settings: Settings, make_app: MakeApp) -> None:
    several = settings.workers > 1
    config = uvicorn.Config(
        "app:application" if several else make_app(settings),
        factory=several,
        workers=settings.workers,
        host=settings.host,
        port=settings.port,
        log_config=log_config(settings.log_format),
        access_log=False,
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=GRACE_SECONDS,
        timeout_worker_healthcheck=SILENCE_SECONDS,
    )
    listening = config.bind_socket()
    if settings.development:
        print(welcome(settings), flush=True)
    if several:
        os.environ["DATABASE_URL"] = settings.database_url or ""  # how the workers learn of an embedded database
        # or each would run this script before it hears signals and answers the parent's pings
        sys.modules["__main__"].__file__ = None
        Multiprocess(config, sockets=[listening]).run()
    else:
        uvicorn.Server(config).run([listening])


@contextmanager
def database_of(settings: Settings) -> Iterator[Settings]:
    """``settings`` with the addresses of a database that runs meanwhile: the given one, or the embedded."""
    if settings.database_url:
        yield settings
        return
    with EmbeddedServer(settings.data_dir.resolve() / "postgres") as embedded:
        addresses = asyncio.run(embedded.prepare())
        yield replace(settings, database_url=addresses.server, database_admin_url=addresses.owner)


def _with_database(settings: Settings, *works: Callable[[Settings], Coroutine[None, None, None]]) -> int:
    with database_of(settings) as ready:
        for work in works:
            asyncio.run(work(ready))
    return 0


async def _migrate(settings: Settings) -> None:
    assert settings.database_url is not None
    assert settings.database_admin_url is not None
    with refusing("DATABASE_URL"):
        role = await role_of(settings.database_url)
    with refusing("DATABASE_ADMIN_URL"):
        await migrate(settings.database_admin_url, role)


async def _demo(settings: Settings) -> None:
    assert settings.database_url is not None
    database = Database(settings.database_url)
    await database.open()
    await fill_demo(database)
    await database.close()


async def _tell_migrated(settings: Settings) -> None:
    assert settings.database_url is not None
    print(f"at revision {newest_revision()}; the role {await role_of(settings.database_url)} may serve")


def demo(settings: Settings) -> int:
    """Fill the demo clinics; never among those of real people."""
    if not settings.development:
        raise Refused("ENVIRONMENT: the demo clinics are for development only.")
    return _with_database(settings, _migrate, _demo)


def print_token(settings: Settings, role: str, slug: str, ttl: int) -> int:
    """A development token alone on standard output."""
    if not settings.development:
        raise Refused("ENVIRONMENT: development tokens are for development only; sign in through Clerk.")
    print(development_token(settings, role, slug, ttl))
    return 0


def export(*, check: bool) -> int | str:
    """Write the snapshots, or say which of them are stale."""
    if not check:
        write_snapshots()
        return 0
    stale = stale_snapshots()
    return f"stale: {', '.join(stale)}; run python app.py export" if stale else 0


def _seconds(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("a whole number of at least 1")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="app.py", description=__doc__)
    commands = parser.add_subparsers(dest="command", metavar="command")
    parser.set_defaults(command="serve")
    commands.add_parser("serve", help="serve until Ctrl-C (the default)")
    commands.add_parser("migrate", help="bring the database to the newest revision")
    commands.add_parser("demo", help="fill the demo organizations north and south")
    token = commands.add_parser("token", help="print a development token")
    token.add_argument("--role", choices=("admin", "specialist", "patient"), default="admin")
    token.add_argument("--org", default="north", metavar="SLUG")
    token.add_argument("--ttl", type=_seconds, default=3_600, metavar="SECONDS")
    exported = commands.add_parser("export", help="write schema/schema.graphql and schema/openapi.json")
    exported.add_argument("--check", action="store_true", help="fail when they are stale")
    return parser

"""Run the commands behind ``make``: serve, migrate, demo, token, export, explain."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from socket import socket
from tempfile import TemporaryFile

from dotenv import dotenv_values
from starlette.applications import Starlette

from db.database import Database
from db.demo.fill import fill_demo
from db.demo.ids import DEMO_CLINICS, DEMO_ROLES
from db.embedded import EmbeddedServer
from db.errors import ConfigurationError, DatabaseUnavailableError
from db.guard import check_database, configuration_errors
from db.migrate import migrate, newest_revision, role_of
from schema.server.banner import banner
from schema.server.command_options import command_parser
from schema.server.demo_tokens import development_token, token_command
from schema.server.explain import ExplainError, explain_plan, plan_query
from schema.server.export import stale_snapshots, write_snapshots
from schema.server.logs import configure_logs
from schema.server.serving import listen, run, run_reloading, run_workers
from schema.server.settings import ServerSettings, Settings, misspelt_settings, read_settings
from schema.server.signals import ignore_signals

MakeApp = Callable[[ServerSettings], Starlette]
CLINICS = " and ".join(DEMO_CLINICS)
INTERRUPTED = 130  # the exit code of a command that Ctrl-C ended
log = logging.getLogger("clinic")


def main(arguments: Sequence[str], make_app: MakeApp) -> int | str:
    """Run one command; return 0, or the sentence that says why it could not run."""
    options = command_parser().parse_args(arguments)
    commands: dict[str, Callable[[], int | str]] = {
        "serve": lambda: serve(read_settings(), make_app, reload=options.reload),
        "migrate": lambda: migrate_schema(read_settings(serving=False)),
        "demo": lambda: demo(read_settings(serving=False)),
        "token": lambda: print_token(read_settings(serving=False), options.role, options.org, options.ttl),
        "export": lambda: export(check=options.check),
        "explain": lambda: explain(
            read_settings(serving=False), options.query, options.variables, analyze=options.analyze
        ),
    }
    try:
        return commands[options.command]()
    except (ConfigurationError, DatabaseUnavailableError, ExplainError, OSError) as error:
        return str(error)
    except KeyboardInterrupt:
        return INTERRUPTED


def serve(settings: Settings, make_app: MakeApp, *, reload: bool) -> int:
    """Serve until SIGINT, SIGTERM or the end of the terminal, then stop all that was started."""
    if reload and not settings.development:
        raise ConfigurationError("ENVIRONMENT: --reload is for development only.")
    for signal_number in (signal.SIGTERM, signal.SIGHUP):  # SIGHUP comes when a terminal is closed
        if signal.getsignal(signal_number) is not signal.SIG_IGN:
            signal.signal(signal_number, signal.default_int_handler)
    with suppress(KeyboardInterrupt), listen(settings) as listener, database_of(settings) as server_settings:
        asyncio.run(_prepare(server_settings))
        if settings.development:
            print(banner(settings), flush=True)
        configure_logs(settings)
        _warn_of_misspellings(settings)
        try:
            return _run(server_settings, listener, make_app, reload=reload)
        finally:
            ignore_signals()  # the embedded database would else go on running
    return 0


def _run(settings: ServerSettings, listener: socket, make_app: MakeApp, *, reload: bool) -> int:
    """Serve until a signal; return the exit code."""
    if reload:
        run_reloading("app:reloading_application", settings, listener)
        return 0
    if settings.workers > 1:
        return run_workers("app:application", settings, listener)
    run(make_app(settings), settings, listener)
    return 0


def migrate_schema(settings: Settings) -> int:
    """Bring the database to the newest revision, and say at which one it is."""

    async def report(settings: ServerSettings) -> None:
        print(f"at revision {newest_revision()}; the role {await role_of(settings.database_url)} may serve")

    return _with_database(settings, _migrate, report)


def demo(settings: Settings) -> int:
    """Fill the demo clinics; never among those of real people."""

    async def report(settings: ServerSettings) -> None:
        if await _fill_demo(settings):
            print(f"filled the demo clinics {CLINICS} with users, specialties and specialists")
        else:
            print(f"nothing to do: the demo clinics {CLINICS} have specialists already")
        print(f"for a token: {token_command(settings)} --org {DEMO_CLINICS[0]} --role {DEMO_ROLES[0]}")

    if not settings.development:
        raise ConfigurationError("ENVIRONMENT: the demo clinics are for development only.")
    return _with_database(settings, _migrate, report)


def print_token(settings: Settings, role: str, slug: str, ttl: int) -> int:
    """Print a development token alone on standard output."""
    if not settings.development:
        raise ConfigurationError("ENVIRONMENT: development tokens are for development only; sign in through Clerk.")
    check_data_dir(settings)
    print(development_token(settings, role, slug, ttl))
    return 0


def export(*, check: bool) -> int | str:
    """Write the snapshots; with ``check``, say instead which of them are stale."""
    if not check:
        write_snapshots()
        return 0
    stale = stale_snapshots()
    return f"stale: {', '.join(stale)}; run python app.py export" if stale else 0


def explain(settings: Settings, query: str, variables: str, *, analyze: bool) -> int:
    """Print how ``query`` is answered in the demo clinic ``north``."""
    if not settings.development:
        raise ConfigurationError("ENVIRONMENT: explain is for development only.")
    plan, values = plan_query(query, variables)

    async def report(settings: ServerSettings) -> None:
        await _fill_demo(settings)
        print(await explain_plan(settings.database_url, plan, values, analyze=analyze))

    return _with_database(settings, _migrate, report)


@contextmanager
def database_of(settings: Settings) -> Iterator[ServerSettings]:
    """Yield ``settings`` with a database that runs meanwhile: the one they name, or the embedded one."""
    if settings.database_url:
        yield settings.with_database(settings.database_url, settings.database_admin_url)
        return
    check_data_dir(settings)
    with EmbeddedServer(settings.data_dir.resolve() / "postgres") as embedded:
        addresses = asyncio.run(embedded.prepare())
        yield settings.with_database(addresses.server, addresses.owner)


def check_data_dir(settings: Settings) -> None:
    """Make ``DATA_DIR`` if it is missing; raise ``ConfigurationError`` unless a file can be written there."""
    try:
        settings.data_dir.mkdir(parents=True, exist_ok=True)
        with TemporaryFile(dir=settings.data_dir):
            pass
    except OSError as error:
        reason = f"{settings.data_dir} cannot be written ({error.strerror})"
        raise ConfigurationError(f"DATA_DIR: {reason}; name a folder that this user may write to.") from error


def _warn_of_misspellings(settings: Settings) -> None:
    """Log a warning for each variable that looks like a setting and is none."""
    file_variables = dotenv_values(Path(".env")) if settings.development else {}
    for name, setting in misspelt_settings({*os.environ, *file_variables}):
        log.warning("%s is no setting and has no effect; %s is one", name, setting)


async def _prepare(settings: ServerSettings) -> None:
    """Make what development needs; raise ``ConfigurationError`` if production lacks something."""
    if settings.development:
        check_data_dir(settings)  # the key of development tokens is kept there, whatever the database
        await _migrate(settings)
        await _fill_demo(settings)
    else:
        await check_database(settings.database_url)
        if settings.database_read_url:
            await check_database(settings.database_read_url, "DATABASE_READ_URL")


def _with_database(settings: Settings, *steps: Callable[[ServerSettings], Coroutine[None, None, None]]) -> int:
    with database_of(settings) as server_settings:
        for step in steps:
            asyncio.run(step(server_settings))
    return 0


async def _migrate(settings: ServerSettings) -> None:
    with configuration_errors("DATABASE_URL"):
        role = await role_of(settings.database_url)
    with configuration_errors("DATABASE_ADMIN_URL"):
        await migrate(settings.database_admin_url, role)


async def _fill_demo(settings: ServerSettings) -> bool:
    """Return whether a clinic was filled."""
    database = Database(settings.database_url)
    await database.open()
    is_filled = await fill_demo(database)
    await database.close()
    return is_filled

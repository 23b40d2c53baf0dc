"""Declare the commands of ``python app.py`` and their options, as ``--help`` lists them."""

import argparse
from typing import TypeAlias

from db.demo.ids import DEMO_CLINICS, DEMO_ROLES
from schema.openapi.document import VERSION
from schema.server.demo_tokens import TOKEN_SECONDS

Subparsers: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"  # generic for mypy alone
DESCRIPTION = "The specialists and specialties of clinics, over GraphQL and REST."
EPILOG = "Settings come from the environment, in development also from a file .env; README.md lists them."
DEMO_PURPOSE = f"fill the demo organizations {' and '.join(DEMO_CLINICS)}, unless they have specialists"
BY_DEFAULT = "(default: %(default)s)"


def command_parser() -> argparse.ArgumentParser:
    """Return the parser of all commands; ``serve`` is the default."""
    parser = argparse.ArgumentParser(prog="app.py", description=DESCRIPTION, epilog=EPILOG)
    parser.add_argument("--version", action="version", version=f"clinic-api {VERSION}")
    commands = parser.add_subparsers(dest="command", metavar="command")
    parser.set_defaults(command="serve", reload=False)  # without a command
    serving = _command(commands, "serve", "serve until Ctrl-C (the default)")
    serving.add_argument(
        "--reload", action="store_true", help="start anew when a source file changes, and log each request"
    )
    _command(commands, "migrate", "bring the database to the newest revision")
    _command(commands, "demo", DEMO_PURPOSE)
    token = _command(commands, "token", "print a development token")
    token.add_argument("--role", choices=DEMO_ROLES, default=DEMO_ROLES[0], help=f"whose token it is {BY_DEFAULT}")
    token.add_argument(
        "--org",
        default=DEMO_CLINICS[0],
        metavar="SLUG",
        help=f"the organization it is for {BY_DEFAULT}",
    )
    token.add_argument(
        "--ttl", type=_seconds, default=TOKEN_SECONDS, metavar="SECONDS", help=f"how long it is valid {BY_DEFAULT}"
    )
    export = _command(commands, "export", "write schema/schema.graphql and schema/openapi.json")
    export.add_argument("--check", action="store_true", help="write nothing, and fail when they are stale")
    explain = _command(commands, "explain", "print how a GraphQL query is answered: selection, SQL, PostgreSQL's plan")
    explain.add_argument(
        "query", metavar="QUERY", help="a document with one query, run as an admin of the clinic north"
    )
    explain.add_argument("--variables", default="{}", metavar="JSON", help=f"its variables {BY_DEFAULT}")
    explain.add_argument("--analyze", action="store_true", help="run the statement, to report times and buffers")
    return parser


def _command(commands: Subparsers, name: str, purpose: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")


def _seconds(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("a whole number of at least 1")
    return int(text)

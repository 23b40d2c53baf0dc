"""What ``make run`` prints: where the server is, and requests to try."""

import sys
from pathlib import Path
from secrets import token_hex
from shlex import quote

from resolvers.identity.development import DevelopmentKeys
from schema.pages.graphiql_page import first_example_link
from schema.server.settings import Settings

TOKEN_SECONDS = 3_600
APP = Path(__file__).parents[2] / "app.py"
DEFAULT_DATA_DIR = Path(".data")
EVERY_ADDRESS = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what HOST may say, and where that is reached
QUERY = "{ specialists(pageSize: 3) { totalCount nodes { name specialties { title } user { email } } } }"
CREATE = '{{"name": "Dr. Ada Moreau", "slug": "dr-ada-moreau-{0}", "scheduling_timezone": "Europe/Paris"}}'
SIGNED = '-H "Authorization: Bearer $TOKEN"'
JSON = "-H 'Content-Type: application/json'"


def development_token(settings: Settings, role: str, slug: str, ttl: int = TOKEN_SECONDS) -> str:
    """A token of the demo user of that role, as Clerk would sign it."""
    return DevelopmentKeys.load_or_create(settings.data_dir).demo_token(slug, role, ttl)


def welcome(settings: Settings) -> str:
    """Return lines for the terminal; those that begin with ``curl`` or ``TOKEN=`` run in a shell as they stand."""
    address = base_address(settings)
    explorer = f"\n  GraphiQL   {address}{first_example_link()}" if settings.graphiql else ""
    return f"""
  Serving on {address}  (Ctrl-C stops everything)
{explorer}
  REST       {address}/docs

  A token, of an admin of the clinic north for an hour (others: token --help):
    TOKEN=$({token_command(settings)})

  A nested GraphQL query:
    curl -s '{address}/graphql' {SIGNED} {JSON} -d '{{"query": "{QUERY}"}}'

  A REST list with its relations:
    curl -s '{address}/v1/specialists?page_size=2&include=specialties,user' {SIGNED}

  A create, as admin:
    curl -s '{address}/v1/specialists' {SIGNED} {JSON} -d '{CREATE.format(token_hex(3))}'
"""


def base_address(settings: Settings) -> str:
    """Return where this machine reaches the server."""
    host = EVERY_ADDRESS.get(settings.host, settings.host)
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def token_command(settings: Settings) -> str:
    """Return the shell command that prints a token which this server accepts."""
    data_dir = settings.data_dir
    setting = "" if data_dir == DEFAULT_DATA_DIR else f"DATA_DIR={quote(str(data_dir.absolute()))} "
    return f"{setting}{_from_here(Path(sys.executable))} {_from_here(APP)} token"


def _from_here(path: Path) -> str:
    here = Path.cwd()
    return quote(str(path.relative_to(here) if path.is_relative_to(here) else path))

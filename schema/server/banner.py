"""Compose what ``make run`` prints: where the server is, and requests to try."""

import json
import re
from secrets import token_hex
from shlex import quote

from schema.pages.graphiql_page import first_example, first_example_link
from schema.server.demo_tokens import token_command
from schema.server.settings import Settings

LOOPBACK_OF_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - HOST may be any address; this one is reached
CREATE = '{{"name": "Dr. Ada Moreau", "slug": "dr-ada-moreau-{0}", "scheduling_timezone": "Europe/Paris"}}'
AUTHORIZATION = '-H "Authorization: Bearer $TOKEN"'
JSON = "-H 'Content-Type: application/json'"
COMMENT = re.compile(r"#.*")


def banner(settings: Settings) -> str:
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
    curl -s '{address}/graphql' {AUTHORIZATION} {JSON} -d {quote(_first_request())}

  A REST list with its relations:
    curl -s '{address}/v1/specialists?page_size=2&include=specialties,user' {AUTHORIZATION}

  A create, as admin:
    curl -s '{address}/v1/specialists' {AUTHORIZATION} {JSON} -d '{CREATE.format(token_hex(3))}'
"""


def base_address(settings: Settings) -> str:
    """Return where this machine reaches the server."""
    host = LOOPBACK_OF_ANY.get(settings.host, settings.host)
    return f"http://[{host}]:{settings.port}" if ":" in host else f"http://{host}:{settings.port}"


def _first_request() -> str:
    """Return the body of a request with GraphiQL's first example, its query on one line."""
    query, variables = first_example()
    return json.dumps({"query": " ".join(COMMENT.sub("", query).split()), "variables": json.loads(variables)})

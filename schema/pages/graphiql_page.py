"""Answer browsers at ``/graphql`` with GraphiQL, as ``make pages`` builds it."""

from pathlib import Path
from urllib.parse import urlencode

from starlette.responses import Response

from schema.pages.assets import built_page
from schema.server.settings import Settings

EXAMPLES = Path(__file__).parent / "graphiql" / "examples"  # the tabs of a first visit
# Monaco sets style attributes, so that styles need 'unsafe-inline'; scripts do not.
CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {"content-security-policy": CONTENT_SECURITY, "vary": "Accept"}  # programs get JSON at this address


def graphiql_page(settings: Settings) -> Response:
    """Return the page: in development with the choice of a demo user, else with an editor of headers."""
    return built_page("graphiql", "GraphQL", HEADERS, settings)


def first_example() -> tuple[str, str]:
    """Return the query of the first example, and its variables in JSON."""
    query, variables = (next(EXAMPLES.glob(f"1-*.{suffix}")).read_text("utf-8") for suffix in ("graphql", "json"))
    return query.strip(), variables.strip()


def first_example_link() -> str:
    """Return the address at which GraphiQL opens with the first example in it."""
    query, variables = first_example()
    return f"/graphql?{urlencode({'query': query, 'variables': variables})}"

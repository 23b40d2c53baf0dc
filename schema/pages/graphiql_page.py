"""The page a browser gets at ``/graphql``: GraphiQL as ``make pages`` builds it."""

from pathlib import Path
from urllib.parse import urlencode

from starlette.responses import Response

from schema.pages.assets import built_page
from schema.server.settings import Settings

EXAMPLES = Path(__file__).parent / "graphiql" / "examples"  # the tabs at first sight
# Monaco sets style attributes, so that styles need 'unsafe-inline'; scripts do not.
CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {"content-security-policy": CONTENT_SECURITY, "vary": "Accept"}  # what is no browser gets JSON there


def graphiql_page(settings: Settings) -> Response:
    """Return the page: in development with the switch of demo persons, else with the editor of headers."""
    return built_page("graphiql", "GraphQL", HEADERS, settings)


def first_example_link() -> str:
    """Return the address at which GraphiQL opens with the first example in it."""
    query, variables = (next(EXAMPLES.glob(f"1-*.{suffix}")).read_text().strip() for suffix in ("graphql", "json"))
    return f"/graphql?{urlencode({'query': query, 'variables': variables})}"

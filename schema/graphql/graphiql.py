"""The page a browser gets at ``/graphql``: GraphiQL as ``make pages`` builds it."""

from pathlib import Path
from urllib.parse import urlencode

from starlette.responses import Response

from schema.web.assets import built_page
from schema.web.markup import prose, tag
from schema.web.page import page
from schema.web.static_document import StaticDocument

EXAMPLES = Path(__file__).parents[1] / "pages" / "graphiql" / "examples"  # the tabs at first sight
# Monaco sets style attributes, so that styles need 'unsafe-inline'; scripts do not.
CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {"content-security-policy": CONTENT_SECURITY, "vary": "Accept"}  # what is no browser gets JSON there
NOT_BUILT = "GraphiQL is not built yet: run `make pages`, which loads npm packages once, and start the server again."


def graphiql_page(*, sign_in: bool) -> Response:
    """Return the page; ``sign_in``: with the switch of demo persons, else with the editor of headers."""
    html = built_page("graphiql", sign_in=sign_in)
    if html is None:
        return page("index", "Clinic API: GraphQL", tag("main", tag("h1", "GraphiQL"), tag("p", prose(NOT_BUILT))))
    return StaticDocument(html, "text/html", HEADERS)


def first_example_link() -> str:
    """Return the address at which GraphiQL opens with the first example in it."""
    query, variables = (next(EXAMPLES.glob(f"1-*.{suffix}")).read_text().strip() for suffix in ("graphql", "json"))
    return f"/graphql?{urlencode({'query': query, 'variables': variables})}"

"""The page a browser gets at ``/graphql``: GraphiQL as ``make pages`` builds it."""

from starlette.responses import HTMLResponse, Response

from schema.web.assets import built_page
from schema.web.markup import prose, tag
from schema.web.page import page

# Monaco sets style attributes, so that styles need 'unsafe-inline'; scripts do not.
CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
NOT_BUILT = "GraphiQL is not built yet: run `make pages` (it needs the npm registry once), then start the server again."


def graphiql_page(*, sign_in: bool) -> Response:
    """Return the page; ``sign_in``: with the switch of demo persons, else with the editor of headers."""
    html = built_page("graphiql", sign_in=sign_in)
    if html is None:
        return page("index", "Clinic API: GraphQL", tag("main", tag("h1", "GraphiQL"), tag("p", prose(NOT_BUILT))))
    return HTMLResponse(html, headers={"content-security-policy": CONTENT_SECURITY})

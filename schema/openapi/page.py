"""The page at ``/docs``: the OpenAPI document for people, as ``make pages`` builds it."""

from starlette.responses import Response

from schema.web.assets import built_page
from schema.web.markup import prose, tag
from schema.web.page import page
from schema.web.static_document import StaticDocument

CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
NOT_BUILT = (
    "This page is not built yet: run `make pages` (it needs the npm registry once), then start the server again."
    " The document itself is at `/openapi.json`."
)


def docs_page(*, sign_in: bool) -> Response:
    """Return the page; ``sign_in``: with the switch of demo persons, else with a field for a token."""
    html = built_page("docs", sign_in=sign_in)
    if html is None:
        return page(
            "index", "Clinic API: REST", tag("main", tag("h1", "REST documentation"), tag("p", prose(NOT_BUILT)))
        )
    return StaticDocument(html, "text/html", {"content-security-policy": CONTENT_SECURITY})

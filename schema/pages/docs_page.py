"""Answer ``/docs`` with the OpenAPI document for people, as ``make pages`` builds it.

The page is our own because Scalar and Swagger UI fail axe (controls without a name, interactive elements in one
another), Scalar needs inline styles, and RapiDoc has inputs without labels and no release since October 2025.
None of them shows an operation's GraphQL twin, or shares the choice of a demo user with GraphiQL.
"""

from starlette.responses import Response

from schema.pages.assets import built_page
from schema.server.demo_tokens import token_command
from schema.server.settings import Settings

CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {"content-security-policy": CONTENT_SECURITY}


def docs_page(settings: Settings) -> Response:
    """Return the page: in development with the choice of a demo user, else with a field for a token."""
    metas = {"token-command": token_command(settings)} if settings.development else {}
    return built_page("docs", "REST", HEADERS, settings, metas)

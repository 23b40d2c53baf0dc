"""The page a browser gets at ``/graphql``: Strawberry's own GraphiQL, told where its token goes."""

import json

from starlette.responses import HTMLResponse, Response
from strawberry.http.ides import get_graphql_ide_html

WELCOME = """# A token is needed. Open "Headers" below and put in:
#
#     {"Authorization": "Bearer <token>"}
#
# In development, `python app.py token` prints one (an admin of the clinic "north");
# `python app.py token --role patient --org south` prints another. Then run this query.

query Specialists {
  viewer { role organization { name } }
  specialists(pageSize: 5) {
    totalCount
    nodes { name title specialties { title } user { email } }
  }
}
"""
CONTENT_SECURITY = (
    "default-src 'none'; connect-src 'self'; img-src 'self' data: https:; font-src 'self' data: https://unpkg.com;"
    " style-src 'unsafe-inline' https://unpkg.com; script-src 'unsafe-inline' https://unpkg.com;"
    " worker-src blob:; frame-ancestors 'none'"
)


def graphiql_page() -> Response:
    """Its scripts come from unpkg.com, pinned by digest, until they are built here."""
    begin, rest = get_graphql_ide_html("graphiql").split("const EXAMPLE_QUERY = `", 1)
    _, end = rest.split("`;", 1)
    page = f"{begin}const EXAMPLE_QUERY = {json.dumps(WELCOME)};{end}"
    page = page.replace("shouldPersistHeaders: true", "shouldPersistHeaders: false")  # a token is not for keeps
    return HTMLResponse(page, headers={"content-security-policy": CONTENT_SECURITY})

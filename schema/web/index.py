"""The page at ``/`` in development: what runs here, and where to go."""

from html import escape

from starlette.responses import Response

from schema.web.markup import block, code, prose, tag
from schema.web.page import page

DOORS = (
    ("/graphql", "GraphiQL", "Write a query and run it, with the whole schema at hand."),
    ("/docs", "REST documentation", "Every address of `/v1`, with examples and errors."),
)
ADDRESSES = (
    ("/openapi.json", "The REST face as an OpenAPI 3.1 document."),
    ("/livez", "Whether the process answers."),
    ("/readyz", "Whether the database answers, too."),
)
TOKENS = (
    (".venv/bin/python app.py token", "an admin of the clinic north"),
    (".venv/bin/python app.py token --role patient", "somebody who may only read"),
    (".venv/bin/python app.py token --org south", "an admin of another clinic"),
)
REQUEST = """\
curl "localhost:8000/v1/specialists?include=specialties" \\
  -H "Authorization: Bearer $(.venv/bin/python app.py token)\""""


def index_page(*, graphiql: bool) -> Response:
    body = tag(
        "main",
        tag("h1", "Clinic API"),
        tag("p", "Specialists and specialties of clinics: one set of rules, over GraphQL and REST."),
        tag("ul", *(_door(*door) for door in DOORS if graphiql or door[1] != "GraphiQL"), class_="doors"),
        tag("h2", "A token first"),
        tag("p", prose("Both faces want `Authorization: Bearer` and a session token. In development you sign it:")),
        block(*_aligned_tokens()),
        tag("p", prose("A first request, then, if the server has kept its usual port:")),
        block(escape(REQUEST, quote=False)),
        tag("h2", "For programs"),
        tag("dl", *(_address(*address) for address in ADDRESSES)),
    )
    return page("index", "Clinic API", body)


def _door(path: str, name: str, told: str) -> str:
    return tag("li", tag("a", tag("strong", name), tag("span", prose(told)), code(path), href=path))


def _address(path: str, told: str) -> str:
    return tag("dt", tag("a", code(path), href=path)) + tag("dd", prose(told))


def _aligned_tokens() -> list[str]:
    width = max(len(command) for command, _ in TOKENS)
    return [f"{command:{width}}  {tag('span', f'# {whose}', class_='quiet')}" for command, whose in TOKENS]

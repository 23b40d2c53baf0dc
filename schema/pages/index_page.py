"""Answer ``/`` in development with a page that says what the server offers, and where."""

from dataclasses import dataclass
from html import escape

from starlette.requests import Request
from starlette.responses import Response

from schema.http.host import host_of
from schema.pages.graphiql_page import first_example_link
from schema.pages.html_page import page
from schema.pages.markup import block, code, prose, tag
from schema.server.demo_tokens import token_command
from schema.server.settings import Settings

GRAPHIQL = "Run a query", "GraphiQL, signed in to a demo clinic, with a nested query ready to run.", "/graphql"
REST = "Read about REST", "Every operation of `/v1`, with its parameters, examples and errors.", "/docs"
TOKEN_OPTIONS = (
    ("", "an admin of the clinic north"),
    (" --role patient", "a patient, who may only read"),
    (" --org south", "an admin of another clinic"),
)
REQUESTS = """\
curl -s "{address}/graphql" \\
  -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
  -d '{{"query": "{{ specialists(first: 3) {{ nodes {{ name specialties {{ title }} }} }} }}"}}'

curl -s "{address}/v1/specialists?page_size=3&include=specialties" \\
  -H "Authorization: Bearer $TOKEN\""""
ADDRESSES = (
    ("/openapi.json", "The REST API as an OpenAPI 3.1 document."),
    ("/livez", "Answers as long as the process runs."),
    ("/readyz", "Answers 200 if the database can be reached, else 503."),
)


@dataclass(frozen=True, slots=True)
class Index:
    """The handler of ``/``."""

    settings: Settings

    async def get(self, request: Request) -> Response:
        """Return the page, whose commands name the host and port that it was opened at."""
        return index_page(
            graphiql=self.settings.graphiql,
            host=host_of(request) or "localhost:8000",
            token_command=token_command(self.settings),
        )


def index_page(*, graphiql: bool, host: str, token_command: str) -> Response:
    """Return the page for a browser that reaches the server at ``host``; ``token_command`` prints a token."""
    cards = [_card(first_example_link(), *GRAPHIQL)] if graphiql else []
    cards.append(_card("/docs", *REST))
    body = tag(
        "main",
        tag("h1", '<img src="/favicon.svg" alt="" width="40" height="40">', "Clinic API"),
        tag("p", "Specialists and specialties of clinics, over GraphQL and REST."),
        tag("ul", *cards, class_="cards"),
        tag("h2", "From a terminal"),
        tag("p", prose("Every request carries a session token. In development a command signs one for an hour:")),
        block(*_aligned_tokens(token_command)),
        tag("p", "Then one request to either API:"),
        block(escape(REQUESTS.format(address=f"http://{host}"), quote=False)),
        tag("h2", "For programs"),
        tag("dl", *(_address(*address) for address in ADDRESSES)),
    )
    return page("index", "Clinic API", body)


def _card(link: str, title: str, text: str, address: str) -> str:
    return tag("li", tag("a", tag("strong", title), tag("span", prose(text)), code(address), href=link))


def _address(path: str, text: str) -> str:
    return tag("dt", tag("a", code(path), href=path)) + tag("dd", prose(text))


def _aligned_tokens(command: str) -> list[str]:
    lines = [(escape(f"TOKEN=$({command}{options})", quote=False), person) for options, person in TOKEN_OPTIONS]
    width = max(len(line) for line, _ in lines)
    return [f"{line:{width}}  {tag('span', f'# {person}', class_='quiet')}" for line, person in lines]

"""Serve the pages that ``make pages`` builds, and the scripts, styles and fonts that they load."""

from asyncio import to_thread
from collections.abc import Mapping
from functools import cache
from html import escape
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from resolvers.errors.request import NotFound
from schema.http.compression import accepted_encoding, is_compressible
from schema.http.static_document import StaticDocument
from schema.pages.html_page import page
from schema.pages.markup import prose, tag
from schema.server.settings import Settings

BUILD = Path(__file__).parent / "dist"
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml"}
FOREVER = {"cache-control": "public, max-age=31536000, immutable"}
NOT_BUILT = "This page is not built yet: run `make pages`, which loads npm packages once, and start the server again."
ICON = Path(__file__).with_name("icon.svg")


def built_page(
    name: str, title: str, headers: Mapping[str, str], settings: Settings, metas: Mapping[str, str] | None = None
) -> Response:
    """Return the page ``name``, with ``metas`` and two settings in its head; if it is not built, say how to."""
    file = BUILD / name / "index.html"
    if not file.is_file():
        return page("index", f"Clinic API: {title}", tag("main", tag("h1", title), tag("p", prose(NOT_BUILT))))
    contents = {
        "sign-in": "switch" if settings.development else "headers",  # a choice of demo users, or a token by hand
        "graphiql": "on" if settings.graphiql else "off",
        **(metas or {}),
    }
    head = "".join(f'<meta name="{meta}" content="{escape(content)}">\n' for meta, content in contents.items())
    return StaticDocument(file.read_text("utf-8").replace("</head>", f"{head}</head>", 1), "text/html", headers)


class Assets:
    """The handler of the build's files, whose names contain a digest of their content."""

    def __init__(self, directory: Path = BUILD / "assets") -> None:
        self._files = {file.name: file for file in directory.glob("*.*")}
        self._documents: dict[tuple[Path, str | None], StaticDocument] = {}  # by file and encoding

    async def get(self, request: Request) -> Response:
        """Return a file of the build; raise ``NotFound`` for any other name, and once a later build has removed it."""
        file, encoding = self._files.get(request.path_params["name"]), accepted_encoding(request.scope)
        if file is None:
            raise NotFound
        if (file, encoding) not in self._documents:
            self._documents[file, encoding] = await to_thread(_prepare, file, encoding)
        return self._documents[file, encoding]


def icon() -> Response:
    """Return the icon of every page."""
    return StaticDocument(ICON.read_bytes(), "image/svg+xml", {"cache-control": "public, max-age=86400"})


def _prepare(file: Path, encoding: str | None) -> StaticDocument:
    """Return the document, already compressed: that takes a quarter of a second for the largest file."""
    try:
        document = _document(file)
    except FileNotFoundError:
        raise NotFound from None
    if encoding and is_compressible(document.raw_headers):
        document.encoded(encoding)
    return document


@cache
def _document(file: Path) -> StaticDocument:
    return StaticDocument(file.read_bytes(), MEDIA_TYPES[file.suffix], FOREVER)

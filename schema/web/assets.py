"""The pages that ``make pages`` builds, and the scripts, styles and fonts that they load."""

from asyncio import to_thread
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from resolvers.errors.request import NotFound
from schema.web.compression import accepted_encoding
from schema.web.static_document import StaticDocument

BUILD = Path(__file__).parents[1] / "pages" / "dist"
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml"}
FOREVER = {"cache-control": "public, max-age=31536000, immutable"}
ICON = Path(__file__).with_name("icon.svg")


def built_page(name: str, *, sign_in: bool) -> str | None:
    """Return the HTML of the page ``name``, or None if it is not built; ``sign_in``: with the switch of persons."""
    file = BUILD / name / "index.html"
    if not file.is_file():
        return None
    html = file.read_text(encoding="utf-8")
    return html.replace('name="sign-in" content="headers"', 'name="sign-in" content="switch"') if sign_in else html


class Assets:
    """Serves the files of the build, which have a digest of their content in their names."""

    def __init__(self, directory: Path = BUILD / "assets") -> None:
        self._files = {file.name: file for file in directory.glob("*.*")}

    async def get(self, request: Request) -> Response:
        """Return a file of the build; raise ``NotFound`` for any other name."""
        file = self._files.get(request.path_params["name"])
        if file is None:
            raise NotFound
        document = await to_thread(_document, file)
        if encoding := accepted_encoding(request.scope):
            await to_thread(document.encoded, encoding)  # the largest takes a quarter of a second, once
        return document


def icon() -> Response:
    """Return the icon of every page."""
    return StaticDocument(ICON.read_bytes(), "image/svg+xml", {"cache-control": "public, max-age=86400"})


@cache
def _document(file: Path) -> StaticDocument:
    return StaticDocument(file.read_bytes(), MEDIA_TYPES[file.suffix], FOREVER)

"""The pages that ``make pages`` builds, and the scripts, styles and fonts that they load."""

import gzip
from asyncio import to_thread
from functools import cache
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

from resolvers.errors.request import NotFound

BUILD = Path(__file__).parents[1] / "pages" / "dist"
MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css", ".ttf": "font/ttf", ".svg": "image/svg+xml"}
HEADERS = {"cache-control": "public, max-age=31536000, immutable", "vary": "Accept-Encoding"}
ICON = Path(__file__).with_name("icon.svg").read_bytes()


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
        compressed = "gzip" in request.headers.get("accept-encoding", "")
        content = await to_thread(_compressed if compressed else file.read_bytes, *([file] if compressed else []))
        headers = HEADERS | ({"content-encoding": "gzip"} if compressed else {})
        return Response(content, headers=headers, media_type=MEDIA_TYPES[file.suffix])


async def icon(_request: Request) -> Response:
    """Return the icon of every page, also where a browser looks for one unasked."""
    return Response(ICON, headers={"cache-control": "public, max-age=86400"}, media_type="image/svg+xml")


@cache
def _compressed(file: Path) -> bytes:
    return gzip.compress(file.read_bytes(), mtime=0)

"""``/openapi.json``: the document, with the address under which the client has reached this server."""

import json
from functools import lru_cache

from starlette.requests import Request

from schema.http.host import host_of
from schema.http.static_document import StaticDocument
from schema.openapi.document import ADDRESS, openapi

MAX_DOCUMENTS = 8  # a server has few names, but a client may send any


class OpenapiEndpoint:
    """The handler of ``/openapi.json``. In production TLS ends at a proxy in front, so the scheme is https there."""

    def __init__(self, *, development: bool) -> None:
        self._scheme = "http" if development else "https"
        self._before, self._after = json.dumps(openapi(), ensure_ascii=False, separators=(",", ":")).split(ADDRESS)
        self._document = lru_cache(maxsize=MAX_DOCUMENTS)(self._document_of)

    async def get(self, request: Request) -> StaticDocument:
        host = host_of(request)
        return self._document(f"{self._scheme}://{host}" if host else ADDRESS)

    def _document_of(self, address: str) -> StaticDocument:
        return StaticDocument(self._before + address + self._after, "application/json")

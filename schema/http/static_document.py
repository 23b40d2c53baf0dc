"""Serve a document that never changes: with one strong ``ETag``, and compressed once for each encoding."""

import gzip
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from zstandard import ZstdCompressor

from schema.http.compression import MIN_BYTES, accepted_encoding, encoded_headers, is_compressible
from schema.http.conditional import content_etag, is_not_modified


class StaticDocument(Response):
    """A response that serves every request for the same bytes, and 304 where the client has them.

    Clients cache it but ask each time whether it has changed, unless ``headers`` have another ``cache-control``.
    The 304 carries ``headers`` too: a browser updates those of its copy (RFC 9111 section 4.3.4).
    """

    def __init__(self, content: bytes | str, media_type: str, headers: Mapping[str, str] | None = None) -> None:
        body = content.encode() if isinstance(content, str) else content
        self.etag = content_etag(body)
        all_headers = {"cache-control": "no-cache", "etag": self.etag, **(headers or {})}
        super().__init__(body, headers=all_headers, media_type=media_type)
        self._not_modified = Response(status_code=304, headers=all_headers)
        self._encoded: dict[str, Response] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if is_not_modified(Request(scope), self.etag):
            await self._not_modified(scope, receive, send)
            return
        encoding = accepted_encoding(scope)
        if encoding is None or len(self.body) < MIN_BYTES or not is_compressible(self.raw_headers):
            await super().__call__(scope, receive, send)
            return
        await self.encoded(encoding)(scope, receive, send)

    def encoded(self, encoding: str) -> Response:
        """Return the response in ``encoding``, which is made on first use: a start should not wait for it."""
        if encoding not in self._encoded:
            self._encoded[encoding] = self._encode(encoding)
        return self._encoded[encoding]

    def _encode(self, encoding: str) -> Response:
        """Return the response in ``encoding``, smaller than those that are compressed for each request."""
        body = bytes(self.body)
        small = (
            ZstdCompressor(level=6).compress(body)
            if encoding == "zstd"
            else gzip.compress(body, compresslevel=6, mtime=0)
        )
        response = Response(small)
        response.raw_headers = encoded_headers(self.raw_headers, encoding, len(small))
        return response

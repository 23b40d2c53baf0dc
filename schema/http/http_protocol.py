"""Answer over HTTP/1.1 the clients that offer another protocol: WebSocket, or HTTP/2 as Java's HTTP client does."""

import httptools

from schema.http.ending_protocol import EndingProtocol

HEADER = b"%b: %b\r\n"


class HttpProtocol(EndingProtocol):
    """The protocol of the server: one that takes requests with ``Upgrade``, which it may ignore (RFC 9110, 7.8).

    uvicorn's parser takes such a request for complete after the headers, so that the body would be lost;
    here the request is parsed again without that header, and the body follows.
    """

    def feed(self, piece: memoryview) -> None:
        pieces = [piece]  # the next one last; slices of a view copy nothing
        while pieces:
            piece = pieces.pop()
            try:
                super().feed(piece)
            except httptools.HttpParserUpgrade as upgrade:
                if self._offers_another_protocol():
                    rest = piece[upgrade.args[0] :]
                    pieces = [*([rest] if rest else []), memoryview(self._head_without_upgrade())]

    def on_headers_complete(self) -> None:
        if not self._offers_another_protocol():
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        if not self._offers_another_protocol():
            super().on_message_complete()

    def _offers_another_protocol(self) -> bool:
        """Tell whether the parser stops after the headers; it does so for CONNECT too, which has no body."""
        return self.parser.should_upgrade() and self.parser.get_method() != b"CONNECT"

    def _head_without_upgrade(self) -> bytes:
        """Return the request line and the headers but ``Upgrade``, to be parsed again."""
        line = b"%b %b HTTP/%b\r\n" % (self.parser.get_method(), self.url, self.parser.get_http_version().encode())
        headers = (HEADER % header for header in self.headers if header[0] != b"upgrade")
        return line + b"".join(headers) + b"\r\n"

"""Answer over HTTP/1.1 the clients that offer another protocol: WebSocket, or HTTP/2 as Java's HTTP client does."""

import httptools

from schema.http.ending_protocol import EndingProtocol

HEADER = b"%b: %b\r\n"


class HttpProtocol(EndingProtocol):
    """The protocol of the server: one that takes requests with ``Upgrade``, which it may ignore (RFC 9110, 7.8).

    uvicorn's parser takes such a request for complete after the headers, so that the body would be lost;
    here the request is parsed again without that header, and the body follows.
    """

    offers_another = False  # the parser stops after such a head

    def feed(self, piece: bytes) -> None:
        rest = piece
        while rest:
            try:
                self.parser.feed_data(rest)
                return
            except httptools.HttpParserUpgrade as upgrade:
                if not self.offers_another:
                    return  # CONNECT, which has no body
                rest = self._head_without_upgrade() + rest[upgrade.args[0] :]

    def on_headers_complete(self) -> None:
        self.offers_another = self.parser.should_upgrade() and self.parser.get_method() != b"CONNECT"
        if not self.offers_another:
            super().on_headers_complete()

    def on_message_complete(self) -> None:
        if not self.offers_another:
            super().on_message_complete()

    def _head_without_upgrade(self) -> bytes:
        """Return the request line and the headers but ``Upgrade``, to be parsed again."""
        line = b"%b %b HTTP/%b\r\n" % (self.parser.get_method(), self.url, self.parser.get_http_version().encode())
        headers = (HEADER % header for header in self.headers if header[0] != b"upgrade")
        return line + b"".join(headers) + b"\r\n"

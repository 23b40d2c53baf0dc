"""Answer over HTTP/1.1 the clients that offer another protocol: WebSocket, or HTTP/2 as Java's HTTP client does."""

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEADER = b"%b: %b\r\n"


class HttpProtocol(HttpToolsProtocol):
    """uvicorn's protocol for requests with ``Upgrade``, a header that a server may ignore (RFC 9110 section 7.8).

    Its parser takes such a request for complete after the headers, so that the body would be lost;
    here the request is parsed again without that header, and the body follows.
    """

    def data_received(self, data: bytes) -> None:
        self._unset_keepalive_if_required()
        pieces = [memoryview(data)]  # the next one last; slices of a view copy nothing
        while pieces:
            piece = pieces.pop()
            try:
                self.parser.feed_data(piece)
            except httptools.HttpParserUpgrade as upgrade:
                if self._offers_another_protocol():
                    rest = piece[upgrade.args[0] :]
                    pieces = [*([rest] if rest else []), memoryview(self._head_without_upgrade())]
            except httptools.HttpParserError:
                self.logger.warning("Invalid HTTP request received.")
                self.send_400_response("Invalid HTTP request received.")
                return

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

"""The names of this server in ``Host`` and ``Origin``, which a client may set to anything."""

import re

from starlette.requests import Request

LOOPBACK = r"(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?"
LOOPBACK_HOST = re.compile(LOOPBACK, re.IGNORECASE)
LOOPBACK_ORIGIN = rf"https?://{LOOPBACK}"
# a name or an address with a port, of characters that neither JSON nor a shell interprets
HOST = re.compile(r"[\w.-]{1,253}(:\d{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:\d{1,5})?", re.ASCII)


def host_of(request: Request) -> str | None:
    """Return the ``Host`` of the request, or None unless it is one name or address with a port."""
    host = request.headers.get("host", "")
    return host if HOST.fullmatch(host) else None

"""Give the pages of a development server session tokens of demo users, by ``POST /development/token``."""

import re
from dataclasses import dataclass
from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from db.demo.ids import DEMO_CLINICS, DEMO_ROLES
from resolvers.errors.request import InvalidBody, NotFound
from schema.http.body import parse_object, read_json
from schema.http.host import LOOPBACK_HOST
from schema.server.demo_tokens import development_token
from schema.server.settings import Settings

PROXY_HEADER = re.compile(r"forwarded|via|x-(forwarded|original)-.+|(x|true|cf)-.*ip")


@dataclass(frozen=True, slots=True)
class DevelopmentTokens:
    """The handler, whose tokens are valid for ``seconds``."""

    settings: Settings
    seconds: int = 60

    async def create(self, request: Request) -> Response:
        """Return ``{"token", "expires_in"}``; raise ``NotFound`` unless a page or a program of this machine asks."""
        if not (_is_local(request) and _is_same_origin(request)):
            raise NotFound
        body = parse_object(await read_json(request))
        clinic, role = body.get("clinic"), body.get("role")
        if clinic not in DEMO_CLINICS or role not in DEMO_ROLES:
            raise InvalidBody(f"clinic is one of {', '.join(DEMO_CLINICS)}, role one of {', '.join(DEMO_ROLES)}")
        token = development_token(self.settings, role, clinic, self.seconds)
        return JSONResponse({"token": token, "expires_in": self.seconds})


def _is_local(request: Request) -> bool:
    """Tell whether the client is a program on this machine that addressed the server by a name of this machine.

    The name matters because a web page elsewhere can make its own name point to this machine (DNS rebinding).
    Requests of a proxy or a tunnel come from this machine too, but not from its user.
    """
    if request.client is None or not LOOPBACK_HOST.fullmatch(request.headers.get("host", "")):
        return False
    try:
        address = ip_address(request.client.host)
    except ValueError:
        return False
    client = getattr(address, "ipv4_mapped", None) or address  # with HOST=:: an IPv4 client has such an address
    return client.is_loopback and not any(map(PROXY_HEADER.fullmatch, request.headers))


def _is_same_origin(request: Request) -> bool:
    """Tell whether no page of another origin has sent the request.

    Browsers always name the origin of a POST. A request without one is from a program such as curl,
    and whoever may start programs here could as well run ``python app.py token``.
    """
    own = f"{request.url.scheme}://{request.headers['host']}"
    origin, site = request.headers.get("origin", own), request.headers.get("sec-fetch-site", "same-origin")
    return origin == own and site == "same-origin"

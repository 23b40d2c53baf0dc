"""The issuer of session tokens: its address, and where it publishes its keys."""

import base64
import re
from dataclasses import dataclass
from typing import Self, TypeGuard

MAX_ISSUER = 255

_PORT_AND_PATH = r"(?::\d{1,5})?(?:/[\w.~-]+)*"
_HTTPS = re.compile(r"https://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?" + _PORT_AND_PATH, re.ASCII)
_LOOPBACK = re.compile(r"http://(?:localhost|127\.0\.0\.1|\[::1\])" + _PORT_AND_PATH, re.ASCII)
# RFC 6761: nobody can own a .invalid name; the development issuer has one.
_RESERVED = re.compile(r"https://[^/:]*\.invalid(?:[:/].*)?")
_PUBLISHABLE_KEY = re.compile(r"pk_(?:test|live)_([A-Za-z0-9+/]+={0,2})")


@dataclass(frozen=True, slots=True)
class Issuer:
    """An issuer; ``url`` is what the ``iss`` claim must equal."""

    url: str

    @property
    def jwks_address(self) -> str:
        return f"{self.url}/.well-known/jwks.json"

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Return the issuer at ``url``, with or without a final slash; ``ValueError`` if it is no address."""
        return cls(check_address(url.strip().removesuffix("/")))

    @classmethod
    def from_publishable_key(cls, key: str) -> Self:
        """Return the issuer that a Clerk publishable key names; ``ValueError`` if it names none."""
        match = _PUBLISHABLE_KEY.fullmatch(key.strip())
        host = _decode_host(match[1]) if match else ""
        if "." not in host:
            raise ValueError("A publishable key is pk_test_ or pk_live_, then its host and $ in base64")
        return cls.from_url(f"https://{host}")


def check_address(url: str) -> str:
    """Return ``url`` if it is https, or http on this very machine; raise ``ValueError`` if it is neither."""
    if _is_https(url) or _LOOPBACK.fullmatch(url):
        return url
    raise ValueError(f"An issuer is an https address such as https://clerk.example.com, not {url[:80]!r}")


def is_public_issuer(value: object) -> TypeGuard[str]:
    """Tell whether ``value`` may be an issuer of real tokens: an https address outside of ``.invalid``."""
    return _is_https(value) and _RESERVED.fullmatch(value) is None


def _is_https(value: object) -> TypeGuard[str]:
    """Tell whether ``value`` is a short https address without user, query and fragment."""
    return isinstance(value, str) and len(value) <= MAX_ISSUER and _HTTPS.fullmatch(value) is not None


def _decode_host(encoded_host: str) -> str:
    """Return what stands before the final dollar sign, nothing if ``encoded_host`` is not a host."""
    try:
        text = base64.b64decode(encoded_host + "=" * (-len(encoded_host) % 4)).decode("ascii")
    except ValueError:
        return ""
    return text.removesuffix("$") if text.endswith("$") else ""

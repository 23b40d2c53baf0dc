"""Conditional requests (RFC 9110 section 13): the ETag of a record, and what clients make of it.

A tag begins with the record's version, and that is what ``If-Match`` is held against. An answer
that shows more than the record itself is another representation: its tag goes on with a digest.
"""

import re
from hashlib import blake2b

from starlette.requests import Request

from resolvers.preconditions import ANY, Expected

TAG = re.compile(r'(W/)?"([!#-~]*)"')
LIST = re.compile(rf"[ \t,]*{TAG.pattern}(?:[ \t]*,[ \t,]*{TAG.pattern})*[ \t,]*")


def etag(version: object, body: str, *, whole: bool) -> str:
    """A strong tag; ``whole`` where the body shows other records, too."""
    digest = f"-{blake2b(body.encode(), digest_size=8).hexdigest()}" if whole else ""
    return f'"{version}{digest}"'


def expected(request: Request) -> Expected:
    """What ``If-Match`` demands; a weak tag matches nothing, and a malformed header neither."""
    header = _header(request, "if-match")
    if header is None or header.strip() == "*":
        return ANY
    return Expected(frozenset(tag.partition("-")[0] for weak, tag in _tags(header) if not weak))


def unchanged(request: Request, tag: str) -> bool:
    """Whether ``If-None-Match`` says that the client has this very answer."""
    header = _header(request, "if-none-match")
    if header is None:
        return False
    return header.strip() == "*" or any(f'"{found}"' == tag for _, found in _tags(header))


def _tags(header: str) -> list[tuple[str, str]]:
    """``W/`` or nothing, and what is quoted, of each tag of a list."""
    return TAG.findall(header) if LIST.fullmatch(header) else []


def _header(request: Request, name: str) -> str | None:
    values = request.headers.getlist(name)
    return ", ".join(values) if values else None

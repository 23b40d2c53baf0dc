"""Make the ``ETag`` of responses, and read what conditional requests say of it (RFC 9110 section 13).

The tag of a record begins with its version, which ``If-Match`` is compared with. A response that shows
more than the record itself is another representation: its tag goes on with a digest.
The weak form of a tag counts as the tag: a proxy that compresses responses makes one of ours.
"""

import re
from hashlib import blake2b

from starlette.requests import Request

from resolvers.writes import ANY_VERSION, VersionPrecondition

TAG = re.compile(r'(?:W/)?"([!#-~]*)"')
LIST = re.compile(rf"[ \t,]*{TAG.pattern}(?:[ \t]*,[ \t,]*{TAG.pattern})*[ \t,]*")


def record_etag(version: int, body: str, *, includes_relations: bool) -> str:
    """Return a strong tag: the version, and a digest of ``body`` if it shows other records, too."""
    digest = f"-{blake2b(body.encode(), digest_size=8).hexdigest()}" if includes_relations else ""
    return f'"{version}{digest}"'


def version_precondition(request: Request) -> VersionPrecondition:
    """Return the precondition that ``If-Match`` states; a malformed header matches no version."""
    header = _header(request, "if-match")
    if header is None or header.strip() == "*":
        return ANY_VERSION
    return VersionPrecondition(frozenset(tag.partition("-")[0] for tag in _tags(header)))


def content_etag(content: bytes) -> str:
    """Return a strong tag of the bytes of a response."""
    return f'"{blake2b(content, digest_size=16).hexdigest()}"'


def is_not_modified(request: Request, tag: str) -> bool:
    """Tell whether the client has the response with this tag already, by ``If-None-Match``."""
    header = _header(request, "if-none-match")
    if header is None:
        return False
    return header.strip() == "*" or tag.strip('"') in _tags(header)


def _tags(header: str) -> list[str]:
    """Return what is quoted in each tag of a list, be it weak or strong."""
    return TAG.findall(header) if LIST.fullmatch(header) else []


def _header(request: Request, name: str) -> str | None:
    values = request.headers.getlist(name)
    return ", ".join(values) if values else None

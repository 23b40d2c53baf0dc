"""A page of a list as its URL requests it, and the ``Link`` header (RFC 8288) to the other pages."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from db.query import PageQuery
from resolvers.reads import ReadRequest


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One page of a list. ``address`` is what the URLs of all its pages begin with: the page's number follows."""

    read_request: ReadRequest
    address: str
    number: int
    size: int

    @classmethod
    def parse(cls, read_request: ReadRequest, path: str, parameters: QueryParams) -> "PageRequest":
        """Return the page that ``read_request``, made from the same URL, reads."""
        query = read_request.read.query
        assert isinstance(query, PageQuery)
        return cls(read_request, page_address(path, parameters), query.page, query.size)

    def link(self, total: int) -> str:
        """Return the ``Link`` header for a list of ``total`` records."""
        return links(self.address, self.number, self.size, total)


def page_address(path: str, parameters: QueryParams) -> str:
    """Return the URL of the list with all parameters of the request but ``page``, whose value is to follow."""
    query = urlencode([(name, value) for name, value in parameters.multi_items() if name != "page"])
    return f"{path}?{query}{'&' if query else ''}page="


def links(address: str, page: int, size: int, total: int) -> str:
    """Return the links to the first, previous, next and last page, as far as they exist, relative to the server."""
    last = max(1, -(-total // size))
    pages = {"first": 1, "prev": min(page - 1, last), "next": page + 1, "last": last}
    return ", ".join(
        f'<{address}{number}>; rel="{relation}"' for relation, number in pages.items() if 1 <= number <= last
    )

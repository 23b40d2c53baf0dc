"""A page of a list as its URL requests it, and the ``Link`` header (RFC 8288) to the other pages."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from db.query import PageQuery, Query
from resolvers.reads import ReadRequest


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One page of a list.

    ``address`` is the URL of the list with all parameters of the request but the number of the page, which is to
    follow.
    """

    read_request: ReadRequest
    address: str
    number: int
    size: int

    @classmethod
    def parse(cls, read_request: ReadRequest, query: Query, path: str, parameters: QueryParams) -> "PageRequest":
        """Return the page that ``read_request``, made from the same URL, reads by ``query``."""
        assert isinstance(query, PageQuery)
        others = urlencode([(name, value) for name, value in parameters.multi_items() if name != "page"])
        return cls(read_request, f"{path}?{others}{'&' if others else ''}page=", query.page, query.size)

    def link(self, total: int) -> str:
        """Return the links to the first, previous, next and last page of ``total`` records, as far as they exist."""
        last = max(1, -(-total // self.size))
        pages = {"first": 1, "prev": min(self.number - 1, last), "next": self.number + 1, "last": last}
        return ", ".join(
            f'<{self.address}{page}>; rel="{relation}"' for relation, page in pages.items() if 1 <= page <= last
        )

"""The ``Link`` header of lists (RFC 8288): where first, previous, next and last page are."""

from urllib.parse import urlencode

from starlette.datastructures import QueryParams


def address_of(path: str, parameters: QueryParams) -> str:
    """What the addresses of all pages of a list begin with: the request's own parameters, but the page."""
    kept = urlencode([(name, value) for name, value in parameters.multi_items() if name != "page"])
    return f"{path}?{kept}{'&' if kept else ''}page="


def links(address: str, page: int, size: int, total: int) -> str:
    """Relative to the server; the number of each page goes behind ``address``."""
    last = max(1, -(-total // size))
    pages = {"first": 1, "prev": min(page - 1, last), "next": page + 1, "last": last}
    return ", ".join(
        f'<{address}{number}>; rel="{relation}"' for relation, number in pages.items() if 1 <= number <= last
    )

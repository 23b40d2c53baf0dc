"""The ``Link`` header of lists (RFC 8288): where first, previous, next and last page are."""

from urllib.parse import urlencode

from starlette.requests import Request


def links(request: Request, page: int, size: int, total: int) -> str:
    """Relative to the server, with the request's own parameters."""
    last = max(1, -(-total // size))
    pages = {"first": 1, "prev": min(page - 1, last), "next": page + 1, "last": last}
    kept = urlencode([(name, value) for name, value in request.query_params.multi_items() if name != "page"])
    address = f"{request.scope['path']}?{kept}{'&' if kept else ''}page="
    return ", ".join(
        f'<{address}{number}>; rel="{relation}"' for relation, number in pages.items() if 1 <= number <= last
    )

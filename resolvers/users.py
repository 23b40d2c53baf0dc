"""Users of an organization, listed for its admins, and the viewer's own record."""

from db.query import ViewerQuery
from db.selection import Read, Selection
from resolvers.lists import USERS, ListRequest
from resolvers.reads import ReadRequest
from resolvers.viewer import Admin, Viewer


def list_users(_admin: Admin, request: ListRequest, selection: Selection) -> ReadRequest:
    """Return the request for a page of users; the ``Admin`` proves that the viewer may see them."""
    return ReadRequest(Read("user", USERS.query(request), selection))


def get_viewer(viewer: Viewer, selection: Selection) -> ReadRequest:
    """Return the request for the viewer: the role of the token, the organization and the user's own record."""
    query = ViewerQuery({"id": viewer.user_id, "role": viewer.role})
    return ReadRequest(Read("viewer", query, selection))

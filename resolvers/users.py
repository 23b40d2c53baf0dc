"""Users of an organization, listed for its admins."""

from db.selection import Read, Selection
from resolvers.lists import USERS, ListRequest
from resolvers.read_request import ReadRequest
from resolvers.viewer import Admin


def list_users(_admin: Admin, request: ListRequest, selection: Selection) -> ReadRequest:
    """The admin is the proof that whoever asks may see all users."""
    return ReadRequest(Read("user", USERS.query(request), selection))

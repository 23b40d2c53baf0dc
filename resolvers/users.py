"""Users of an organization, listed for its admins."""

from db.selection import Read, Selection
from resolvers.ask import Ask
from resolvers.lists import USERS, ListRequest
from resolvers.viewer import Admin


def list_users(_admin: Admin, request: ListRequest, selection: Selection) -> Ask:
    """The admin is the proof that whoever asks may see all users."""
    return Ask(Read("user", USERS.query(request), selection))

"""The tenant of a transaction: whose rows it may see, and whether it may change them."""

import re
from dataclasses import dataclass
from typing import Literal

Role = Literal["admin", "member"]
SAFE_ID = re.compile(r"[A-Za-z0-9._:-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Tenant:
    """One organization, seen as one of its members or as an admin.

    ``user_id`` is the identity provider's id of who acts; it is empty where nobody does, as when demo data is written.
    """

    organization_id: int
    role: Role
    user_id: str = ""

    def begin(self, *, write: bool, custom_plan: bool = False, session_id: str = "", request_id: str = "") -> str:
        """Return the SQL that opens a transaction, with the settings that row level security and the audit log read.

        ``custom_plan``: PostgreSQL plans each statement for its values instead of once for all values.
        The ids of user, session and request are for the audit log, so only a write sets them.

        A write does not ask for ``read write``: it obeys a database that was made read-only, such as one whose disk
        is nearly full or that is being moved.

        ``set local`` and not ``set_config()``: it is safe under transaction pooling and known to
        distributed PostgreSQL. No value can be bound, so each is checked here first.
        """
        if type(self.organization_id) is not int or self.role not in ("admin", "member"):
            raise ValueError("not a tenant")
        return (
            f"begin{'' if write else ' read only'};"
            f"set local app.organization_id = '{self.organization_id}';"
            f"set local app.role = '{self.role}'"
            f"{';set local plan_cache_mode = force_custom_plan' if custom_plan else ''}"
            f"{_actor_settings(self.user_id, session_id, request_id) if write else ''}"
        )


def _actor_settings(user_id: str, session_id: str, request_id: str) -> str:
    """Return the settings that name who acts; raise ``ValueError`` if a value could end its quotation."""
    settings = {"user_id": user_id, "session_id": session_id, "request_id": request_id}
    if not all(SAFE_ID.fullmatch(value) for value in settings.values()):
        raise ValueError("not the id of a user, a session or a request")
    return "".join(f";set local app.{name} = '{value}'" for name, value in settings.items() if value)

"""The tenant of a transaction: whose rows it may see, and whether it may change them."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["admin", "member"]


@dataclass(frozen=True, slots=True)
class Tenant:
    """One organization, seen as one of its members or as an admin."""

    organization_id: int
    role: Role

    def begin(self, *, write: bool, custom_plan: bool = False) -> str:
        """Return the SQL that opens a transaction, with the settings that row level security reads.

        ``custom_plan``: PostgreSQL plans each statement for its values instead of once for all values.

        A write does not ask for ``read write``: it obeys a database that was made read-only, such as one whose disk
        is nearly full or that is being moved.

        ``set local`` and not ``set_config()``: it is safe under transaction pooling and known to
        distributed PostgreSQL. Neither value can be bound, so both are checked here first.
        """
        if type(self.organization_id) is not int or self.role not in ("admin", "member"):
            raise ValueError("not a tenant")
        return (
            f"begin{'' if write else ' read only'};"
            f"set local app.organization_id = '{self.organization_id}';"
            f"set local app.role = '{self.role}'"
            f"{';set local plan_cache_mode = force_custom_plan' if custom_plan else ''}"
        )

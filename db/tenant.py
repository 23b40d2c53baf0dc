"""Whose rows a transaction may see, and whether it may change them."""

from dataclasses import dataclass
from typing import Literal

Role = Literal["admin", "member"]


@dataclass(frozen=True, slots=True)
class Tenant:
    """One organization, seen as one of its members or as an admin."""

    organization_id: int
    role: Role

    def begin(self, *, write: bool, own_plan: bool = False) -> str:
        """The message that opens a transaction inside the second wall.

        ``own_plan``: PostgreSQL plans the statement for its very values, and not once for all.

        ``set local`` and not ``set_config()``: it is safe under transaction pooling and known to
        distributed PostgreSQL. Both values are proved harmless here, for they are not bound.
        """
        if type(self.organization_id) is not int or self.role not in ("admin", "member"):
            raise ValueError("not a tenant")
        access = "read write" if write else "read only"
        return (
            f"begin {access};"
            f"set local app.organization_id = '{self.organization_id}';"
            f"set local app.role = '{self.role}'"
            f"{';set local plan_cache_mode = force_custom_plan' if own_plan else ''}"
        )

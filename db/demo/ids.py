"""The demo clinics, the roles that have a demo user in each, and the ids that Clerk would give them."""

DEMO_CLINICS = ("north", "south")
DEMO_ROLES = ("admin", "specialist", "patient")


def demo_organization_id(slug: str) -> str:
    """Return the Clerk id of a demo organization."""
    return f"org_demo_{slug}"


def demo_user_id(slug: str, name: str) -> str:
    """Return the Clerk id of a demo user, whose name is a role, such as ``admin``, or the slug of a specialist."""
    return f"user_demo_{slug}_{name}"

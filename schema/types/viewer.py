"""The viewer and the organization of the session."""

import strawberry

from schema.types.user import User


@strawberry.type(description="A clinic.")
class Organization:
    id: strawberry.ID = strawberry.field(description="Identifies the organization.")
    slug: str | None = strawberry.field(description="The organization's address.")
    name: str | None = strawberry.field(description="The name of the organization.")


@strawberry.type(description="Whoever the session token speaks for.")
class Viewer:
    id: strawberry.ID = strawberry.field(description="Identifies the user, as Clerk does.")
    role: str = strawberry.field(description="`admin`, or the role of the token without its prefix.")
    organization: Organization = strawberry.field(description="The organization that is active in the session.")
    user: User | None = strawberry.field(description="The viewer's own record, once there is one.")

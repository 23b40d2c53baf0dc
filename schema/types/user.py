"""A user of the organization."""

import strawberry

from schema.types.connection import connection_of


@strawberry.type(description="A person who signs in to the organization.")
class User:
    id: strawberry.ID = strawberry.field(description="Identifies the user within the organization.")
    email: str | None = strawberry.field(description="The user's primary e-mail address.")
    username: str | None = strawberry.field(description="The name the user signs in with.")
    role: str = strawberry.field(description="The role on record; what a user may do is decided by the token.")


UserConnection = connection_of(User, "users")

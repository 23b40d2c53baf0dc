"""A user of the organization."""

import strawberry

from schema.types.connection import PageInfo


@strawberry.type(description="A person who signs in to the organization.")
class User:
    id: strawberry.ID = strawberry.field(description="Identifies the user within the organization.")
    email: str | None = strawberry.field(description="The user's primary e-mail address.")
    username: str | None = strawberry.field(description="The name the user signs in with.")
    role: str = strawberry.field(description="The role on record; what a user may do is decided by the token.")


@strawberry.type(description="A user within a page.")
class UserEdge:
    cursor: str = strawberry.field(description="The place of the user in the list, for `after` and `before`.")
    node: User = strawberry.field(description="The user.")


@strawberry.type(description="A page of users.")
class UserConnection:
    nodes: list[User] = strawberry.field(description="The users of the page.")
    edges: list[UserEdge] = strawberry.field(description="The same, each with its cursor.")
    page_info: PageInfo = strawberry.field(description="Where the page stands in the list.")
    total_count: int = strawberry.field(description="How many users the whole list has.")

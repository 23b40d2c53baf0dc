"""A page of a list in GraphQL: its records, each with its cursor, and where it stands in the list."""

from types import GenericAlias
from typing import Any

import strawberry


@strawberry.type(description="Where a page stands in its list.")
class PageInfo:
    has_next_page: bool = strawberry.field(description="Whether the list goes on after this page.")
    has_previous_page: bool = strawberry.field(description="Whether the list has rows before this page.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first row; null on an empty page.")
    end_cursor: str | None = strawberry.field(description="The cursor of the last row; null on an empty page.")
    page: int | None = strawberry.field(description="The number of the page, from 1; null when asked by cursor.")
    page_size: int = strawberry.field(description="How many rows a page holds at most, 0 to 100.")
    total_pages: int = strawberry.field(description="How many pages of this size the list has.")


def connection_of(record: type, plural: str) -> type:
    """Return the type of a page of ``record``, a Strawberry type; descriptions call the records ``plural``.

    The types are made by hand: a generic type would describe the records of every list by the same words.
    """
    singular = record.__name__.lower()

    @strawberry.type(name=f"{record.__name__}Edge", description=f"A {singular} within a page.")
    class Edge:
        cursor: str = strawberry.field(
            description=f"The place of the {singular} in the list, for `after` and `before`."
        )
        node: Any = strawberry.field(graphql_type=record, description=f"The {singular}.")

    @strawberry.type(name=f"{record.__name__}Connection", description=f"A page of {plural}.")
    class Connection:
        nodes: Any = strawberry.field(
            graphql_type=GenericAlias(list, (record,)), description=f"The {plural} of the page."
        )
        edges: list[Edge] = strawberry.field(description="The same, each with its cursor.")
        page_info: PageInfo = strawberry.field(description="Where the page stands in the list.")
        total_count: int = strawberry.field(description=f"How many {plural} the whole list has.")

    return Connection

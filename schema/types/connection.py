"""What every page of a list says of itself."""

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

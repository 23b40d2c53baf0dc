"""The GraphQL arguments that several fields share."""

from typing import Annotated

import strawberry

Page = Annotated[
    int | None, strawberry.argument(description="The number of the page, from 1. Not together with cursors.")
]
PageSize = Annotated[
    int | None,
    strawberry.argument(description="Rows a page, from 1; more than 100 is served as 100. Default 25."),
]
First = Annotated[
    int | None,
    strawberry.argument(description="So many rows from the start, or after `after`; more than 100 is served as 100."),
]
After = Annotated[str | None, strawberry.argument(description="Only rows that follow this cursor.")]
Last = Annotated[
    int | None,
    strawberry.argument(description="So many rows from the end, or before `before`; more than 100 is served as 100."),
]
Before = Annotated[str | None, strawberry.argument(description="Only rows that precede this cursor.")]
Id = Annotated[strawberry.ID, strawberry.argument(description="The id of the record.")]
Slug = Annotated[str, strawberry.argument(description="The slug of the record.")]
IfVersion = Annotated[
    str | None,
    strawberry.argument(description="Write only if the record's `version` is this one; else `precondition_failed`."),
]
IdempotencyKey = Annotated[
    str | None,
    strawberry.argument(
        description="Makes the create safe to repeat: for 24 hours, the same input under the same key creates nothing"
        " more, and is answered with the first record. 1 to 255 visible ASCII characters."
    ),
]

"""A change of a record as the audit log has it: what was changed, when and by whom."""

from enum import Enum

import strawberry

from schema.types.connection import connection_of
from schema.types.scalars import DateTime
from schema.types.user import User


@strawberry.enum(description="What was done to a row.")
class ChangeAction(Enum):
    CREATE = strawberry.enum_value("create", description="It was inserted.")
    UPDATE = strawberry.enum_value("update", description="Some of its fields were changed; a soft delete is one, too.")
    DELETE = strawberry.enum_value("delete", description="It was removed.")


@strawberry.enum(description="A table of records.")
class ChangedTable(Enum):
    SPECIALISTS = strawberry.enum_value("specialists", description="A specialist's own fields.")
    SPECIALTIES = strawberry.enum_value("specialties", description="A specialty's own fields.")
    SPECIALIST_SPECIALTIES = strawberry.enum_value(
        "specialist_specialties", description="A specialty that a specialist holds, by its id."
    )
    WEEKLY_HOURS = strawberry.enum_value("weekly_hours", description="An interval of a specialist's weekly hours.")
    OVERRIDES = strawberry.enum_value("overrides", description="An exception to a specialist's weekly hours.")


@strawberry.type(description="A field that was changed, with its values as text.")
class FieldChange:
    name: str = strawberry.field(
        description="The name of the field, as this API spells it.", metadata={"spelling": "camelCase"}
    )
    old: str | None = strawberry.field(description="The value before; null if there was none.")
    new: str | None = strawberry.field(description="The value after; null if there is none.")


@strawberry.type(description="A change of one row, as the audit log has it.")
class Change:
    id: strawberry.ID = strawberry.field(description="Identifies the change within the organization.")
    at: DateTime = strawberry.field(description="When it was made.")
    action: ChangeAction = strawberry.field(description="What was done to the row.")
    table_name: ChangedTable = strawberry.field(description="The table of the row.")
    record_id: strawberry.ID = strawberry.field(
        description="The id of the row; of a specialty that a specialist holds, the specialty's."
    )
    actor_id: str | None = strawberry.field(
        description="The Clerk id of the user who made it; null if it was not made through this server."
    )
    session_id: str | None = strawberry.field(description="The Clerk id of the user's session.")
    request_id: str | None = strawberry.field(description="The `X-Request-Id` of the request that made it.")
    fields: list[FieldChange] = strawberry.field(description="What was changed, by name.")
    actor: User | None = strawberry.field(description="The user who made it, as on record now.")


ChangeConnection = connection_of(Change, "changes")

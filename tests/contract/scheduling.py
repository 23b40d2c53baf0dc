"""The writes that only GraphQL has: weekly hours and overrides."""

from dataclasses import dataclass
from typing import Any

from tests.client import Member

Rows = list[dict[str, Any]]
HOURS = "weeklyHours { id dayOfWeek startTime endTime }"
OVERRIDES = "overrides { id date endDate isAvailable startTime endTime appointmentTypeId reason }"


@dataclass(frozen=True)
class Mutation:
    """The result of a mutation: the field that it wrote, or its error."""

    data: Any = None
    code: str | None = None
    status: int = 200
    message: str = ""


async def set_weekly_hours(who: Member, specialist: object, rows: Rows) -> Mutation:
    document = f"""mutation ($id: ID!, $rows: [WeeklyHoursInput!]!) {{
        specialist: setWeeklyHours(specialistId: $id, weeklyHours: $rows) {{ {HOURS} }}
    }}"""
    return _read(await who.graphql(document, id=str(specialist), rows=rows), "weeklyHours")


async def set_overrides(who: Member, specialist: object, rows: Rows) -> Mutation:
    document = f"""mutation ($id: ID!, $rows: [OverrideInput!]!) {{
        specialist: setOverrides(specialistId: $id, overrides: $rows) {{ {OVERRIDES} }}
    }}"""
    return _read(await who.graphql(document, id=str(specialist), rows=rows), "overrides")


def _read(body: dict[str, Any], field: str) -> Mutation:
    if "errors" in body:
        error = body["errors"][0]
        return Mutation(None, error["extensions"]["code"], error["extensions"]["status"], error["message"])
    return Mutation(body["data"]["specialist"][field])

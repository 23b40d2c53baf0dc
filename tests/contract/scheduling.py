"""The writes that only GraphQL has: weekly hours and overrides."""

from dataclasses import dataclass
from typing import Any

from tests.client import Member

Rows = list[dict[str, Any]]
HOURS = "weeklyHours { id dayOfWeek startTime endTime }"
OVERRIDES = "overrides { id date endDate isAvailable startTime endTime appointmentTypeId reason }"


@dataclass(frozen=True)
class Written:
    """The field that was written, or the error."""

    data: Any = None
    code: str | None = None
    status: int = 200
    message: str = ""


async def set_weekly_hours(who: Member, specialist: object, rows: Rows) -> Written:
    document = f"""mutation ($id: ID!, $rows: [WeeklyHoursInput!]!) {{
        made: setWeeklyHours(specialistId: $id, weeklyHours: $rows) {{ {HOURS} }}
    }}"""
    return _written(await who.graphql(document, id=str(specialist), rows=rows), "weeklyHours")


async def set_overrides(who: Member, specialist: object, rows: Rows) -> Written:
    document = f"""mutation ($id: ID!, $rows: [OverrideInput!]!) {{
        made: setOverrides(specialistId: $id, overrides: $rows) {{ {OVERRIDES} }}
    }}"""
    return _written(await who.graphql(document, id=str(specialist), rows=rows), "overrides")


def _written(told: dict[str, Any], field: str) -> Written:
    if "errors" in told:
        error = told["errors"][0]
        return Written(None, error["extensions"]["code"], error["extensions"]["status"], error["message"])
    return Written(told["data"]["made"][field])

"""A field has one name in each API, in ``field`` and in messages; GraphQL's errors lead to it by a path, too."""

import re
from typing import Any

import pytest
from strawberry.utils.str_converters import to_camel_case

from resolvers.errors.problem import Problem
from schema.http.errors import rest_name
from schema.rest.catalogue import catalogue
from tests.clinic import Clinic

Json = dict[str, Any]
SNAKE, CAMEL = re.compile(r"[a-z]_[a-z]"), re.compile(r"\b[a-z]+[A-Z]")
INVALID: dict[str, tuple[object, str]] = {
    "name": ("x" * 201, "Name must be text of 1 to 200 characters"),
    "title": ("x" * 201, "Title must be text of at most 200 characters"),
    "description": ("\0", "Description must be text of at most 10,000 characters"),
    "slug": ("A", "Slug must be lowercase alphanumeric with hyphens"),
    "specialty_ids": (list(range(1, 102)), "{} must be a list of at most 100 integers"),
    "signature_url": ("x", "Signature URL must be an https URL of at most 2,048 characters"),
    "avatar_url": ("x", "Avatar URL must be an https URL of at most 2,048 characters"),
    "scheduling_timezone": ("EST", "Timezone is not a valid IANA timezone"),
    "scheduling_active": (None, "{} must be true or false"),
    "minicrm_name": ("x" * 201, "MiniCRM name must be text of at most 200 characters"),
}
UPDATE = "mutation ($id: ID!, $input: UpdateSpecialistInput!) { updateSpecialist(id: $id, input: $input) { id } }"
SET_HOURS = """mutation ($id: ID!, $rows: [WeeklyHoursInput!]!) {
    setWeeklyHours(specialistId: $id, weeklyHours: $rows) { id }
}"""
SET_OVERRIDES = """mutation ($id: ID!, $rows: [OverrideInput!]!) {
    setOverrides(specialistId: $id, overrides: $rows) { id }
}"""
HOURS = {"dayOfWeek": 1, "startTime": "09:00", "endTime": "17:00"}
AWAY = {"date": "2030-01-07", "isAvailable": False}


def camel(values: Json) -> Json:
    return {to_camel_case(name): value for name, value in values.items()}


async def extensions_of(clinic: Clinic, document: str, **variables: object) -> Json:
    """The extensions of the one error that ``document`` is answered with."""
    (error,) = (await clinic.admin.graphql(document, **variables))["errors"]
    extensions: Json = error["extensions"]
    assert error["message"] == extensions["errors"][0]["message"]
    return extensions


@pytest.mark.parametrize("problem", [*catalogue()], ids=lambda problem: problem.code)
def test_a_message_names_fields_as_the_api_that_is_asked_does(problem: Problem) -> None:
    rest, graphql = problem.text(rest_name), problem.text(to_camel_case)

    assert not CAMEL.search(rest) or "rest" not in problem.apis
    assert not SNAKE.search(graphql)
    assert "{" not in rest + graphql


@pytest.mark.parametrize("field", INVALID)
async def test_an_invalid_field_has_its_name_in_either_spelling(north: Clinic, field: str) -> None:
    specialist = await north.add_specialist()
    value, message = INVALID[field]
    name = to_camel_case(field)

    rest = (await north.admin.rest("PUT", f"/v1/specialists/{specialist}", {field: value})).json()["error"]
    graphql = await extensions_of(north, UPDATE, id=specialist, input={name: value})

    assert (rest["field"], rest["message"]) == (field, message.format(field))
    (error,) = graphql["errors"]
    assert graphql["field"] == name
    assert error == {
        "code": rest["code"],
        "field": name,
        "message": message.format(name),
        "path": ["input", name],
    }


async def test_all_invalid_fields_are_listed_in_either_spelling(north: Clinic) -> None:
    specialist = await north.add_specialist()
    body = {field: value for field, (value, _) in INVALID.items()}

    rest = (await north.admin.rest("PUT", f"/v1/specialists/{specialist}", body)).json()["error"]["errors"]
    graphql = (await extensions_of(north, UPDATE, id=specialist, input=camel(body)))["errors"]

    assert [error["field"] for error in rest] == list(INVALID)
    assert [error["path"] for error in graphql] == [["input", to_camel_case(field)] for field in INVALID]
    assert [error["code"] for error in graphql] == [error["code"] for error in rest]


async def test_an_integer_that_is_none_has_the_name_that_rest_gives_it(north: Clinic) -> None:
    answer = await north.admin.rest("POST", "/v1/specialists", {"name": "A", "slug": "a", "user_id": "x"})

    assert answer.json()["error"]["message"] == "user_id must be an integer"


@pytest.mark.parametrize(
    ("arguments", "path", "message"),
    [
        ("page: 0", ["page"], "page must be an integer of at least 1"),
        ("pageSize: 0", ["pageSize"], "pageSize must be an integer of at least 1"),
        ("first: -1", ["first"], "first must be an integer of at least 0"),
        ("last: -1", ["last"], "last must be an integer of at least 0"),
        ("first: 1, last: 1", ["first"], "first does not go with last"),
        ("page: 1, pageSize: 1, first: 1", ["page"], "page and pageSize do not go with first, after, last and before"),
        ('after: "x"', ["after"], "The cursor cannot be read"),
        ('before: "x"', ["before"], "The cursor cannot be read"),
        (
            'filter: {search: "\\u0000"}',
            ["filter", "search"],
            "search must be text of at most 200 characters and 8 words",
        ),
    ],
)
@pytest.mark.parametrize("list_", ["specialists", "specialties", "users"])
async def test_an_invalid_argument_of_a_list_has_its_path(
    north: Clinic, list_: str, arguments: str, path: list[str], message: str
) -> None:
    extensions = await extensions_of(north, f"{{ {list_}({arguments}) {{ totalCount }} }}")

    assert extensions["field"] == path[-1]
    assert [(error["path"], error["message"]) for error in extensions["errors"]] == [(path, message)]


async def test_an_invalid_argument_further_down_has_no_path_in_the_root_field(north: Clinic) -> None:
    extensions = await extensions_of(
        north, "{ specialties(first: 1) { nodes { specialists(first: -1) { totalCount } } } }"
    )

    assert extensions["field"] == "first"
    assert "path" not in extensions["errors"][0]


@pytest.mark.parametrize("name", ["page", "page_size"])
async def test_rest_names_its_own_parameters(north: Clinic, name: str) -> None:
    error = (await north.admin.rest("GET", f"/v1/specialists?{name}=0")).json()["error"]

    assert (error["field"], error["message"]) == (name, f"{name} must be an integer of at least 1")


async def test_a_conflict_and_a_reference_have_a_path_too(north: Clinic) -> None:
    await north.add_specialist(slug="taken")
    specialist = await north.add_specialist()

    codes: dict[str, Json] = {
        "slug_exists": {"slug": "taken"},
        "user_not_found": {"userId": "1"},
        "specialty_not_found": {"specialtyIds": ["1"]},
    }
    for code, input_ in codes.items():
        extensions = await extensions_of(north, UPDATE, id=specialist, input=input_)
        assert extensions["code"] == code
        assert extensions["errors"][0]["path"] == ["input", *input_]


@pytest.mark.parametrize(
    ("row", "place", "message"),
    [
        ({"dayOfWeek": 8}, ["dayOfWeek"], "dayOfWeek runs from 1 (Monday) to 7 (Sunday)"),
        ({"startTime": "24:00"}, ["startTime"], "A local time is written HH:MM"),
        ({"endTime": "9"}, ["endTime"], "A local time is written HH:MM"),
    ],
)
async def test_an_invalid_row_of_the_weekly_hours_has_its_index(
    north: Clinic, row: Json, place: list[str], message: str
) -> None:
    rows = [HOURS, HOURS | {"dayOfWeek": 2}, HOURS | row]

    extensions = await extensions_of(north, SET_HOURS, id=await north.add_specialist(), rows=rows)

    (error,) = extensions["errors"]
    assert (error["code"], error["field"]) == ("invalid_weekly_hours", "weeklyHours")
    assert (error["path"], error["message"]) == (["weeklyHours", 2, *place], message)


@pytest.mark.parametrize(
    ("row", "place", "message"),
    [
        ({"date": "x"}, ["date"], "A date is written YYYY-MM-DD"),
        ({"endDate": "x"}, ["endDate"], "A date is written YYYY-MM-DD"),
        ({"endDate": "2030-01-06"}, ["endDate"], "endDate is on or after date, by less than 366 days"),
        ({"startTime": "x", "endTime": "10:00"}, ["startTime"], "A local time is written HH:MM"),
        ({"startTime": "10:00", "endTime": "x"}, ["endTime"], "A local time is written HH:MM"),
        ({"startTime": "10:00"}, [], "startTime and endTime are given both or neither"),
        (
            {"startTime": "10:00", "endTime": "10:00"},
            [],
            "startTime and endTime are the same; a whole day is 00:00 to 00:00",
        ),
        ({"appointmentTypeId": "x"}, ["appointmentTypeId"], "appointmentTypeId must be an id"),
        ({"reason": "x" * 1_001}, ["reason"], "reason must be text of at most 1,000 characters"),
    ],
)
async def test_an_invalid_row_of_the_overrides_has_its_index(
    north: Clinic, row: Json, place: list[str], message: str
) -> None:
    rows = [AWAY, AWAY | row]

    extensions = await extensions_of(north, SET_OVERRIDES, id=await north.add_specialist(), rows=rows)

    (error,) = extensions["errors"]
    assert (error["code"], error["field"]) == ("invalid_overrides", "overrides")
    assert (error["path"], error["message"]) == (["overrides", 1, *place], message)


async def test_weekly_hours_that_overlap_have_the_index_of_the_one_that_begins_too_early(north: Clinic) -> None:
    late, early = HOURS | {"startTime": "16:00", "endTime": "18:00"}, HOURS

    extensions = await extensions_of(
        north, SET_HOURS, id=await north.add_specialist(), rows=[HOURS | {"dayOfWeek": 2}, late, early]
    )

    (error,) = extensions["errors"]
    assert (error["path"], error["message"]) == (["weeklyHours", 1], "Weekly hours overlap")


async def test_every_invalid_row_is_listed(north: Clinic) -> None:
    rows = [HOURS | {"dayOfWeek": 0}, HOURS, HOURS | {"endTime": "x"}]

    extensions = await extensions_of(north, SET_HOURS, id=await north.add_specialist(), rows=rows)

    assert [error["path"] for error in extensions["errors"]] == [
        ["weeklyHours", 0, "dayOfWeek"],
        ["weeklyHours", 2, "endTime"],
    ]


async def test_braces_that_a_client_sent_stay_as_they_are(north: Clinic) -> None:
    (error,) = (await north.admin.graphql("query ($n: Int) { specialists(page: $n) { totalCount } }", n="{page_size}"))[
        "errors"
    ]

    assert "{page_size}" in error["message"]

"""Null for a variable of an introspection: an error with a code, and null where the specification puts it."""

from typing import Any

import pytest
from graphql import execute_sync, parse

from schema.definition import GRAPHQL_SCHEMA
from tests.client import ask
from tests.clinic import Clinic

BY_NAME = 'query ($n: String = "Query") { __type(name: $n) { name } %s }'


@pytest.mark.parametrize(
    ("more", "data"),
    [
        ("", {"__type": None}),
        ("__schema { queryType { name } }", {"__type": None, "__schema": {"queryType": {"name": "Query"}}}),
        ("viewer { role }", {"__type": None, "viewer": {"role": "patient"}}),
    ],
)
async def test_null_for_the_name_of_a_type_fails_its_field_alone(more: str, data: dict[str, Any], west: Clinic) -> None:
    reply = await ask(west.patient, BY_NAME % more, {"n": None})

    assert reply.data == data
    assert reply.paths == [["__type"]]
    assert reply.codes == ["bad_user_input"]


async def test_the_error_is_the_librarys(west: Clinic) -> None:
    document = BY_NAME % ""
    expected = execute_sync(GRAPHQL_SCHEMA, parse(document), variable_values={"n": None})

    reply = await ask(west.patient, document, {"n": None})

    errors = [{key: error[key] for key in ("message", "locations", "path")} for error in reply.errors]
    assert errors == [error.formatted for error in expected.errors or ()]


async def test_null_propagates_to_where_null_may_stand(west: Clinic) -> None:
    document = "query ($b: Boolean = true) { __schema { types { fields(includeDeprecated: $b) { name } } } }"
    expected = execute_sync(GRAPHQL_SCHEMA, parse(document), variable_values={"b": None})

    reply = await ask(west.patient, document, {"b": None})

    assert reply.data == expected.data
    assert set(reply.codes) == {"bad_user_input"}


async def test_null_propagates_to_the_whole_of_the_data(west: Clinic) -> None:
    """Every field on the way from the arguments of a directive is one that cannot be null."""
    arguments = "args(includeDeprecated: $b) { name }"
    document = f"query ($b: Boolean = true) {{ viewer {{ role }} __schema {{ directives {{ {arguments} }} }} }}"

    reply = await ask(west.patient, document, {"b": None})

    assert reply.body["data"] is None
    assert set(reply.codes) == {"bad_user_input"}
    assert reply.errors[0]["path"][:2] == ["__schema", "directives"]

"""The schema can be asked for, alone or beside data."""

from typing import Any

import pytest
from graphql import (
    GraphQLSchema,
    build_client_schema,
    build_schema,
    get_introspection_query,
    introspection_from_schema,
    lexicographic_sort_schema,
    print_schema,
)

from schema.definition import SCHEMA
from tests.client import ask, json_text
from tests.clinic import Clinic
from tests.roster import FIRST_ID


def _printed(schema: GraphQLSchema) -> str:
    return print_schema(lexicographic_sort_schema(schema))


@pytest.mark.parametrize("everything", [False, True])
async def test_the_standard_introspection_query_tells_the_whole_schema(everything: bool, west: Clinic) -> None:
    options = dict.fromkeys(("specified_by_url", "schema_description", "input_value_deprecation"), everything)
    document = get_introspection_query(directive_is_repeatable=everything, **options)

    reply = await ask(west.patient, document, operation_name="IntrospectionQuery")

    assert reply.errors == []
    expected = build_client_schema(introspection_from_schema(build_schema(SCHEMA.as_str()), **options))
    assert _printed(build_client_schema(reply.data)) == _printed(expected)


async def test_everything_that_clients_see_is_described(west: Clinic) -> None:
    reply = await ask(west.patient, get_introspection_query())

    silent: list[str] = []
    for type_ in reply.data["__schema"]["types"]:
        if type_["name"].startswith("__"):
            continue
        silent += [type_["name"]] if not type_["description"] else []
        for kind in ("fields", "inputFields", "enumValues"):
            for type_reference in type_[kind] or ():
                silent += _silent(f"{type_['name']}.{type_reference['name']}", type_reference)
    assert silent == []


def _silent(name: str, member: dict[str, Any]) -> list[str]:
    arguments = [f"{name}({arg['name']}:)" for arg in member.get("args", ()) if not arg["description"]]
    return [name, *arguments] if not member["description"] else arguments


async def test_a_single_type_can_be_asked_for(west: Clinic) -> None:
    reply = await ask(
        west.patient,
        'query ($n: String!) { __type(name: $n) { kind name } none: __type(name: "No") { name } }',
        {"n": "Specialist"},
    )

    assert reply.text == '{"__type":{"kind":"OBJECT","name":"Specialist"},"none":null}'


DOCUMENT = (
    "query ($id: ID!, $yes: Boolean!) { a: specialist(id: $id) { ...S } %s"
    " specialties(first: 2) { nodes { title specialists(first: 1) { nodes { n: name } totalCount } } }"
    " viewer { role organization { __typename } } t: __typename }"
    " fragment S on Specialist { id called: name slug @skip(if: $yes) user { email } weeklyHours { startTime } }"
)


async def test_data_beside_introspection_is_the_same_as_without(west: Clinic) -> None:
    variables = {"id": FIRST_ID, "yes": True}

    alone = await ask(west.patient, DOCUMENT % "", variables)
    reply = await ask(west.patient, DOCUMENT % "__schema { queryType { name } }", variables)

    assert reply.errors == []
    assert list(reply.data) == ["a", "__schema", "specialties", "viewer", "t"]
    assert reply.data.pop("__schema") == {"queryType": {"name": "Query"}}
    assert json_text(reply.data) == alone.text


@pytest.mark.parametrize("more", ["", "__schema { queryType { name } }"])
@pytest.mark.parametrize(
    "document",
    [
        '{ specialist(id: "0") { id } viewer { role } @@ }',
        "{ specialists(page: 0) { totalCount } viewer { role } @@ }",
        "{ users { totalCount } @@ }",
        '{ specialty(id: "0") { specialists(page: 0) { totalCount } } @@ }',
    ],
)
async def test_errors_beside_introspection_are_the_same_as_without(document: str, more: str, west: Clinic) -> None:
    alone = await ask(west.patient, document.replace("@@", ""))

    reply = await ask(west.patient, document.replace("@@", more))

    assert reply.codes == alone.codes
    assert reply.paths == alone.paths
    assert (reply.data is None) is (alone.data is None)
    assert reply.status == alone.status


async def test_only_queries_can_ask_for_the_schema(north: Clinic) -> None:
    reply = await ask(
        north.admin,
        'mutation { createSpecialty(input: {title: "A", slug: "a"}) { slug } __schema { queryType { name } } }',
    )

    assert reply.codes == ["graphql_validation_failed"]
    assert (await ask(north.admin, "{ specialties { totalCount } }")).text == '{"specialties":{"totalCount":0}}'


async def test_introspection_needs_a_token_like_anything_else(north: Clinic) -> None:
    response = await north.http.post("/graphql", json={"query": "{ __schema { queryType { name } } }"})

    assert response.status_code == 401

"""With ``INTROSPECTION=off`` an error names nothing of the schema that its request does not name."""

import os
import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from graphql import (
    SKIP,
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLObjectType,
    get_named_type,
    parse,
    specified_scalar_types,
)
from graphql.language import NameNode, Visitor, visit

from schema.definition import GRAPHQL_SCHEMA, SCHEMA
from schema.server.settings import ServerSettings
from tests.application import run_application
from tests.client import Member, ask, json_text
from tests.clinic import Clinic

EVERY = 1 if os.environ.get("FUZZ") else 12
LIBRARY_CODES = {"graphql_parse_failed", "graphql_validation_failed", "bad_user_input"}
LITERALS = ("1", '"x"', "{}", "[]", "{x: 1}", "X", "null", "true", "[[1]]")
VALUES: tuple[Any, ...] = (1, "x", {}, [{}], {"x": 1}, None, True)
Request = tuple[str, dict[str, Any]]


def schema_names() -> set[str]:
    """The names of this schema; those that the specification has already are no secret."""
    names: set[str] = set()

    class NameCollector(Visitor):
        def enter_directive(self, *_: object) -> Any:
            return SKIP

        def enter_name(self, node: NameNode, *_: object) -> None:
            names.add(node.value)

    visit(parse(SCHEMA.as_str()), NameCollector())
    return names - set(specified_scalar_types)


NAMES = schema_names()


def near_misses(name: str) -> Iterator[str]:
    """Names that differ from ``name`` a little, for which the library has suggestions."""
    yield from (f"{name[:-1]}q", f"{name}s", name[0] + name, name[:-1] or "q", name.swapcase())


def paths() -> dict[str, str]:
    """A document for each object type, with ``%s`` where it selects of that type."""
    documents = {"Query": "query { %s }", "Mutation": "mutation { %s }"}
    for name in documents.copy():
        pending = [name]
        while pending:
            parent = GRAPHQL_SCHEMA.type_map[pending.pop()]
            assert isinstance(parent, GraphQLObjectType)
            for key, field in parent.fields.items():
                type_ = get_named_type(field.type)
                arguments = "(id: 1)" if key == "specialist" else ""
                if isinstance(type_, GraphQLObjectType) and type_.name not in documents and parent.name != "Mutation":
                    documents[type_.name] = documents[parent.name].replace("%s", f"{key}{arguments} {{ %s }}")
                    pending.append(type_.name)
    return documents


def requests() -> Iterator[Request]:
    """Requests with one mistake each, at every name of the schema and of every kind."""
    for type_name, path in paths().items():
        type_ = GRAPHQL_SCHEMA.type_map[type_name]
        assert isinstance(type_, GraphQLObjectType)
        for name, field in type_.fields.items():
            yield from ((path % miss, {}) for miss in near_misses(name))
            for selection in (name, f"{name} {{ x }}", f"x: __typename x: {name}", f"... on Unknown {{ {name} }}"):
                yield path % selection, {}
            for argument, definition in field.args.items():
                yield from ((path % f"{name}({miss}: 1)", {}) for miss in near_misses(argument))
                yield from of_argument(path, name, argument, definition)
    for name in GRAPHQL_SCHEMA.type_map:
        for miss in (name, *near_misses(name)):
            yield f"query ($v: {miss}) {{ specialist(id: $v) {{ id }} }}", {}
            yield f"{{ ... on {miss} {{ id }} }}", {}
    for directive in GRAPHQL_SCHEMA.directives:
        yield from ((f"{{ viewer @{miss} {{ id }} }}", {}) for miss in near_misses(directive.name))


def of_argument(path: str, field: str, name: str, argument: GraphQLArgument) -> Iterator[Request]:
    """Mistakes in the value of an argument, as a literal and as a variable."""
    call = f"{field}({name}: $v)"
    operation = re.sub(r"^(query|mutation)", rf"\1 ($v: {argument.type})", path) % call
    yield from ((path % f"{field}({name}: {literal})", {}) for literal in LITERALS)
    yield from ((operation, {"v": value}) for value in VALUES)
    type_ = get_named_type(argument.type)
    if isinstance(type_, GraphQLInputObjectType):
        for key in type_.fields:
            for miss in near_misses(key):
                yield path % f"{field}({name}: {{{miss}: 1}})", {}
                yield operation, {"v": {miss: 1}}
            yield from ((path % f"{field}({name}: {{{key}: {literal}}})", {}) for literal in LITERALS)
            yield from ((operation, {"v": {key: value}}) for value in VALUES)
    if isinstance(type_, GraphQLEnumType):
        for value in type_.values:
            for miss in near_misses(value):
                yield path % f"{field}({name}: {miss})", {}
                yield operation, {"v": [miss]}


REQUESTS = list(requests())


@pytest.fixture(scope="module")
async def silent(settings: ServerSettings) -> AsyncIterator[httpx2.AsyncClient]:
    """A server that does not show its schema."""
    async with run_application(replace(settings, introspection=False)) as http:
        yield http


async def revealed_names(member: Member, query: str, variables: dict[str, Any]) -> tuple[list[str], set[str]]:
    """Send a request; return the messages, and the names in them that the request has not."""
    reply = await ask(member, query, variables)
    messages = [error["message"] for error in reply.errors if error["extensions"]["code"] in LIBRARY_CODES]
    sent = set(re.findall(r"\w+", query + json_text(variables)))
    return messages, set(re.findall(r"\w+", " ".join(messages))) & NAMES - sent


async def test_an_error_names_nothing_that_the_request_does_not(silent: httpx2.AsyncClient, north: Clinic) -> None:
    member = replace(north.patient, http=silent)
    refusals, revealing = 0, {}

    for query, variables in REQUESTS[::EVERY]:
        messages, names = await revealed_names(member, query, variables)
        refusals += bool(messages)
        if names or "Did you mean" in " ".join(messages):
            revealing[query] = messages

    assert revealing == {}
    assert refusals > len(REQUESTS[::EVERY]) * 0.8


async def test_with_introspection_the_same_errors_tell_what_was_meant(http: httpx2.AsyncClient, north: Clinic) -> None:
    messages, names = await revealed_names(north.patient, "{ specialists { totlCount } }", {})

    assert messages == ["Cannot query field 'totlCount' on type 'SpecialistConnection'. Did you mean 'totalCount'?"]
    assert names == {"SpecialistConnection", "totalCount"}


@pytest.mark.parametrize(
    ("query", "variables", "message"),
    [
        ("{ specialists { totlCount } }", {}, "Cannot query field 'totlCount' on type '…'."),
        ("{ specialists { ...F } }", {}, "Unknown fragment 'F'."),
        (
            "mutation ($v: CreateSpecialtyInput!) { createSpecialty(input: $v) { id } }",
            {"v": {"title": "x"}},
            "Variable '$v' has invalid value: Expected value of type 'CreateSpecialtyInput' to include required field"
            " '…', found: {'title': 'x'}.",
        ),
    ],
)
async def test_an_error_without_the_schema_still_says_what_is_wrong(
    query: str, variables: dict[str, Any], message: str, silent: httpx2.AsyncClient, north: Clinic
) -> None:
    messages, _ = await revealed_names(replace(north.patient, http=silent), query, variables)

    assert messages == [message]

"""What is written down is what the code does: codes, settings, commands, descriptions, snapshots."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    build_schema,
    is_introspection_type,
    is_specified_scalar_type,
)

from resolvers.errors.problem import Invalid, Problem
from schema.definition import GRAPHQL_SCHEMA, SCHEMA
from schema.openapi.document import openapi
from schema.rest.catalogue import catalogue, every_error
from schema.server.command_options import command_parser
from schema.server.export import stale_snapshots
from schema.server.settings import SETTING_NAMES
from tests.rules.sources import ROOT

README = ROOT / "README.md"
ONLY_GRAPHQL = {
    "graphql_parse_failed",
    "graphql_validation_failed",
    "bad_user_input",
    "operation_resolution_failure",
    "PERSISTED_QUERY_NOT_FOUND",
    "invalid_cursor",
    "invalid_weekly_hours",
    "invalid_overrides",
}
# Clients of automatic persisted queries look for this very code and message, and read it from a 200 only.
SPELLED_FOR_CLIENTS = {"PERSISTED_QUERY_NOT_FOUND": 200}

every_code = pytest.mark.parametrize("problem", [*catalogue()], ids=lambda problem: problem.code)


@cache
def openapi_text() -> str:
    return json.dumps(openapi())


@cache
def parameters() -> set[str]:
    """The names of REST's parameters, which a message may begin with."""
    return {parameter["name"] for parameter in openapi()["components"]["parameters"].values()}


@cache
def readme() -> str:
    return README.read_text(encoding="utf-8")


def rows() -> list[list[str]]:
    """The cells of all tables in the README."""
    lines = [line for line in readme().splitlines() if line.startswith("|")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split("|")] for line in lines]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def commands() -> set[str]:
    """What ``python app.py`` takes."""
    actions = command_parser()._subparsers
    assert actions is not None
    return {name for action in actions._group_actions for name in action.choices or ()}


@every_code
def test_a_code_is_a_snake_with_a_status_and_a_message(problem: Problem) -> None:
    assert re.fullmatch(r"[a-z]+(_[a-z]+)*", problem.code) or problem.code in SPELLED_FOR_CLIENTS
    assert 400 <= problem.status <= 599 or problem.status == SPELLED_FOR_CLIENTS.get(problem.code)
    first = problem.message.split()[0]
    assert first[0].isupper() or first in parameters() or re.fullmatch(r"{[a-z_]+}", first)
    assert not problem.message.endswith(".")


def test_a_code_stands_for_one_error() -> None:
    """Fields of one name, in several declarations, share theirs; no two classes do."""
    errors = {(error.code, error.status, error.message) for error in every_error()}
    classes = [type(error).code for error in every_error() if type(error) is not Invalid]

    assert sorted(error.code for error in catalogue()) == sorted(code for code, _, _ in errors)
    assert [code for code, times in Counter(classes).items() if times > 1] == []


def names_in_the_readme(problem: Problem) -> list[str]:
    """Return what may stand for ``problem``: its code, or the pattern of codes that fields or records have alike."""
    if problem.status == 404:
        return [problem.code, re.sub(r"^[a-z_]+(?=_not_found$)", "<record>", problem.code)]
    if type(problem) is not Invalid or not problem.field:
        return [problem.code]
    return [problem.code, re.sub(rf"(?<=_){problem.field}$|^{problem.field}(?=_)", "<field>", problem.code)]


@every_code
def test_a_code_is_in_the_readme_with_its_status(problem: Problem) -> None:
    documented = [row[:2] for row in rows()]

    assert any([name, str(problem.status)] in documented for name in names_in_the_readme(problem))


def test_every_code_in_the_readme_is_one() -> None:
    table = readme().partition("\n## Errors\n")[2].partition("\n## ")[0]
    documented = re.findall(r"^\| `([^`]+)` \| \d{3} \|", table, re.MULTILINE)

    assert len(documented) > 30
    assert set(documented) - {name for error in catalogue() for name in names_in_the_readme(error)} == set()


@every_code
def test_a_code_is_in_the_openapi_document_or_of_graphql_only(problem: Problem) -> None:
    named = f'"{problem.code}"' in openapi_text()

    assert named != (problem.code in ONLY_GRAPHQL)


@pytest.mark.parametrize("name", SETTING_NAMES)
def test_a_setting_is_in_the_readme(name: str) -> None:
    assert name in [cell for row in rows() for cell in re.split(r"[`, ]+", row[0])]


def test_the_settings_are_found() -> None:
    assert {"ENVIRONMENT", "DATABASE_URL", "CLERK_JWT_KEY", "WORKERS", "LOG_FORMAT"} <= set(SETTING_NAMES)


def undescribed() -> Iterator[str]:
    """Every type, field, argument, input field and enum value of the schema without a description."""
    for name, kind in build_schema(SCHEMA.as_str()).type_map.items():
        if is_introspection_type(kind) or is_specified_scalar_type(kind):
            continue
        parts: dict[str, object] = {name: kind}
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            parts |= {f"{name}.{field}": each for field, each in kind.fields.items()}
            parts |= {f"{name}.{f}({a})": each for f, of in kind.fields.items() for a, each in of.args.items()}
        elif isinstance(kind, GraphQLInputObjectType):
            parts |= {f"{name}.{field}": each for field, each in kind.fields.items()}
        elif isinstance(kind, GraphQLEnumType):
            parts |= {f"{name}.{value}": each for value, each in kind.values.items()}
        yield from (path for path, part in parts.items() if not (getattr(part, "description", None) or "").strip())


def test_everything_in_the_schema_has_a_description() -> None:
    assert list(undescribed()) == []


def test_the_schema_itself_has_a_description() -> None:
    described = build_schema(SCHEMA.as_str()).description

    assert described == GRAPHQL_SCHEMA.description
    assert (described or "").strip()


def test_every_scalar_of_our_own_names_its_specification() -> None:
    types = build_schema(SCHEMA.as_str()).type_map.values()
    scalars = {type_.name: type_ for type_ in types if isinstance(type_, GraphQLScalarType)}
    custom = {name: scalar for name, scalar in scalars.items() if not is_specified_scalar_type(scalar)}

    assert custom.keys() == {"Date", "DateTime", "LocalTime"}
    assert all((scalar.specified_by_url or "").startswith("https://") for scalar in custom.values())


def test_the_snapshots_are_current() -> None:
    assert stale_snapshots() == []


def test_every_command_of_the_readme_exists() -> None:
    made = set(re.findall(r"\bmake ([a-z]+)\b", readme()))
    run = set(re.findall(r"app\.py ([a-z]+)\b", readme()))

    assert made - targets() == set()
    assert run - commands() == set()
    assert {"run", "test"} <= made


def test_every_target_and_command_is_in_the_readme() -> None:
    assert {name for name in targets() if f"make {name}" not in readme()} == set()
    assert {name for name in commands() if f"app.py {name}" not in readme()} == set()


def test_every_phony_target_has_a_rule() -> None:
    phony = re.findall(r"^\.PHONY: (.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    assert {name for line in phony for name in line.split()} <= targets()

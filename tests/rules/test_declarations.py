"""A field is declared four times, by migration, table, type and rule; what a newcomer forgets is named here."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from sqlalchemy import Table
from strawberry.types.base import StrawberryOptional, get_object_definition

import schema.rest
from db.entities import ENTITIES
from db.tables import metadata
from resolvers.inputs import DraftField, fields_of
from resolvers.rules import References
from schema.mutation import Mutation
from schema.query import Query
from schema.rest.resource import Resource
from schema.rest.resources import RESOURCES

MIGRATIONS = Path(__file__).parents[2] / "db" / "migrations" / "versions"
READ_ONLY = {"id", "organization_id", "deleted_at", "created_at", "updated_at"}


@dataclass(frozen=True)
class DeclaredField:
    """A field of a draft, with the table and the resource that it belongs to."""

    resource: Resource
    field: DraftField

    @property
    def table(self) -> Table:
        return ENTITIES[self.resource.list_of.entity].table

    def __str__(self) -> str:
        return f"{self.resource.name}.{self.field.name}"


def declared_fields() -> Iterator[DeclaredField]:
    """Yield the fields of all drafts, but for lists of ids: those are rows of a table of links."""
    for resource in RESOURCES:
        for field in fields_of(resource.draft).values():
            if not isinstance(field.rule, References):
                yield DeclaredField(resource, field)


def path_of(type_: type) -> str:
    """Return the path of the module that declares ``type_``, for the newcomer to open."""
    return f"{type_.__module__.replace('.', '/')}.py"


each_field = pytest.mark.parametrize("of", [*declared_fields()], ids=str)


@each_field
def test_a_field_has_a_column_that_takes_null_if_the_rule_does(of: DeclaredField) -> None:
    assert of.field.name in of.table.c, "db/tables.py lacks the column"
    assert of.table.c[of.field.name].nullable == of.field.nullable, "db/tables.py and the rule differ on null"


@each_field
def test_a_field_is_shown_and_is_null_if_the_rule_takes_null(of: DeclaredField) -> None:
    definition = get_object_definition(of.resource.graphql_type, strict=True)
    types = {field.python_name: field.type for field in definition.fields}

    assert of.field.name in types, f"{path_of(of.resource.graphql_type)} lacks the field {of.field.name}"
    nullable = isinstance(types[of.field.name], StrawberryOptional)
    assert nullable == of.field.nullable, f"{path_of(of.resource.graphql_type)} and the rule differ on null"


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_what_is_shown_can_be_written_unless_it_is_read_only(resource: Resource) -> None:
    unruled = set(resource.fields) - fields_of(resource.draft).keys()

    assert unruled <= READ_ONLY, f"{path_of(resource.draft)} lacks a rule for {unruled - READ_ONLY}"


@pytest.mark.parametrize("table", metadata.sorted_tables, ids=lambda table: table.name)
def test_every_column_is_made_by_a_migration(table: Table) -> None:
    sql = " ".join(path.read_text(encoding="utf-8") for path in sorted(MIGRATIONS.glob("*.py")))

    missing = [column.name for column in table.c if not re.search(rf"\b{column.name}\b", sql)]

    assert missing == [], f"db/migrations/versions lacks a migration that adds them to {table.name}"


def test_every_resource_is_served() -> None:
    """A module of ``schema/rest`` that declares a resource is in the tuple of resources."""
    modules = [import_module(f"schema.rest.{module.name}") for module in iter_modules(schema.rest.__path__)]

    missing = [module.__name__ for module in modules if getattr(module, "resource", RESOURCES[0]) not in RESOURCES]

    assert missing == [], "schema/rest/resources.py lacks them"


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_a_resource_has_its_graphql_fields(resource: Resource) -> None:
    queries = {field.python_name for field in get_object_definition(Query, strict=True).fields}
    mutations = {field.python_name for field in get_object_definition(Mutation, strict=True).fields}
    entity = resource.list_of.entity

    assert {entity, resource.plural} <= queries, "schema/query.py lacks a field"
    assert {f"{verb}_{entity}" for verb in ("create", "update", "delete")} <= mutations, "schema/mutation.py lacks one"

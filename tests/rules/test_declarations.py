"""A field is declared four times, by migration, table, type and rule; what a newcomer forgets is named here."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Table
from strawberry.types.base import StrawberryOptional, get_object_definition

from db.entities import ENTITIES
from resolvers.inputs import DraftField, fields_of
from resolvers.rules import References
from schema.rest.resource import Resource
from schema.rest.resources import RESOURCES

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


each_field = pytest.mark.parametrize("of", [*declared_fields()], ids=str)


@each_field
def test_a_field_has_a_column_that_takes_null_if_the_rule_does(of: DeclaredField) -> None:
    assert of.field.name in of.table.c, "db/tables.py lacks the column"
    assert of.table.c[of.field.name].nullable == of.field.nullable, "db/tables.py and the rule differ on null"


@each_field
def test_a_field_is_shown_and_is_null_if_the_rule_takes_null(of: DeclaredField) -> None:
    definition = get_object_definition(of.resource.graphql_type, strict=True)
    types = {field.python_name: field.type for field in definition.fields}

    assert of.field.name in types, f"schema/types lacks a field of {definition.name}"
    nullable = isinstance(types[of.field.name], StrawberryOptional)
    assert nullable == of.field.nullable, f"{definition.name} in schema/types and the rule differ on null"


@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource.name)
def test_what_is_shown_can_be_written_unless_it_is_read_only(resource: Resource) -> None:
    unruled = set(resource.fields) - fields_of(resource.draft).keys()

    assert unruled <= READ_ONLY, f"{resource.draft.__module__.replace('.', '/')}.py lacks the rule"

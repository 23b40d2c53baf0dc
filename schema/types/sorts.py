"""The orders of lists in GraphQL, made from the columns that each list can be sorted by."""

from enum import Enum, EnumMeta
from types import GenericAlias
from typing import Annotated, Any

import strawberry
from strawberry.utils.str_converters import to_camel_case

from db.query import Sort
from resolvers.lists import SPECIALISTS, SPECIALTIES, USERS, ListDefinition


def sort_name(sort: Sort) -> str:
    """Return the name of the key in the enum, such as ``CREATED_AT_DESC``."""
    return f"{sort.column}_{'desc' if sort.descending else 'asc'}".upper()


def sort_enum(name: str, list_: ListDefinition, description: str) -> object:
    """Return the enum of the keys that a list can be sorted by."""
    values = {sort_name(sort): strawberry.enum_value(sort, description=_description(sort)) for sort in list_.sorts}
    enum: EnumMeta = Enum(name, values)  # type: ignore[misc]
    return strawberry.enum(enum, description=description)


def _description(sort: Sort) -> str:
    return f"By `{to_camel_case(sort.column)}`, {'descending' if sort.descending else 'ascending'}."


def sort_argument(enum: object, description: str) -> object:
    """Return the annotation of an argument that takes a list of ``enum``."""
    return strawberry.argument(graphql_type=GenericAlias(list, (enum,)) | None, description=description)


SpecialistSort = sort_enum("SpecialistSort", SPECIALISTS, "An order of specialists; `id` breaks ties, nulls come last.")
SpecialtySort = sort_enum("SpecialtySort", SPECIALTIES, "An order of specialties; `id` breaks ties.")
UserSort = sort_enum("UserSort", USERS, "An order of users; `id` breaks ties, nulls come last.")

SpecialistSorts = Annotated[list[Any] | None, sort_argument(SpecialistSort, "Default: newest first.")]
SpecialtySpecialistSorts = Annotated[list[Any] | None, sort_argument(SpecialistSort, "Default: by name.")]
SpecialtySorts = Annotated[list[Any] | None, sort_argument(SpecialtySort, "Default: by title.")]
UserSorts = Annotated[list[Any] | None, sort_argument(UserSort, "Default: by id.")]


def to_sorts(values: object) -> tuple[Sort, ...]:
    """Return the keys that an argument ``sort`` lists; none if the client does not give it."""
    return tuple(value.value for value in values) if isinstance(values, list) else ()

"""The orders that lists may be asked for in, made from the sort keys of the contract."""

from enum import Enum
from types import GenericAlias
from typing import Annotated, Any

import strawberry
from strawberry.utils.str_converters import to_camel_case

from db.query import Sort
from resolvers.lists import SPECIALISTS, SPECIALTIES, USERS, ListOf


def _orders(list_: ListOf) -> dict[str, Sort]:
    ways = (("ASC", False), ("DESC", True))
    return {f"{column}_{way}".upper(): Sort(column, down) for column in list_.sorts for way, down in ways}


def _described(orders: dict[str, Sort]) -> dict[str, object]:
    return {
        name: strawberry.enum_value(
            order,
            description=f"By `{to_camel_case(order.column)}`, {'descending' if order.descending else 'ascending'}.",
        )
        for name, order in orders.items()
    }


SpecialistOrders = Enum("SpecialistSort", _described(_orders(SPECIALISTS)))  # type: ignore[misc]
SpecialtyOrders = Enum("SpecialtySort", _described(_orders(SPECIALTIES)))  # type: ignore[misc]
UserOrders = Enum("UserSort", _described(_orders(USERS)))  # type: ignore[misc]

SpecialistSort = strawberry.enum(
    SpecialistOrders, description="An order of specialists; `id` breaks ties, nulls come last."
)
SpecialtySort = strawberry.enum(SpecialtyOrders, description="An order of specialties; `id` breaks ties.")
UserSort = strawberry.enum(UserOrders, description="An order of users; `id` breaks ties, nulls come last.")


def _several(order: object, description: str) -> object:
    """Return the annotation of an argument's description and type: several orders, or none."""
    return strawberry.argument(graphql_type=GenericAlias(list, (order,)) | None, description=description)


SpecialistSorts = Annotated[list[Any] | None, _several(SpecialistSort, "Default: newest first.")]
HolderSorts = Annotated[list[Any] | None, _several(SpecialistSort, "Default: by name.")]
SpecialtySorts = Annotated[list[Any] | None, _several(SpecialtySort, "Default: by title.")]
UserSorts = Annotated[list[Any] | None, _several(UserSort, "Default: by id.")]


def orders(sort: object) -> tuple[Sort, ...]:
    """Return the sort keys of an argument ``sort``, none if it is not given."""
    return tuple(order.value for order in sort) if isinstance(sort, list) else ()

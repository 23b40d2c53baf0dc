"""The orders that lists may be asked for in, made from the sort keys of the contract."""

from enum import Enum
from types import GenericAlias

import strawberry

from db.query import Sort
from resolvers.lists import SPECIALISTS, SPECIALTIES, ListOf


def listed(order: object) -> object:
    """The GraphQL type of an argument that takes several orders, or none."""
    return GenericAlias(list, (order,)) | None


def _orders(list_: ListOf) -> dict[str, Sort]:
    ways = (("ASC", False), ("DESC", True))
    return {f"{column}_{way}".upper(): Sort(column, down) for column in list_.sorts for way, down in ways}


def _described(orders: dict[str, Sort]) -> dict[str, object]:
    return {
        name: strawberry.enum_value(
            order, description=f"By `{order.column}`, {'descending' if order.descending else 'ascending'}."
        )
        for name, order in orders.items()
    }


SpecialistOrders = Enum("SpecialistSort", _described(_orders(SPECIALISTS)))  # type: ignore[misc]
SpecialtyOrders = Enum("SpecialtySort", _described(_orders(SPECIALTIES)))  # type: ignore[misc]

SpecialistSort = strawberry.enum(
    SpecialistOrders, description="An order of specialists; `id` breaks ties, nulls come last."
)
SpecialtySort = strawberry.enum(SpecialtyOrders, description="An order of specialties; `id` breaks ties.")

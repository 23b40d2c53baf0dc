"""What REST shows of records: their stored fields in the order of the contract, and what ``include`` adds."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from strawberry.types.base import StrawberryList, StrawberryOptional, get_object_definition, has_object_definition
from strawberry.types.field import StrawberryField

from db.selection import Column, Relation, Selection
from resolvers.weights import make_selection


def record_keys(kind: type) -> tuple[str, ...]:
    """Return the stored fields of a Strawberry type, in its order; without ``version``, which REST has as ``ETag``."""
    fields = get_object_definition(kind, strict=True).fields
    return tuple(field.python_name for field in fields if _is_stored(field) and field.python_name != "version")


def _is_stored(field: StrawberryField) -> bool:
    """Return whether ``field`` is a column of its record: other records, and lists of them, are not."""
    type_ = field.type.of_type if isinstance(field.type, StrawberryOptional) else field.type
    return field.base_resolver is None and not isinstance(type_, StrawberryList) and not has_object_definition(type_)


@dataclass(frozen=True, slots=True)
class Include:
    """Other records that ``include`` adds: their type, the fields shown, and the name of their schema."""

    graphql_type: type[Any]
    fields: tuple[str, ...]
    schema: str
    description: str | None = None

    @classmethod
    def all_of(cls, graphql_type: type[Any]) -> "Include":
        """Return an include that shows every stored field."""
        return cls(graphql_type, record_keys(graphql_type), graphql_type.__name__)


@dataclass(frozen=True, slots=True)
class Detail:
    """A record that is read with a page of others: the name of its schema, its relation and their type."""

    schema: str
    description: str
    relation: str
    graphql_type: type[Any]


META = make_selection(
    (
        Column("page", "page"),
        Column("page_size", "page_size"),
        Column("total", "total_count"),
        Column("total_pages", "total_pages"),
    )
)


Relations = tuple[tuple[str, tuple[str, ...]], ...]
"""The names of relations, each with the fields that it shows."""


@cache
def record_selection(fields: tuple[str, ...], relations: Relations = ()) -> Selection:
    """Return the selection of a record with ``relations``; cached, for few of the possible ones are in use."""
    related = (Relation(name, name, record_selection(names)) for name, names in relations)
    return make_selection((*(Column(name, name) for name in fields), *related))


@cache
def page_selection(fields: tuple[str, ...], relations: Relations = ()) -> Selection:
    """Return the selection of a page of such records: ``data`` and ``meta``."""
    record = record_selection(fields, relations)
    return make_selection((Relation("data", "nodes", record), Relation("meta", "page_info", META)))

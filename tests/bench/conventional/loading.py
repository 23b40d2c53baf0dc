"""Which relations and totals the document asks for, so that no more is loaded."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import selectinload
from sqlalchemy.sql.base import ExecutableOption
from strawberry.types import Info
from strawberry.types.nodes import SelectedField, Selection

from tests.bench.conventional.models import SpecialistRow

RELATIONS = {
    "specialties": SpecialistRow.specialties,
    "user": SpecialistRow.user,
    "weeklyHours": SpecialistRow.weekly_hours,
    "overrides": SpecialistRow.overrides,
}


def below(info: Info[Any, Any], *path: str) -> dict[str, SelectedField]:
    """The fields asked for below the current one, or below ``path`` further down."""
    fields = {field.name: field for root in info.selected_fields for field in _fields(root)}
    for name in path:
        fields = {field.name: field for field in _fields(fields[name])} if name in fields else {}
    return fields


def _fields(selection: Selection) -> Iterator[SelectedField]:
    for child in selection.selections:
        if isinstance(child, SelectedField):
            yield child
        else:
            yield from _fields(child)


def options(fields: dict[str, SelectedField]) -> list[ExecutableOption]:
    """One more query for each relation among ``fields``."""
    return [selectinload(relation) for name, relation in RELATIONS.items() if name in fields]

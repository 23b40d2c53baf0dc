"""The fields of a change in the audit log: keys of its JSON objects, each with the old and the new value as text."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import DateTime, Text, Time, func, literal_column
from sqlalchemy import column as sql_column
from sqlalchemy.types import TypeEngine

from db.statements.builder import Record, StatementBuilder, TableColumn
from db.statements.json import json_value
from db.tables import metadata

FORMATTED_TYPES: Mapping[str, TypeEngine[Any]] = {"timestamptz": DateTime(), "time": Time()}  # which JSON lacks


def _columns_of(type_: TypeEngine[Any]) -> str:
    """Return the names of all columns of ``type_`` as SQL lists them: a name has the same type in every table."""
    columns = [column for table in metadata.tables.values() for column in table.c]
    return ", ".join(sorted({f"'{column.name}'" for column in columns if isinstance(column.type, type(type_))}))


FORMATTED_COLUMNS = {sql_type: _columns_of(type_) for sql_type, type_ in FORMATTED_TYPES.items()}


def changed_fields(change: Record, builder: StatementBuilder) -> Record:
    """Return a row for each field of ``change``: its ``name``, its ``old`` and its ``new`` value, as texts.

    An update has each field in both objects, a creation and a deletion has it in one.
    """
    old, new, name = change.c["old_values"], change.c["new_values"], builder.name("field")
    keys = func.jsonb_object_keys(func.coalesce(new, old)).table_valued(sql_column("name", Text))
    field = literal_column(f"{name}.name", Text)
    columns = {"name": field, "old": _value(old.name, field.name), "new": _value(new.name, field.name)}
    return Record(change.table, keys.render_derived(name), columns)


def _value(values: str, field: str) -> TableColumn:
    """Return the text of ``field`` in the JSON object ``values``, in the form that the contract has for its type."""
    text, cases = f"{values} ->> {field}", []
    for sql_type, type_ in FORMATTED_TYPES.items():
        value = json_value(literal_column(f"cast({text} as {sql_type})", type_))
        cases.append(f"when {field} in ({FORMATTED_COLUMNS[sql_type]}) then {value}")
    return literal_column(f"case {' '.join(cases)} else {text} end", Text)

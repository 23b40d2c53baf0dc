"""A client may call a key like a row of the statement: rows are named only where SQL looks for a table first."""

import re

import pytest

from tests.golden.operation import Operation, operations

ROW_NAME = re.compile(r"\brow_\d+\b")
NAMED_SAFELY = re.compile(r"(?<=\bAS )row_\d+\b(?!\")|\brow_\d+\.")


@pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.folder.name)
def test_a_row_is_named_behind_as_or_in_front_of_a_dot(operation: Operation) -> None:
    statement = (operation.folder / "statement.sql").read_text(encoding="utf-8")

    assert ROW_NAME.findall(NAMED_SAFELY.sub("", statement)) == []


def test_row_names_are_what_is_looked_for() -> None:
    statements = [(operation.folder / "statement.sql").read_text(encoding="utf-8") for operation in operations()]

    assert any("row_to_json(row_1.*)" in statement for statement in statements)

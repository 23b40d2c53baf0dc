"""Each operation gives its golden answer by its golden statement; a query never takes a second one."""

import asyncio

import httpx2
import pytest

from tests.clinic import Clinic
from tests.golden.operation import Operation, answer_of, operations, unfinished
from tests.golden.sql import formatted, squeezed, statements_text
from tests.golden.wire import Wire

READS = [operation for operation in operations() if not operation.writes]
WRITES = [operation for operation in operations() if operation.writes]


def _name(operation: Operation) -> str:
    return operation.folder.name


async def _sent(operation: Operation, clinic: Clinic, wire: Wire) -> httpx2.Response:
    """The response; ``wire`` has what was sent for it, and not what was asked earlier."""
    prepared = await operation.prepared(clinic.admin)
    await asyncio.sleep(0)  # the driver calls its listeners in the next turn of the loop
    wire.clear()
    response = await operation.send(clinic.admin, prepared)
    await asyncio.sleep(0)
    return response


@pytest.mark.parametrize("operation", READS, ids=_name)
async def test_a_query_is_answered_by_its_one_golden_statement(
    operation: Operation, library: Clinic, wire: Wire
) -> None:
    response = await _sent(operation, library, wire)

    begin, statement, commit = wire.sent
    assert begin.startswith("begin read only;")
    assert commit == "commit"
    operation.check("answer.json", answer_of(response))
    operation.check("statement.sql", statements_text([statement]))


@pytest.mark.parametrize("operation", WRITES, ids=_name)
async def test_a_mutation_is_carried_out_by_its_golden_statements(
    operation: Operation, workshop: Clinic, wire: Wire
) -> None:
    response = await _sent(operation, workshop, wire)

    assert all(transaction[0].startswith("begin;") for transaction in wire.transactions)
    assert all(transaction[-1] in ("commit", "rollback") for transaction in wire.transactions)
    operation.check("answer.json", answer_of(response))
    operation.check("statement.sql", statements_text(wire.statements))


@pytest.mark.parametrize("operation", READS, ids=_name)
async def test_a_query_costs_one_statement_however_often_it_is_asked(
    operation: Operation, library: Clinic, wire: Wire
) -> None:
    first = await _sent(operation, library, wire)
    again = await _sent(operation, library, wire)

    assert len(wire.statements) == 1
    assert again.headers["x-sql-statements"] == "1"
    assert again.text == first.text


def test_every_file_belongs_to_an_operation() -> None:
    assert list(unfinished()) == []


@pytest.mark.parametrize(
    ("statement", "other"),
    [
        ("select a, b from c", "select a, bfrom c"),
        ("select a from b", "select a from c"),
        ("select 'a  b'", "select 'a b'"),
        ("select 'it''s  a'", "select 'it''s a'"),
        ('select "a  b"', 'select "a b"'),
        ("select 1 2", "select 12"),
        ("select $1 2", "select $12"),
        ("select a::text", "select a:text"),
    ],
)
def test_a_statement_is_squeezed_of_white_space_only(statement: str, other: str) -> None:
    assert squeezed(statement) != squeezed(other)
    assert squeezed(statement) == squeezed(f" {statement.replace(', ', ' ,')}\n") == squeezed(formatted(statement))

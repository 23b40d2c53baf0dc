"""Long statements leave nothing behind in PostgreSQL, and compiling costs each column once."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from db.database import Database, Transaction
from db.pool import MAX_PREPARED_BYTES
from db.statements.builder import DIALECT
from db.statements.compile import Statement, compile_reads, compile_sql
from db.tenant import Tenant
from resolvers.viewer import Viewer
from schema.graphql.cost import CostCounter
from schema.graphql.plan import Planner, build_selection
from schema.server.settings import ServerSettings

MAX_GROWTH = 4 << 20  # bytes; one statement that stays prepared takes a tenth of that
PREPARED = compile_sql("select count(*) as number, max(length(statement)) as longest from pg_prepared_statements")
BACKEND = compile_sql("select pg_backend_pid() as pid, inet_server_addr() is null as is_local")


@pytest.fixture
async def transaction(settings: ServerSettings) -> AsyncIterator[Transaction]:
    """A transaction on the one connection of a database client."""
    database = Database(settings.database_url, pool_size=1)
    async with database.transaction(Tenant(1, "member")) as transaction:
        yield transaction
    await database.close()


def statement_of(columns: int, name: str) -> Statement:
    """Return a statement with many columns, each called ``name`` and a number."""
    aliases = ", ".join(f"record.slug as {name}_{number}" for number in range(columns))
    return compile_sql(f"select {aliases} from specialists as record where record.organization_id = :organization_id")


def memory_of(pid: int) -> int:
    """Return how many bytes a process of this machine has for itself."""
    status = Path(f"/proc/{pid}/status").read_text()
    match = re.search(r"^RssAnon:\s+(\d+) kB$", status, re.MULTILINE)
    assert match is not None
    return int(match[1]) << 10


async def test_a_hundred_and_fifty_long_statements_leave_no_memory_behind(transaction: Transaction) -> None:
    (backend,) = await transaction.run(BACKEND)
    statements = [statement_of(400, f"name_{number}") for number in range(150)]
    assert min(len(statement.text) for statement in statements) > MAX_PREPARED_BYTES

    sizes = []
    for statement in statements:
        await transaction.run(statement)
        sizes.append(memory_of(backend["pid"]) if backend["is_local"] else 0)
    (prepared,) = await transaction.run(PREPARED)

    assert sizes[-1] - sizes[9] < MAX_GROWTH
    assert prepared["longest"] < MAX_PREPARED_BYTES


async def test_short_statements_stay_prepared_up_to_a_number(transaction: Transaction) -> None:
    for number in range(150):
        await transaction.run(statement_of(1, f"name_{number}"))
    (prepared,) = await transaction.run(PREPARED)

    assert prepared["number"] == 100


async def test_a_column_of_yet_another_record_takes_no_compiler_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    kind = DIALECT.statement_compiler
    compilers = []

    class CountingCompiler(kind):  # type: ignore[misc, valid-type]
        def __init__(self, *arguments: object, **options: object) -> None:
            compilers.append(self)
            super().__init__(*arguments, **options)

    monkeypatch.setattr(DIALECT, "statement_compiler", CountingCompiler)
    aliases = " ".join(f"alias{number}: specialties {{ id title createdAt }}" for number in range(50))
    plan, variables = Planner().plan(f"{{ specialists {{ nodes {{ {aliases} }} }} }}", None, {})
    (root,) = plan.roots
    selection = build_selection(root, plan, variables, CostCounter())
    read = root.call(variables)(Viewer(1, "user", "member"), selection).read
    compile_reads((read,))
    compilers.clear()

    compile_reads((read,) * 4)

    assert len(compilers) == 1

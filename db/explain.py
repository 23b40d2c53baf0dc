"""Ask PostgreSQL how it runs the statement that answers reads."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.database import Database
from db.selection import Read
from db.statements.compile import Statement, compile_reads
from db.tenant import Tenant


@dataclass(frozen=True, slots=True)
class Explanation:
    """A statement and PostgreSQL's plan for it; ``parameters`` are the names and values of ``$1``, ``$2``.. in it."""

    sql: str
    parameters: tuple[tuple[str, object], ...]
    plan: str


async def explain_reads(database: Database, tenant: Tenant, reads: Sequence[Read], *, analyze: bool) -> Explanation:
    """Explain the one statement of ``reads`` in a transaction that cannot write; ``analyze`` also runs it.

    PostgreSQL plans for these values of the parameters, as in a transaction with a custom plan.
    """
    statement = compile_reads(reads)
    names = [name if query < 0 else f"query {query}: {name}" for query, name in statement.arguments]
    values = statement.bind(tenant.organization_id, [query_values for read in reads for query_values in read.values])
    options = "(analyze, buffers) " if analyze else ""
    explaining = Statement(f"explain {options}{statement.text}", tuple((0, str(i)) for i in range(len(values))))
    async with database.transaction(tenant) as transaction:
        rows = await transaction.run(explaining, **{str(i): value for i, value in enumerate(values)})
    return Explanation(statement.text, tuple(zip(names, values, strict=True)), "\n".join(row[0] for row in rows))

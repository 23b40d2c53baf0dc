"""Statements with one filter by organization removed or weakened: of the golden files, and of the modules of ``db``."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from db.database import Database
from db.statements.compile import Statement, compile_reads
from db.statements.scope import ORGANIZATION_ID, UnscopedStatementError, check_scoped
from resolvers.viewer import Viewer
from schema.graphql.execute import Execution
from schema.graphql.plan import Planner
from tests.fuzz.documents import case_of
from tests.golden.operation import operations
from tests.golden.sql import SEPARATOR

FILTER = re.compile(r"\b(\w+)\.(organization_id|id) = \$(\d+)", re.IGNORECASE)
VALUE = re.compile(
    r"""into \s+ \w+ (?:\s+as\s+\w+)? \s* \( \s* (?:organization_id|id)\b [^)]* \) \s*
    (?:overriding\ system\ value\s*)? (?:values\s*\(|select) \s* \$(\d+)""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Text:
    """SQL as it is sent; ``number`` is that of the parameter with the organization."""

    name: str
    sql: str
    number: int

    @property
    def is_refused(self) -> bool:
        """Whether compilation refuses the statement."""
        parameters = [f"0:value{place}" for place in range(self.number)]
        parameters[-1] = ORGANIZATION_ID
        try:
            check_scoped(self.sql, parameters)
        except UnscopedStatementError:
            return True
        return False


def of_statement(name: str, statement: Statement) -> Text:
    return Text(name, statement.text, [query for query, _ in statement.arguments].index(-1) + 1)


def golden_texts() -> Iterator[Text]:
    """Every data statement of the golden files."""
    for operation in operations():
        text = (operation.folder / "statement.sql").read_text(encoding="utf-8")
        for place, sql in enumerate(text.split(SEPARATOR)):
            numbers = {int(match[3]) for match in FILTER.finditer(sql) if match[2] == "organization_id"}
            numbers |= {int(match[1]) for match in VALUE.finditer(sql)}
            if numbers:  # else it names no table, such as the lock of an idempotency key
                (number,) = numbers
                yield Text(f"{operation.folder.name} {place}", sql, number)


def generated_texts(count: int, database: Database) -> Iterator[Text]:
    """The statements of so many generated documents, which nobody sends."""
    planner = Planner()
    for seed in range(count):
        case = case_of(seed)
        plan, variables = planner.plan(case.query, case.operation_name, case.variables)
        execution = Execution(plan, variables, Viewer(1, "user", case.role), database)
        reads = [request.read for _, request in execution.read_requests()]
        statement = compile_reads(reads) if reads else None
        if statement and (-1, ORGANIZATION_ID) in statement.arguments:  # else it reads what the token says
            yield of_statement(f"seed {seed}", statement)


def mutants(text: Text) -> Iterator[Text]:
    """``text`` once for each of its filters and each way to lose it."""
    other = text.number + 1
    for match in FILTER.finditer(text.sql):
        if int(match[3]) != text.number:
            continue
        column = f"{match[1]}.{match[2]}"
        for filter_ in ("true", f"{column} = {column}", f"{column} = ${other}", f"{column} <> ${text.number}"):
            yield _with(text, match, filter_)
    for match in VALUE.finditer(text.sql):
        yield _with(text, match, match[0].replace(f"${match[1]}", f"${other}"))


def _with(text: Text, match: re.Match[str], sql: str) -> Text:
    name = f"{text.name}: {match[0]} at {match.start()} becomes {sql}"
    return Text(name, text.sql[: match.start()] + sql + text.sql[match.end() :], text.number)

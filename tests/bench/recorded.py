"""What this server asks of the database for a request: its statements with their values, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch

from starlette.datastructures import QueryParams

from db.database import Database
from db.statements.compile import Statement
from resolvers.reads import run_read
from resolvers.specialists import list_specialists
from resolvers.viewer import Viewer
from schema.graphql.cost import CostCounter
from schema.graphql.execute import Execution
from schema.graphql.plan import Planner
from schema.rest.specialists import resource
from tests.bench.request import BenchRequest


@dataclass(frozen=True, slots=True)
class Step:
    """One statement, and the values it was given by name."""

    statement: Statement
    values: Mapping[str, Any]


async def record(database: Database, bench_request: BenchRequest) -> tuple[list[Step], str]:
    """The steps this server takes to answer ``bench_request``, and its answer."""
    viewer = Viewer(bench_request.organization.id, "user_bench", "admin")
    bind, steps = Statement.bind, list[Step]()

    def noted(statement: Statement, organization_id: int, values: Sequence[Mapping[str, object]]) -> list[object]:
        (row,) = values  # one query a statement is all that the benchmark's operations need
        steps.append(Step(statement, row))
        return bind(statement, organization_id, values)

    with patch.object(Statement, "bind", noted):
        response = await (
            _graphql(database, viewer, bench_request)
            if bench_request.document
            else _rest(database, viewer, bench_request)
        )
    return steps, response


async def _graphql(database: Database, viewer: Viewer, bench_request: BenchRequest) -> str:
    plan, variables = Planner().plan(bench_request.document or "", bench_request.operation, dict(bench_request.values))
    execution = Execution(plan, variables, viewer, database)
    execution.prepare(CostCounter())
    outcome = await execution.run()
    assert not outcome.errors, outcome.errors
    return "".join(('{"data":', *outcome.data(plan), "}"))


async def _rest(database: Database, viewer: Viewer, bench_request: BenchRequest) -> str:
    parameters = QueryParams({name: str(value) for name, value in bench_request.values.items()})
    return (await run_read(database, viewer, list_specialists(*resource.parse_list(parameters)))).json

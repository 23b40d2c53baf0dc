"""Execute a plan: all root fields of a query in one statement, those of a mutation one after the other."""

from dataclasses import dataclass, field

from graphql.execution.values import VariableValues

from db.database import Database
from resolvers.errors.problem import Problem
from resolvers.errors.request import TooExpensive, Unavailable
from resolvers.reads import ReadRequest
from resolvers.viewer import Viewer, require_admin
from resolvers.writes import write
from schema.fields import ReadResolver, WriteResolver
from schema.graphql.errors import FIELD_ERRORS, LocatedProblem
from schema.graphql.limits import CostCounter
from schema.graphql.plan import Plan, RootField, build_selection
from schema.graphql.response import NULL


@dataclass(slots=True)
class ExecutionResult:
    """The finished JSON by response key, none for null, and the errors."""

    json: dict[str, str | None] = field(default_factory=dict)
    errors: list[LocatedProblem] = field(default_factory=list)

    def add_error(self, root: RootField, error: Exception) -> None:
        self.json[root.key] = None
        self.errors.append(LocatedProblem.from_root_field(root.key, root.nodes[0], error, root.definition))

    def data(self, plan: Plan) -> list[str]:
        """Return the ``data`` of the response in pieces: null where a field that cannot be null has failed.

        It is null also where the database answered nothing, unless a mutation has committed a field before.
        """
        if self.errors and (self._is_empty(plan) or any(self.json.get(key) is None for key in plan.non_null_keys)):
            return [NULL]
        pieces, typename = ["{"], f'"{plan.root_type.name}"'
        for key in plan.keys:
            pieces += (f'"{key}":', self.json.get(key, typename) or NULL, ",")
        return [*pieces[:-1], "}"] if plan.keys else ["{}"]

    def _is_empty(self, plan: Plan) -> bool:
        """Return whether the database failed the operation as a whole, and no field of it is committed."""
        if plan.writes and any(json is not None for json in self.json.values()):
            return False
        return any(isinstance(error.problem, (TooExpensive, Unavailable)) for error in self.errors)


@dataclass(frozen=True, slots=True)
class Execution:
    """One request's run of a plan; ``cost`` is counted over all operations of the request."""

    plan: Plan
    variables: VariableValues
    viewer: Viewer
    database: Database
    cost: CostCounter = field(default_factory=CostCounter)

    async def run(self) -> ExecutionResult:
        return await (self._write() if self.plan.writes else self._read())

    async def _read(self) -> ExecutionResult:
        result = ExecutionResult()
        requests = self.read_requests(result)
        if requests:
            await self._send(requests, result)
        return result

    def read_requests(self, result: ExecutionResult) -> list[tuple[RootField, ReadRequest]]:
        """Return what each root field reads; those that fail add their error to ``result`` instead."""
        requests, cost = [], CostCounter()
        for root in self.plan.roots:
            try:
                resolver: ReadResolver = root.call(self.variables)
                selection = build_selection(root, self.plan, self.variables, cost)
                requests.append((root, resolver(self.viewer, selection)))
            except FIELD_ERRORS as error:
                result.add_error(root, error)
        return requests

    async def _send(self, requests: list[tuple[RootField, ReadRequest]], result: ExecutionResult) -> None:
        reads = tuple([request.read for _, request in requests])
        self.cost.add_reads(reads)
        try:
            values = await self.database.read_all(self.viewer.tenant, reads)
        except FIELD_ERRORS as error:
            for root, _ in requests:
                result.add_error(root, error)
            return
        for (root, request), json in zip(requests, values, strict=True):
            try:
                result.json[root.key] = request.check_json(json)
            except Problem as problem:
                result.add_error(root, problem)

    async def _write(self) -> ExecutionResult:
        """Run the root fields in order. A defect of the server fails its field alone: those before are committed."""
        result, cost = ExecutionResult(), CostCounter()
        for root in self.plan.roots:
            try:
                result.json[root.key] = await self._write_root(root, cost)
            except Exception as error:
                result.add_error(root, error)
        return result

    async def _write_root(self, root: RootField, cost: CostCounter) -> str:
        admin = require_admin(self.viewer)
        resolver: WriteResolver = root.call(self.variables)
        selection = build_selection(root, self.plan, self.variables, cost)
        self.cost.add(records=selection.records)
        record = await write(self.database, admin, lambda transaction: resolver(transaction, selection))
        return record.json

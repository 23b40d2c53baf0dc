"""Execute a plan: all root fields of a query in one statement, those of a mutation one after the other."""

from contextlib import suppress
from dataclasses import dataclass, field

from graphql.execution.values import VariableValues

from db.database import Database
from db.selection import Selection
from resolvers.errors.problem import Problem
from resolvers.errors.request import TooExpensive, Unavailable
from resolvers.reads import ReadRequest, reader
from resolvers.viewer import Viewer, require_admin
from resolvers.writes import write
from schema.fields import ReadResolver, WriteResolver
from schema.graphql.cost import CostCounter
from schema.graphql.errors import FIELD_ERRORS, LocatedProblem
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


@dataclass(slots=True)
class Execution:
    """One request's run of a plan: ``prepare`` it first, which counts what it costs, then ``run`` it."""

    plan: Plan
    variables: VariableValues
    viewer: Viewer
    database: Database
    result: ExecutionResult = field(default_factory=ExecutionResult)
    _reads: list[tuple[RootField, ReadRequest]] = field(default_factory=list)
    _selections: dict[str, Selection] = field(default_factory=dict)

    def prepare(self, cost: CostCounter) -> None:
        """Add the cost of the plan to ``cost``; raise ``RequestFailedError``, before anything runs, if it is too high.

        A root field that cannot be read has its error in ``result`` after that; one that writes is tried in its turn.
        """
        if self.plan.writes:
            self._prepare_writes(cost)
        else:
            self._reads = self.read_requests()
            cost.add_reads([request.read for _, request in self._reads], self.plan.field_count)

    async def run(self) -> ExecutionResult:
        """Return the result of all root fields."""
        if self.plan.writes:
            await self._write()
        elif self._reads:
            await self._read()
        return self.result

    def read_requests(self) -> list[tuple[RootField, ReadRequest]]:
        """Return what each root field reads; those that fail add their error to ``result`` instead."""
        requests, cost = [], CostCounter()
        for root in self.plan.roots:
            try:
                resolver: ReadResolver = root.call(self.variables)
                selection = build_selection(root, self.plan, self.variables, cost)
                request = resolver(self.viewer, selection)
                reader(self.viewer, (request.read,))
                requests.append((root, request))
            except FIELD_ERRORS as error:
                self.result.add_error(root, error)
        return requests

    async def _read(self) -> None:
        reads = tuple([request.read for _, request in self._reads])
        try:
            values = await self.database.read_all(reader(self.viewer, reads), reads)
        except FIELD_ERRORS as error:
            for root, _ in self._reads:
                self.result.add_error(root, error)
            return
        for (root, request), json in zip(self._reads, values, strict=True):
            try:
                self.result.json[root.key] = request.check_json(json)
            except Problem as problem:
                self.result.add_error(root, problem)

    def _prepare_writes(self, cost: CostCounter) -> None:
        """Build the selections that the records are read back with; one that cannot be built fails in its turn."""
        building = CostCounter()
        for root in self.plan.roots:
            with suppress(*FIELD_ERRORS):
                self._selections[root.key] = build_selection(root, self.plan, self.variables, building)
        cost.add_writes(self._selections.values(), len(self.plan.roots), self.plan.field_count)

    async def _write(self) -> None:
        """Run the root fields in order. A defect of the server fails its field alone: those before are committed."""
        for root in self.plan.roots:
            try:
                self.result.json[root.key] = await self._write_root(root)
            except Exception as error:
                self.result.add_error(root, error)

    async def _write_root(self, root: RootField) -> str:
        admin = require_admin(self.viewer)
        resolver: WriteResolver = root.call(self.variables)
        selection = self._selections.get(root.key)
        if selection is None:
            selection = build_selection(root, self.plan, self.variables, CostCounter())
        record = await write(self.database, admin, lambda transaction: resolver(transaction, selection))
        return record.json
